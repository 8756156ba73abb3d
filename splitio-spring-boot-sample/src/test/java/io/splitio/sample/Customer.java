package io.splitio.sample;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Somebody who uses the shop over HTTP, without a browser. */
final class Customer {
  private final RunningShop shop;
  private final HttpClient http =
      HttpClient.newBuilder()
          .cookieHandler(new CookieManager())
          .followRedirects(HttpClient.Redirect.NORMAL)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  private Customer(RunningShop shop) {
    this.shop = shop;
  }

  /** A new visit of one of the named people. */
  static Customer as(RunningShop shop, String id) throws IOException, InterruptedException {
    Customer customer = new Customer(shop);
    customer.post("/shopper", "id=" + id);
    return customer;
  }

  /** The text of a page, or of the page it leads to. */
  String get(String path) throws IOException, InterruptedException {
    return answer(path).body();
  }

  /** The whole answer. */
  HttpResponse<String> answer(String path) throws IOException, InterruptedException {
    return http.send(request(path).build(), BodyHandlers.ofString());
  }

  /** What a search finds. */
  String search(String words) throws IOException, InterruptedException {
    return get("/?q=" + URLEncoder.encode(words, StandardCharsets.UTF_8));
  }

  /** Sends a form; the answer is the page it leads to. */
  String post(String path, String form) throws IOException, InterruptedException {
    HttpRequest request =
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    return http.send(request, BodyHandlers.ofString()).body();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(shop.at(path)).timeout(Duration.ofSeconds(20));
  }
}
