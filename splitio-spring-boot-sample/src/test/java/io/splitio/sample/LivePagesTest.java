package io.splitio.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How open pages hear that flags have changed. */
class LivePagesTest {
  @TempDir Path directory;

  @Test
  void openPageHearsWhichFlagHasChanged() throws Exception {
    try (RunningShop shop = RunningShop.start(directory)) {
      OpenPage page = OpenPage.of(shop);
      String before = page.nextEvent();
      assertThat(before).contains("\"flags\":[]");
      shop.flags().kill("free-sample");
      assertThat(page.nextEvent())
          .contains("\"flags\":[\"free-sample\"]")
          .doesNotContain(revisionOf(before));
    }
  }

  @Test
  void pageCarriesTheRevisionThatItsFirstEventNames() throws Exception {
    try (RunningShop shop = RunningShop.start(directory)) {
      String revision = revisionOf(OpenPage.of(shop).nextEvent());
      assertThat(Customer.as(shop, "ana").get("/")).contains("data-revision=\"" + revision + "\"");
    }
  }

  @Test
  void openPagesDoNotKeepTheShopFromClosing() throws Exception {
    RunningShop shop = RunningShop.start(directory);
    OpenPage page = OpenPage.of(shop);
    page.nextEvent();
    Instant closing = Instant.now();
    shop.close();
    assertThat(Duration.between(closing, Instant.now())).isLessThan(Duration.ofSeconds(10));
    assertThat(page.ended).succeedsWithin(Duration.ofSeconds(5));
  }

  private static String revisionOf(String event) {
    return event.replaceAll(".*\"revision\":\"(\\d+)\".*", "$1");
  }

  private static final class OpenPage {
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> ended;

    private OpenPage(RunningShop shop) {
      HttpRequest live = HttpRequest.newBuilder(shop.at("/live")).build();
      ended =
          HttpClient.newHttpClient()
              .sendAsync(live, BodyHandlers.ofLines())
              .thenAcceptAsync(
                  answer ->
                      answer.body().filter(line -> line.startsWith("data:")).forEach(events::add));
    }

    static OpenPage of(RunningShop shop) throws IOException {
      return new OpenPage(shop);
    }

    String nextEvent() throws InterruptedException {
      String event = events.poll(10, TimeUnit.SECONDS);
      assertThat(event).as("event within 10 s").isNotNull();
      return event;
    }
  }
}
