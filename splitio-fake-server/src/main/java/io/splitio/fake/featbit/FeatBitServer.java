package io.splitio.fake.featbit;

import io.splitio.fake.Faults;
import io.splitio.fake.RequestLog;
import io.splitio.fake.http.ArmedFault;
import io.splitio.fake.http.HttpServer;
import io.splitio.fake.http.Request;
import io.splitio.fake.http.Transport;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * FeatBit's evaluation server for one environment, on a loopback port, for SDKs to be pointed at.
 *
 * <pre>{@code
 * try (FeatBitServer server = FeatBitServer.start("HowrP016X06bYBwtPk9aawUm1_C8ORiEqy5F1sf46aAQ")) {
 *   server.load(Files.readString(Path.of("flags.json")));
 *   // run what uses an SDK against server.streaming() and server.events()
 *   server.turnOff("checkout");
 *   server.received().await(10, Duration.ofSeconds(5));
 * }
 * }</pre>
 *
 * <p>Definitions are FeatBit's own JSON. What is put or changed is pushed at once; it is as new as
 * its {@code updatedAt} says, or as now without one.
 *
 * <p>Everything may be called from any thread at any time.
 */
public final class FeatBitServer implements AutoCloseable {
  private final Environment environment = new Environment();
  private final Sockets sockets = new Sockets();
  private final Insights insights = new Insights();
  private final Faults faults = new Faults();
  private final RequestLog requests = new RequestLog();
  private final Service service;
  private final FeatBitConsole console = new FeatBitConsole(this);
  private final HttpServer server;
  private final boolean secure;

  private FeatBitServer(int port, Transport transport, String secret) {
    this.secure = transport != Transport.PLAIN;
    this.service = new Service(secret, environment, sockets, insights);
    this.server =
        HttpServer.start(port, transport, new FeatBitControl(console, service), this::arrived);
  }

  /**
   * Starts on a free port, for clients that know the secret of the environment. FeatBit makes
   * secrets of 44 letters, digits, hyphens and underscores; here any will do.
   */
  public static FeatBitServer start(String secret) {
    return start(0, secret);
  }

  /** Starts on this port of the loopback interface; 0 takes any free one. */
  public static FeatBitServer start(int port, String secret) {
    return new FeatBitServer(port, Transport.PLAIN, secret);
  }

  /**
   * Starts on a free port and speaks TLS with the certificate of this context, which has to be good
   * for {@code localhost}.
   */
  public static FeatBitServer startTls(SSLContext context, String secret) {
    return new FeatBitServer(0, Transport.tls(context), secret);
  }

  private @Nullable ArmedFault arrived(Request request) {
    if (FeatBitControl.isMeantBy(request)) {
      return null;
    }
    requests.add(request);
    return faults.faultFor(request);
  }

  /** The address of the stream, without its path. */
  public URI streaming() {
    return URI.create((secure ? "wss://localhost:" : "ws://127.0.0.1:") + port());
  }

