package io.splitio.net;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A proxy that requests go through.
 *
 * @param secure whether the proxy itself is spoken to in TLS
 * @param host its host
 * @param port its port
 * @param credentials the value of {@code Proxy-Authorization}, asked for each time, or null
 * @param tls whom to trust as the proxy, and the certificate to show it; for a secure proxy
 */
public record ProxySettings(
    boolean secure,
    String host,
    int port,
    @Nullable Supplier<String> credentials,
    TlsSettings tls) {
  private static final Logger log = LoggerFactory.getLogger("splitio.sync");

  /** Close enough to tell it from a host with a port. */
  private static final String IPV6 =
      "\\[?[\\p{XDigit}]*:[\\p{XDigit}]*:[\\p{XDigit}:.]*(%[\\w.-]+)?]?";

  /** Checks host and port. */
  public ProxySettings {
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(tls, "tls");
    if (host.isBlank()) {
      throw new IllegalArgumentException("splitio.http.proxy.host is empty; name a host");
    }
    if (!host.matches(IPV6) && !host.matches("[^\\s/:@]+")) {
      String shown = host.indexOf('@') < 0 ? " is '" + host + "'" : " contains a user or password";
      throw new IllegalArgumentException(
          "splitio.http.proxy.host"
              + shown
              + "; it must be a host name or an IP address alone, without http:// and without the"
              + " port");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException(
          "splitio.http.proxy.port is " + port + "; it must be between 1 and 65535");
    }
  }

  /** A proxy that is spoken to in plain text, as most are, and passes TLS through. */
  public static ProxySettings of(String host, int port) {
    return new ProxySettings(false, host, port, null, TlsSettings.platform());
  }

  /**
   * A proxy by its address: {@code http://host:port}, or {@code https://host:port} for one that is
   * itself spoken to in TLS.
   *
   * @throws IllegalArgumentException if it is neither, or names a user
   */
  public static ProxySettings at(URI address) {
    Addresses.check(Objects.requireNonNull(address, "address"), true);
    boolean secure = "https".equalsIgnoreCase(address.getScheme());
    int named = Addresses.port(address);
    int port = named >= 0 ? named : secure ? 443 : 80;
    return new ProxySettings(secure, Addresses.host(address), port, null, TlsSettings.platform());
  }

  /** The same proxy with a user and a password. */
  public ProxySettings withBasic(String user, String password) {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(password, "password");
    if (user.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          "splitio.http.proxy.username contains a colon, which basic authentication cannot carry");
    }
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    String value = "Basic " + Base64.getEncoder().encodeToString(pair);
    return new ProxySettings(secure, host, port, () -> value, tls);
  }

  /** The same proxy with a token, which is asked for each time one is needed. */
  public ProxySettings withBearer(Supplier<String> token) {
    Objects.requireNonNull(token, "token");
    AtomicBoolean told = new AtomicBoolean();
    return new ProxySettings(secure, host, port, () -> bearer(token.get(), told), tls);
  }

  /** What the proxy is shown; empty for nothing. */
  private String bearer(@Nullable String token, AtomicBoolean told) {
    if (token == null) {
      if (told.compareAndSet(false, true)) {
        log.warn("The supplier of tokens for the proxy {} answers null; no token is sent", this);
      }
      return "";
    }
    return "Bearer " + token;
  }

  /** The same proxy, spoken to in TLS, with certificates of its own. */
  public ProxySettings withTls(TlsSettings certificates) {
    return new ProxySettings(true, host, port, credentials, certificates);
  }

  /** The proxy without its credentials. */
  @Override
  public String toString() {
    return (secure ? "https://" : "http://") + host + ":" + port;
  }
}
