package io.splitio.net;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How an SDK instance talks to its services.
 *
 * @param timeouts how long to wait for what
 * @param maxBytes the longest answer, decompressed, unless the request says otherwise
 * @param proxy the proxy all requests go through, or null
 * @param proxyFromEnvironment whether {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY}
 *     count where no proxy is given
 * @param tls whom to trust, and the own certificate
 * @param headers sent with each request
 * @param decorator sees the headers of each request and returns those to add or replace
 * @param allowInsecure whether plain {@code http} may lead to hosts other than the loopback
 */
public record HttpSettings(
    Timeouts timeouts,
    long maxBytes,
    @Nullable ProxySettings proxy,
    boolean proxyFromEnvironment,
    TlsSettings tls,
    Map<String, String> headers,
    UnaryOperator<Map<String, List<String>>> decorator,
    boolean allowInsecure) {

  /** Leaves headers as they are. */
  static final UnaryOperator<Map<String, List<String>>> UNDECORATED = sent -> Map.of();

  private static final HttpSettings DEFAULTS =
      new HttpSettings(
          Timeouts.defaults(),
          256L << 20,
          null,
          true,
          TlsSettings.platform(),
          Map.of(),
          UNDECORATED,
          false);

  /** Checks the limit and the headers. */
  public HttpSettings {
    Objects.requireNonNull(timeouts, "timeouts");
    Objects.requireNonNull(tls, "tls");
    Objects.requireNonNull(headers, "the HTTP headers are null");
    Objects.requireNonNull(decorator, "decorator");
    if (maxBytes < 1) {
      throw new IllegalArgumentException(
          "splitio.http.max-payload is " + maxBytes + " bytes; it must be at least 1");
    }
    headers.forEach(HttpSettings::checkGiven);
    headers = Map.copyOf(headers);
  }

  private static void checkGiven(String name, String value) {
    Objects.requireNonNull(name, "the name of an HTTP header is null");
    Objects.requireNonNull(value, () -> "the value of the HTTP header '" + name + "' is null");
    CustomHeaders.checkOwn(name, value);
  }

  /** The usual times, 256 MB, and the proxy of the environment. */
  public static HttpSettings defaults() {
    return DEFAULTS;
  }

  /** These settings with other times. */
  public HttpSettings withTimeouts(Timeouts other) {
    return new HttpSettings(
        other, maxBytes, proxy, proxyFromEnvironment, tls, headers, decorator, allowInsecure);
  }

  /** These settings with another limit for answers. */
  public HttpSettings withMaxBytes(long bytes) {
    return new HttpSettings(
        timeouts, bytes, proxy, proxyFromEnvironment, tls, headers, decorator, allowInsecure);
  }

  /** These settings with a proxy for all requests. */
  public HttpSettings withProxy(ProxySettings through) {
    return new HttpSettings(
        timeouts, maxBytes, through, proxyFromEnvironment, tls, headers, decorator, allowInsecure);
  }

  /** These settings with no regard to the proxy variables of the environment. */
  public HttpSettings withoutEnvironmentProxy() {
    return new HttpSettings(
        timeouts, maxBytes, proxy, false, tls, headers, decorator, allowInsecure);
  }

  /** These settings with other certificates. */
  public HttpSettings withTls(TlsSettings certificates) {
    return new HttpSettings(
        timeouts,
        maxBytes,
        proxy,
        proxyFromEnvironment,
        certificates,
        headers,
        decorator,
        allowInsecure);
  }

  /**
   * These settings with the headers each request carries.
   *
   * @throws IllegalArgumentException if one cannot be sent, or is {@linkplain #isReserved the SDK's
   *     own}
   */
  public HttpSettings withHeaders(Map<String, String> each) {
    return new HttpSettings(
        timeouts, maxBytes, proxy, proxyFromEnvironment, tls, each, decorator, allowInsecure);
  }

  /** Whether a header of this name is the SDK's own, so that nobody else should set it. */
  public static boolean isReserved(String name) {
    return CustomHeaders.isReserved(name);
  }

  /** These settings with a decorator; see {@link #decorator()}. */
  public HttpSettings withDecorator(UnaryOperator<Map<String, List<String>>> of) {
    return new HttpSettings(
        timeouts, maxBytes, proxy, proxyFromEnvironment, tls, headers, of, allowInsecure);
  }

  /** These settings with plain {@code http} allowed to any host. */
  public HttpSettings withInsecureAllowed() {
    return new HttpSettings(
        timeouts, maxBytes, proxy, proxyFromEnvironment, tls, headers, decorator, true);
  }

  /**
   * The address itself, if requests may go there.
   *
   * @throws IllegalArgumentException if it is no absolute http address, names a user, or is plain
   *     {@code http} to a host that is not the loopback while that is not allowed
   */
  public URI checked(URI address) {
    Addresses.check(address, allowInsecure);
    return address;
  }

  /** The settings without the values of headers. */
  @Override
  public String toString() {
    return "HttpSettings[%s, maxBytes=%d, proxy=%s, headers=%s]"
        .formatted(timeouts, maxBytes, proxy, headers.keySet());
  }

  /**
   * How long to wait for what.
   *
   * @param connect for a connection to one address
   * @param read for the next byte of a peer that owes an answer, headers or body
   * @param write for a peer to take what is sent
   * @param total for a whole exchange, redirects included, unless the request says otherwise
   * @param streamOpen until a stream of events has answered with its headers
   * @param streamIdle for the next byte of a stream of events, comments included
   */
  public record Timeouts(
      Duration connect,
      Duration read,
      Duration write,
      Duration total,
      Duration streamOpen,
      Duration streamIdle) {
    private static final Timeouts DEFAULTS =
        new Timeouts(
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(15),
            Duration.ofSeconds(70));

    /** Checks that all are between 1 ms and 1 day. */
    public Timeouts {
      check("connect", connect);
      check("read", read);
      check("write", write);
      check("total", total);
      check("stream open", streamOpen);
      check("stream idle", streamIdle);
    }

    /** Connect 5 s, read and write 10 s, in all 60 s; streams 15 s to open, 70 s of silence. */
    public static Timeouts defaults() {
      return DEFAULTS;
    }

    /** These with another time to connect. */
    public Timeouts withConnect(Duration other) {
      return new Timeouts(other, read, write, total, streamOpen, streamIdle);
    }

    /** These with another time of silence, for reading and for writing. */
    public Timeouts withRead(Duration other) {
      return new Timeouts(connect, other, other, total, streamOpen, streamIdle);
    }

    /** These with another time for a whole exchange. */
    public Timeouts withTotal(Duration other) {
      return new Timeouts(connect, read, write, other, streamOpen, streamIdle);
    }

    /** These with other times for streams of events. */
    public Timeouts withStream(Duration open, Duration idle) {
      return new Timeouts(connect, read, write, total, open, idle);
    }

    private static void check(String what, Duration value) {
      Objects.requireNonNull(value, what);
      if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(Duration.ofDays(1)) > 0) {
        throw new IllegalArgumentException(
            "The HTTP " + what + " timeout is " + value + "; it must be between 1 ms and 1 day");
      }
    }
  }
}