  /** The address of insights, without their path. */
  public URI events() {
    return URI.create((secure ? "https://localhost:" : "http://127.0.0.1:") + port());
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  /** Takes the flags and segments of a data-sync message, and tells nobody. */
  public void load(String message) {
    environment.load(message);
  }

  /** Puts a flag and pushes it. */
  public void putFlag(String json) {
    service.change(() -> environment.putFlag(json));
  }

  /** Changes these fields of a flag and pushes it. */
  public void changeFlag(String key, Map<String, ?> fields) {
    service.change(() -> environment.changeFlag(key, fields));
  }

  /** Turns a flag on. */
  public void turnOn(String key) {
    changeFlag(key, Map.of("isEnabled", true));
  }

  /** Turns a flag off. */
  public void turnOff(String key) {
    changeFlag(key, Map.of("isEnabled", false));
  }

  /** Archives a flag; it can be restored with {@link #changeFlag}. */
  public void archive(String key) {
    changeFlag(key, Map.of("isArchived", true));
  }

  /** Puts a segment and pushes it, alone, as the server does. */
  public void putSegment(String json) {
    service.change(() -> environment.putSegment(json));
  }

  /** Changes these fields of a segment and pushes it. */
  public void changeSegment(String id, Map<String, ?> fields) {
    service.change(() -> environment.changeSegment(id, fields));
  }

  /** A flag as JSON. */
  public String flag(String key) {
    return environment.flag(key);
  }

  /** A segment as JSON. */
  public String segment(String id) {
    return environment.segment(id);
  }

  /** The version of what is newest, in milliseconds since 1970; 0 when there is nothing. */
  public long version() {
    return environment.version();
  }

  /** Sends a text to everybody who is connected, whatever it says. */
  public void send(String text) {
    sockets.each(socket -> socket.text(text));
  }

  /** Sends a binary message to everybody who is connected. */
  public void sendBinary(byte[] bytes) {
    sockets.each(socket -> socket.binary(bytes));
  }

  /** Sends bytes to everybody who is connected, whether they are a frame or not. */
  public void sendRaw(byte[] bytes) {
    sockets.each(socket -> socket.raw(bytes));
  }

  /** Sends everybody who is connected a ping of the WebSocket protocol. */
  public void ping() {
    sockets.each(WebSocket::ping);
  }

  /** Sends texts in frames of at most so many bytes from now on. */
  public void fragments(int bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("a frame holds at least 1 byte, not " + bytes);
    }
    sockets.fragments(bytes);
  }

  /** Closes every connection with a code. */
  public void disconnect(int code, String reason) {
    sockets.each(socket -> socket.close(code, reason));
  }

  /** Ends every connection without a word (FIN). */
  public void cut() {
    sockets.end(WebSocket::cut);
  }

  /** Resets every connection (RST). */
  public void reset() {
    sockets.end(WebSocket::reset);
  }

  /** Answers attempts to connect with this status instead; 0 ends that. */
  public void refuse(int status) {
    service.refuse(status);
  }

  /** Accepts the next connections, and closes each at once with this code. */
  public void closeNext(int connections, int code, String reason) {
    service.closeNext(connections, code, reason);
  }

  /** Says nothing any more, or speaks again; connections stay. */
  public void mute(boolean silent) {
    sockets.mute(silent);
  }

  /** Lets the server's clock be ahead of the true time; it refuses tokens 30 s off. */
  public void clockAhead(Duration by) {
    service.clockAhead(by);
  }

  /** How many clients are connected. */
  public int connected() {
    return sockets.connected();
  }

  /**
   * Returns as soon as exactly so many clients are connected.
   *
   * @throws AssertionError if that is not so in time
   */
  public void awaitConnected(int number, Duration limit) {
    sockets.awaitConnected(connected -> connected == number, limit);
  }

  /** Each attempt to connect. */
  public List<Request> attempts() {
    return requests.matching(FeatBitEndpoint.STREAMING);
  }

  /** Each text that clients sent. */
  public List<String> frames() {
    return sockets.frames();
  }

  /**
   * Returns the texts that clients sent as soon as one of them fits.
   *
   * @throws AssertionError if none does in time
   */
  public List<String> awaitFrame(Predicate<String> which, Duration limit) {
    return sockets.awaitFrame(which, limit);
  }

  /** The body of each accepted batch of insights. */
  public List<String> insights() {
    return insights.requests().stream().map(request -> request.body().text()).toList();
  }

  /** The insights that were accepted. */
  public Insights received() {
    return insights;
  }

  /** Every request that arrived, faults or not. */
  public RequestLog requests() {
    return requests;
  }

  /** What is to go wrong with requests; {@link FeatBitEndpoint} says which. */
  public Faults faults() {
    return faults;
  }

  /** Obeys one command of a process. */
  String obey(String command) {
    return console.answer(command);
  }

  @Override
  public void close() {
    server.close();
  }
}
