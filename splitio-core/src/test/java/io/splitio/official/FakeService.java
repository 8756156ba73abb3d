package io.splitio.official;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.splitio.testing.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** As much of Split's service as the official SDK needs to become ready, on this machine. */
final class FakeService implements AutoCloseable {
  private static final String NOTHING_NEW =
      "{\"ff\":{\"d\":[],\"s\":1,\"t\":1},\"rbs\":{\"d\":[],\"s\":1,\"t\":1}}";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final String definitions;
  private final Map<String, ? extends Collection<String>> segments;

  FakeService(String definitions, Map<String, ? extends Collection<String>> segments) {
    this.definitions = definitions;
    this.segments = segments;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/api/splitChanges", this::flags);
    server.createContext("/api/segmentChanges/", this::segment);
    server.createContext("/", exchange -> answer(exchange, "{\"pushEnabled\":false}"));
    server.setExecutor(threads);
    server.start();
  }

  String address() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  private void flags(HttpExchange exchange) throws IOException {
    boolean first = exchange.getRequestURI().getQuery().contains("since=-1");
    answer(exchange, first ? definitions : NOTHING_NEW);
  }

  private void segment(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String name = path.substring(path.lastIndexOf('/') + 1);
    boolean first = exchange.getRequestURI().getQuery().contains("since=-1");
    Collection<String> keys = first && segments.get(name) != null ? segments.get(name) : List.of();
    answer(
        exchange,
        JsonText.of(
            JsonText.object(
                "name",
                name,
                "added",
                keys,
                "removed",
                List.of(),
                "since",
                first ? -1 : 1,
                "till",
                1)));
  }

  private static void answer(HttpExchange exchange, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
