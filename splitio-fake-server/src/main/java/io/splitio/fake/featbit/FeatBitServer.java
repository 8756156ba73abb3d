package io.splitio.fake.featbit;

import io.splitio.fake.http.HttpServer;
import io.splitio.fake.http.Reply;
import io.splitio.fake.http.Request;
import io.splitio.fake.http.Transport;
import io.splitio.fake.http.Wire;
import io.splitio.fake.json.Json;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * FeatBit's evaluation server for one environment, on a loopback port.
 *
 * <p>Everything may be called from any thread at any time.
 */
public final class FeatBitServer implements AutoCloseable {
  private static final int REFUSED = 4003;
  private static final long MOST_SKEW = 30_000;

  private final String secret;
  private final Items flags = new Items("key");
  private final Items segments = new Items("id");
  private final Set<WebSocket> connected = ConcurrentHashMap.newKeySet();
  private final List<Request> attempts = new CopyOnWriteArrayList<>();
  private final List<String> frames = new CopyOnWriteArrayList<>();
  private final List<String> insights = new CopyOnWriteArrayList<>();
  private final AtomicInteger refusal = new AtomicInteger(); // an HTTP status, 0 for none
  private final AtomicBoolean mute = new AtomicBoolean();
  private final HttpServer server;

  private FeatBitServer(String secret) {
    this.secret = secret;
    this.server = HttpServer.start(0, Transport.PLAIN, this::answer, request -> null);
  }

  /** Starts on a free port, for clients that know the secret. */
  public static FeatBitServer start(String secret) {
    return new FeatBitServer(secret);
  }

  /** The address of the stream, without its path. */
  public URI streaming() {
    return URI.create("ws://127.0.0.1:" + server.port());
  }

  /** The address of insights, without their path. */
  public URI events() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /** Takes the flags and segments of a data-sync message, and tells nobody. */
  public void load(String message) {
    each(message, "featureFlags", flags);
    each(message, "segments", segments);
  }

  /** Puts a flag, whose {@code updatedAt} says its version, and pushes it. */
  public void putFlag(String json) {
    Map<String, @Nullable Object> flag = Json.object(json);
    flags.put(flag);
    push("[" + Json.write(flag) + "]", "[]");
  }

  /** Puts a segment and pushes it, alone, as the server does. */
  public void putSegment(String json) {
    Map<String, @Nullable Object> segment = Json.object(json);
    segments.put(segment);
    push("[]", "[" + Json.write(segment) + "]");
  }

  /** Sends a text to everybody who is connected, whatever it says. */
  public void send(String text) {
    connected.forEach(socket -> quietly(() -> socket.text(text)));
  }

  /** Closes every connection with a code. */
  public void disconnect(int code, String reason) {
    connected.forEach(socket -> quietly(() -> socket.close(code, reason)));
  }

  /** Ends every connection without a word. */
  public void cut() {
    connected.forEach(WebSocket::cut);
  }

  /** Answers attempts to connect with this status instead; 0 ends that. */
  public void refuse(int status) {
    refusal.set(status);
  }

  /** Says nothing any more, or speaks again; connections stay. */
  public void mute(boolean silent) {
    mute.set(silent);
  }

  /** How many clients are connected. */
  public int connected() {
    return connected.size();
  }

  /** Each attempt to connect. */
  public List<Request> attempts() {
    return List.copyOf(attempts);
  }

  /** Each text that clients sent. */
  public List<String> frames() {
    return List.copyOf(frames);
  }

  /** Each accepted batch of insights. */
  public List<String> insights() {
    return List.copyOf(insights);
  }

  private Reply answer(Request request) {
    return switch (request.path()) {
      case "/streaming" -> stream(request);
      case "/api/public/insight/track" -> track(request);
      case "/api/public/sdk/server/latest-all" ->
          authorized(request) ? Reply.json(200, full(0)) : Reply.empty(401);
      default -> Reply.empty(404);
    };
  }

  private boolean authorized(Request request) {
    return request.header("Authorization").orElse("").equals(secret);
  }

  private Reply track(Request request) {
    if (!authorized(request)) {
      return Reply.empty(401);
    }
    insights.add(request.body().text());
    return Reply.empty(200);
  }

  private Reply stream(Request request) {
    attempts.add(request);
    if (refusal.get() != 0) {
      return Reply.empty(refusal.get());
    }
    String key = request.header("Sec-WebSocket-Key").orElse("");
    return Reply.switching("websocket", wire -> converse(request, wire))
        .withHeader("Sec-WebSocket-Accept", WebSocket.accept(key));
  }

  /** What the server holds against a client is told after the handshake. */
  private void converse(Request request, Wire wire) throws IOException {
    WebSocket socket = new WebSocket(wire);
    if (!admits(request)) {
      socket.close(REFUSED, "invalid request, close by server");
      String unused = socket.next();
      return;
    }
    connected.add(socket);
    try {
      for (String text = socket.next(); text != null; text = socket.next()) {
        frames.add(text);
        if (!mute.get()) {
          hear(text, socket);
        }
      }
    } finally {
      connected.remove(socket);
    }
  }

  private boolean admits(Request request) {
    Secret shown = Secret.of(request.query("token").orElse(""));
    return shown != null
        && request.query("type").orElse("").equals("server")
        && List.of("", "1", "2").contains(request.query("version").orElse(""))
        && shown.secret().equals(secret)
        && Math.abs(System.currentTimeMillis() - shown.time()) <= MOST_SKEW;
  }

  private void hear(String text, WebSocket socket) throws IOException {
    Map<String, @Nullable Object> message = Json.object(text);
    if ("ping".equals(message.get("messageType"))) {
      socket.text("{\"messageType\":\"pong\",\"data\":{}}");
    } else if ("data-sync".equals(message.get("messageType"))
        && message.get("data") instanceof Map<?, ?> data
        && data.get("timestamp") instanceof Number version) {
      socket.text(full(version.longValue()));
    }
  }

  /** A full set for who has nothing, else what is newer. */
  private String full(long since) {
    return message(since == 0 ? "full" : "patch", flags.since(since), segments.since(since));
  }

  private void push(String newFlags, String newSegments) {
    if (!mute.get()) {
      send(message("patch", newFlags, newSegments));
    }
  }

  private static String message(String event, String flags, String segments) {
    return "{\"messageType\":\"data-sync\",\"data\":{\"eventType\":\""
        + event
        + "\",\"featureFlags\":"
        + flags
        + ",\"segments\":"
        + segments
        + "}}";
  }

  private static void each(String message, String field, Items items) {
    if (Json.object(message).get("data") instanceof Map<?, ?> data
        && data.get(field) instanceof List<?> list) {
      list.forEach(item -> items.put(Json.object(Json.write(item))));
    }
  }

  private static void quietly(Saying saying) {
    try {
      saying.say();
    } catch (IOException e) {
      // Who is gone already hears nothing.
    }
  }

  private interface Saying {
    void say() throws IOException;
  }

  @Override
  public void close() {
    server.close();
  }
}
