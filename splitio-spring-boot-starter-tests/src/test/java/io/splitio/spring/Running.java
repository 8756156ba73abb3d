package io.splitio.spring;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.context.ConfigurableApplicationContext;

/** A real application with a web server on a free port. */
public record Running(ConfigurableApplicationContext context) implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  /** Starts an application; arguments are like {@code splitio.api-key=localhost}. */
  public static Running start(Class<?> application, String... properties) {
    return new Running(
        new SpringApplicationBuilder(application)
            .run(arguments(properties).toArray(String[]::new)));
  }

  private static List<String> arguments(String... properties) {
    List<String> arguments = new ArrayList<>();
    arguments.add("--server.port=0");
    Arrays.stream(properties).map(property -> "--" + property).forEach(arguments::add);
    return arguments;
  }

  /** Answers of the application. */
  public record Answer(int status, String body) {
    /** The body as JSON. */
    public Map<String, Object> json() {
      return JsonParserFactory.getJsonParser().parseMap(body);
    }
  }

  /** Asks for a path. */
  public Answer get(String path) throws IOException, InterruptedException {
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request(path), HttpResponse.BodyHandlers.ofString());
    return new Answer(response.statusCode(), response.body());
  }

  /** Asks for a path and does not wait. */
  public CompletableFuture<Answer> getLater(String path) {
    return HttpClient.newHttpClient()
        .sendAsync(request(path), HttpResponse.BodyHandlers.ofString())
        .thenApply(response -> new Answer(response.statusCode(), response.body()));
  }

  private HttpRequest request(String path) {
    String port = context.getEnvironment().getRequiredProperty("local.server.port");
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
        .timeout(DEADLINE)
        .build();
  }

  /** The bean of a type. */
  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  @Override
  public void close() {
    context.close();
  }
}
