package io.splitio.fake.featbit;

import io.splitio.fake.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Speaks to the server with the JDK's client, whose opinion of WebSockets is not ours. */
final class FeatBitCalls {
  static final String SECRET = "HowrP016X06bYBwtPk9aawUm1_C8ORiEqy5F1sf46aAQ";
  static final Duration LIMIT = Duration.ofSeconds(20);

  private static final String LETTERS = "QBWSPHDXZU";
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private FeatBitCalls() {}

  /** A token as the specification's vectors have them: the time after the 22nd character. */
  static String token(String secret, long time) {
    return digits("022")
        + digits("13")
        + secret.substring(0, 22)
        + digits(time + "")
        + secret.substring(22);
  }

  private static String digits(String digits) {
    StringBuilder letters = new StringBuilder();
    digits.chars().forEach(digit -> letters.append(LETTERS.charAt(digit - '0')));
    return letters.toString();
  }

  /** Connects as a client should. */
  static Talk connect(FeatBitServer server) {
    return connect(server, "token=" + token(SECRET, System.currentTimeMillis()) + "&type=server");
  }

  /** Connects with another query. */
  static Talk connect(FeatBitServer server, String query) {
    return connect(CLIENT, server, query);
  }

  /** Connects with another client. */
  static Talk connect(HttpClient client, FeatBitServer server, String query) {
    Talk talk = new Talk();
    URI address = URI.create(server.streaming() + "/streaming?" + query);
    client.newWebSocketBuilder().connectTimeout(LIMIT).buildAsync(address, talk).join();
    return talk;
  }

  static HttpResponse<String> track(FeatBitServer server, String body) {
    return track(server, SECRET, body);
  }

  static HttpResponse<String> track(FeatBitServer server, String secret, String body) {
    return send(
        request(server, "/api/public/insight/track", secret)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  static HttpResponse<String> latest(FeatBitServer server, String secret, String query) {
    return send(request(server, "/api/public/sdk/server/latest-all" + query, secret));
  }

  static HttpResponse<String> control(FeatBitServer server, String command) {
    return send(
        request(server, "/control", "nothing").POST(HttpRequest.BodyPublishers.ofString(command)));
  }

  private static HttpRequest.Builder request(FeatBitServer server, String path, String secret) {
    return HttpRequest.newBuilder(URI.create(server.events() + path))
        .timeout(LIMIT)
        .header("Authorization", secret);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return CLIENT.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A client's side of one connection. */
  static final class Talk implements WebSocket.Listener {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder part = new StringBuilder();
    private volatile @Nullable WebSocket socket;

    @Override
    public void onOpen(WebSocket webSocket) {
      socket = webSocket;
      webSocket.request(Long.MAX_VALUE);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
      part.append(text);
      if (last) {
        heard.add(part.toString());
        part.setLength(0);
      }
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closed.complete(code);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      closed.completeExceptionally(error);
    }

    /** Says something and waits until it has left. */
    Talk say(String text) {
      Objects.requireNonNull(socket).sendText(text, true).join();
      return this;
    }

    Talk ask(long version) {
      return say("{\"messageType\":\"data-sync\",\"data\":{\"timestamp\":" + version + "}}");
    }

    /** The next text. */
    String hear() {
      try {
        String text = heard.poll(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        return Objects.requireNonNull(text, "nothing was said");
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    /** The data of the next text. */
    Map<?, ?> data() {
      return (Map<?, ?>) Objects.requireNonNull(Json.object(hear()).get("data"));
    }

    CompletableFuture<Integer> closed() {
      return closed.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    void close() {
      Objects.requireNonNull(socket).sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }
  }
}
