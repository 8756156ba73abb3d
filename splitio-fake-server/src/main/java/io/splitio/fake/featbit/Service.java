package io.splitio.fake.featbit;

import io.splitio.fake.http.Handler;
import io.splitio.fake.http.Reply;
import io.splitio.fake.http.Request;
import io.splitio.fake.http.Wire;
import io.splitio.fake.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What FeatBit's server does with requests and with what is said over connections. */
final class Service implements Handler {
  private static final int INVALID_REQUEST = 4003;
  private static final long MOST_SKEW = 30_000;
  private static final int LONGEST_FRAME = 8 * 1024;
  private static final Pattern SHAPE_OF_SECRETS = Pattern.compile("[A-Za-z0-9_-]{44}");

  private final String secret;
  private final Environment environment;
  private final Sockets sockets;
  private final Insights insights;
  private final AtomicInteger closing = new AtomicInteger(); // how many connections still
  private volatile Goodbye goodbye = new Goodbye(INVALID_REQUEST, "");
  private volatile int refusal; // an HTTP status, 0 for none
  private volatile Duration ahead = Duration.ZERO;

  Service(String secret, Environment environment, Sockets sockets, Insights insights) {
    this.secret = secret;
    this.environment = environment;
    this.sockets = sockets;
    this.insights = insights;
  }

  /** How a connection is closed. */
  private record Goodbye(int code, String reason) {}

  void refuse(int status) {
    refusal = status;
  }

  void closeNext(int connections, int code, String reason) {
    goodbye = new Goodbye(code, reason);
    closing.set(connections);
  }

  void clockAhead(Duration by) {
    ahead = by;
  }

  @Override
  public Reply handle(Request request) {
    return FeatBitEndpoint.of(request)
        .map(endpoint -> handle(endpoint, request))
        .orElseGet(() -> Reply.empty(404));
  }

  private Reply handle(FeatBitEndpoint endpoint, Request request) {
    return switch (endpoint) {
      case STREAMING -> stream(request);
      case INSIGHTS -> looksAuthorized(request) ? track(request) : Reply.empty(401);
      case LATEST_ALL -> looksAuthorized(request) ? latest(request) : Reply.empty(401);
    };
  }

  /** Over HTTP the server looks at the shape of a secret only. */
  private boolean looksAuthorized(Request request) {
    String shown = request.header("Authorization").orElse("");
    return shown.equals(secret) || SHAPE_OF_SECRETS.matcher(shown).matches();
  }

  /** Insights of an unknown secret are accepted, and lost. */
  private Reply track(Request request) {
    try {
      if (request.header("Authorization").orElse("").equals(secret)) {
        insights.add(request);
      }
      return Reply.empty(200);
    } catch (IllegalArgumentException e) {
      return Reply.json(400, "{\"message\":" + Json.write(e.getMessage()) + "}");
    }
  }

  private Reply latest(Request request) {
    if (!request.header("Authorization").orElse("").equals(secret)) {
      return Reply.json(200, new Environment().since(0));
    }
    try {
      long since = Long.parseLong(request.query("timestamp").orElse("0"));
      boolean news = since == 0 || environment.version() > since;
      return news ? Reply.json(200, environment.since(since)) : Reply.empty(200);
    } catch (NumberFormatException e) {
      return Reply.empty(400);
    }
  }

  private Reply stream(Request request) {
    int status = refusal;
    if (status != 0) {
      return Reply.empty(status);
    }
    String key = request.header("Sec-WebSocket-Key").orElse("");
    if (key.isEmpty()) {
      return Reply.empty(400);
    }
    return Reply.switching("websocket", wire -> converse(request, wire))
        .withHeader("Sec-WebSocket-Accept", WebSocket.accept(key));
  }

  /** What the server holds against a client is told after the handshake. */
  private void converse(Request request, Wire wire) throws IOException {
    WebSocket socket = new WebSocket(wire);
    Goodbye parting = objection(request);
    if (parting == null) {
      sockets.attend(socket, this::hear);
      return;
    }
    socket.close(parting.code, parting.reason);
    for (String text = socket.next(); text != null; text = socket.next()) {
      // Nobody listens any more; the client's answer to the goodbye is awaited.
    }
  }

  private @Nullable Goodbye objection(Request request) {
    if (closing.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      return goodbye;
    }
    return admits(request)
        ? null
        : new Goodbye(INVALID_REQUEST, "invalid request, close by server");
  }

  private boolean admits(Request request) {
    ShownToken token = ShownToken.of(request.query("token").orElse(""));
    return token != null
        && request.query("type").orElse("").equals("server")
        && List.of("", "1", "2").contains(request.query("version").orElse(""))
        && token.isOf(secret)
        && Math.abs(System.currentTimeMillis() + ahead.toMillis() - token.time()) <= MOST_SKEW;
  }

  /** Makes a change and tells everybody. */
  void change(Supplier<String> patch) {
    synchronized (environment) {
      sockets.push(patch.get());
    }
  }

  /** What is too long, no JSON, without data or of an unknown type is passed over in silence. */
  private void hear(String text, WebSocket socket) throws IOException {
    Map<String, @Nullable Object> message = message(text);
    if (!message.containsKey("data")) {
      return;
    }
    if ("ping".equals(message.get("messageType"))) {
      socket.text("{\"messageType\":\"pong\",\"data\":{}}");
    } else if ("data-sync".equals(message.get("messageType"))
        && message.get("data") instanceof Map<?, ?> data
        && data.get("timestamp") instanceof Number version) {
      synchronized (environment) { // else a change could be pushed before this, and be in neither
        socket.text(environment.since(version.longValue()));
      }
    }
  }

  private static Map<String, @Nullable Object> message(String text) {
    try {
      boolean bearable = text.getBytes(StandardCharsets.UTF_8).length <= LONGEST_FRAME;
      return bearable ? Json.object(text) : Map.of();
    } catch (IllegalArgumentException e) {
      return Map.of();
    }
  }
}
