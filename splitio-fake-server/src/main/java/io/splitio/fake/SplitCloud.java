package io.splitio.fake;

import io.splitio.fake.data.ChangeListener;
import io.splitio.fake.data.ChangeNumbers;
import io.splitio.fake.data.Flags;
import io.splitio.fake.data.RuleBasedSegments;
import io.splitio.fake.data.Segment;
import io.splitio.fake.data.Segments;
import io.splitio.fake.http.ArmedFault;
import io.splitio.fake.http.HttpServer;
import io.splitio.fake.http.Request;
import io.splitio.fake.http.Transport;
import io.splitio.fake.stream.Authentication;
import io.splitio.fake.stream.Streaming;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A Split cloud on a loopback port, empty at the start, for SDKs to be pointed at.
 *
 * <pre>{@code
 * try (SplitCloud cloud = SplitCloud.start()) {
 *   cloud.segment("beta").add("user-1");
 *   cloud.flags().put(Flag.named("banner").inSegment("beta", "on").otherwise("off"));
 *   // run what uses an SDK against cloud.url()
 *   cloud.flags().kill("banner", "off");
 *   cloud.received().impressions().awaitTotal(10, Duration.ofSeconds(5));
 * }
 * }</pre>
 *
 * <p>All five services are at one address. An SDK that asks for five gets {@code url()} for
 * definitions and for events (or {@code url("/api")}, if it does not add {@code /api} itself),
 * {@code url("/api/v2/auth")}, {@code url("/sse")} and {@code url("/api/v1")} for telemetry.
 *
 * <p>Everything may be called from any thread at any time.
 */
public final class SplitCloud implements AutoCloseable {
  private final Behaviour behaviour = new Behaviour();
  private final Faults faults = new Faults();
  private final Received received = new Received();
  private final RequestLog requests = new RequestLog();
  private final Streaming streaming = new Streaming();
  private final Flags flags;
  private final RuleBasedSegments ruleBasedSegments;
  private final Segments segments;
  private final Console console = new Console(this);
  private final HttpServer server;
  private final String origin;

  private SplitCloud(int port, Transport transport, String origin) {
    this.origin = origin;
    ChangeNumbers numbers = new ChangeNumbers();
    ChangeListener announcer = streaming.announcer();
    flags = new Flags(numbers, announcer);
    ruleBasedSegments = new RuleBasedSegments(numbers, announcer);
    segments = new Segments(numbers, announcer);
    Router router =
        new Router(
            behaviour,
            new SplitChanges(flags, ruleBasedSegments, behaviour),
            new SegmentChanges(segments, behaviour),
            streaming,
            received);
    server = HttpServer.start(port, transport, new Control(console, router), this::arrived);
  }

  /** Starts on a free port. */
  public static SplitCloud start() {
    return start(0);
  }

  /** Starts on this port of the loopback interface. */
  public static SplitCloud start(int port) {
    return new SplitCloud(port, Transport.PLAIN, "http://127.0.0.1:");
  }

  /**
   * Starts on a free port and speaks TLS with the certificate of this context, which has to be good
   * for {@code localhost}.
   */
  public static SplitCloud startTls(SSLContext context) {
    return new SplitCloud(0, Transport.tls(context), "https://localhost:");
  }

  /**
   * The address of all services: {@code http://127.0.0.1:port}, or {@code https://localhost:port}
   * if it speaks TLS.
   */
  public String url() {
    return origin + port();
  }

  /** The address of one service, whose path begins with a slash. */
  public String url(String path) {
    return url() + path;
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  /** The feature flags. */
  public Flags flags() {
    return flags;
  }

  /** The rule-based segments. */
  public RuleBasedSegments ruleBasedSegments() {
    return ruleBasedSegments;
  }

  /** The segment of this name, made if need be; one that was never made is answered 404. */
  public Segment segment(String name) {
    return segments.get(name);
  }

  /** The event stream. */
  public Streaming streaming() {
    return streaming;
  }

  /** The streaming tokens. */
  public Authentication authentication() {
    return streaming.authentication();
  }

  /** What was posted and accepted. */
  public Received received() {
    return received;
  }

  /** Every request that arrived, faults or not. */
  public RequestLog requests() {
    return requests;
  }

  /** What is to go wrong. */
  public Faults faults() {
    return faults;
  }

  /** How it behaves. */
  public Behaviour behaviour() {
    return behaviour;
  }

  /**
   * From now on reads are answered with what there is now, as by a content delivery network that
   * lags behind; only a request with {@code till} gets through to what is new.
   */
  public void freezeReads() {
    flags.freeze();
    ruleBasedSegments.freeze();
    segments.freeze();
  }

  /** Reads are up to date again. */
  public void thawReads() {
    flags.thaw();
    ruleBasedSegments.thaw();
    segments.thaw();
  }

  /** How many connections are open, streams included. */
  public int openConnections() {
    return server.open();
  }

  /** How many connections have been accepted so far. */
  public long acceptedConnections() {
    return server.accepted();
  }

  /** Stops listening, ends faults, and closes every connection. */
  @Override
  public void close() {
    server.close();
    faults.clear();
    streaming.drop();
  }

  private @Nullable ArmedFault arrived(Request request) {
    if (Control.isMeantBy(request)) {
      return null;
    }
    requests.add(request);
    return faults.faultFor(request);
  }
}
