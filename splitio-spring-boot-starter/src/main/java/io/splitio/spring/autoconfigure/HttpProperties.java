package io.splitio.spring.autoconfigure;

import io.splitio.net.HttpSettings;
import io.splitio.net.ProxySettings;
import io.splitio.net.TlsSettings;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslManagerBundle;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * How the SDK talks HTTP.
 *
 * @param connectTimeout How long to wait for a connection. Plain numbers are milliseconds.
 * @param readTimeout How long to wait for the next byte of an answer. Plain numbers are
 *     milliseconds.
 * @param totalTimeout How long a whole exchange may take. Plain numbers are milliseconds.
 * @param proxy The proxy that all requests go through.
 * @param sslBundle Name of the SSL bundle with the certificates to trust and, where the services
 *     ask for one, the own certificate.
 * @param headers Headers that each request carries; their values are never shown.
 * @param maxPayload The longest answer with definitions, after decompression.
 * @param maxSegmentPayload The longest answer about one segment, after decompression.
 * @param allowInsecure Whether addresses may be plain http on other machines, which sends the SDK
 *     key unencrypted.
 */
public record HttpProperties(
    @DefaultValue("5s") Duration connectTimeout,
    @DefaultValue("10s") Duration readTimeout,
    @DefaultValue("60s") Duration totalTimeout,
    @DefaultValue Proxy proxy,
    @Nullable String sslBundle,
    @DefaultValue Map<String, String> headers,
    @DefaultValue("256MB") DataSize maxPayload,
    @DefaultValue("512MB") DataSize maxSegmentPayload,
    @DefaultValue("false") boolean allowInsecure) {
  private static final String PREFIX = "splitio.http.";

  /** Checks the values. */
  public HttpProperties {
    Limits.timeout(PREFIX + "connect-timeout", connectTimeout);
    Limits.timeout(PREFIX + "read-timeout", readTimeout);
    Limits.timeout(PREFIX + "total-timeout", totalTimeout);
    Limits.positive(PREFIX + "max-payload", maxPayload);
    Limits.positive(PREFIX + "max-segment-payload", maxSegmentPayload);
    headers = Map.copyOf(headers);
  }

  /** What the SDK does by these properties; for the starter's own connectors. */
  public HttpSettings settings(ObjectProvider<SslBundles> bundles) {
    HttpSettings settings =
        HttpSettings.defaults()
            .withTimeouts(
                HttpSettings.Timeouts.defaults()
                    .withConnect(connectTimeout)
                    .withRead(readTimeout)
                    .withTotal(totalTimeout))
            .withMaxBytes(maxPayload.toBytes())
            .withHeaders(headers(headers))
            .withTls(certificates("splitio.http.ssl-bundle", sslBundle, bundles));
    return proxied(allowInsecure ? settings.withInsecureAllowed() : settings, bundles);
  }

  private static Map<String, String> headers(Map<String, String> headers) {
    headers.forEach(HttpProperties::check);
    return headers;
  }

  /** Complains without showing the value. */
  private static void check(String name, String value) {
    String complaint = "splitio.http.headers." + name + " cannot be sent.";
    if (HttpSettings.isReserved(name)) {
      throw new SplitioStartException(complaint, "The SDK sets this header itself. Remove it.");
    }
    try {
      HttpSettings.defaults().withHeaders(Map.of(name, value));
    } catch (IllegalArgumentException wrong) {
      throw new SplitioStartException(complaint, wrong.getMessage() + ".");
    }
  }

  private HttpSettings proxied(HttpSettings http, ObjectProvider<SslBundles> bundles) {
    if (proxy.host() == null || proxy.port() == null) {
      return proxy.fromEnvironment() ? http : http.withoutEnvironmentProxy();
    }
    TlsSettings tls = certificates("splitio.http.proxy.ssl-bundle", proxy.sslBundle(), bundles);
    boolean secure = proxy.secure() || proxy.sslBundle() != null;
    ProxySettings through = new ProxySettings(secure, proxy.host(), proxy.port(), null, tls);
    String password = proxy.password();
    String token = proxy.bearerToken();
    if (proxy.username() != null) {
      through = through.withBasic(proxy.username(), password == null ? "" : password);
    } else if (token != null) {
      through = through.withBearer(() -> token);
    }
    return http.withProxy(through);
  }

  private static TlsSettings certificates(
      String property, @Nullable String bundle, ObjectProvider<SslBundles> bundles) {
    if (bundle == null || bundle.isBlank()) {
      return TlsSettings.platform();
    }
    SslManagerBundle managers = bundle(property, bundle, bundles).getManagers();
    return TlsSettings.platform().managedBy(managers.getKeyManagers(), managers.getTrustManagers());
  }

  /**
   * The bundle of a name; one that does not exist or cannot be read ends the start. For the
   * starter's own connectors.
   */
  public static SslBundle bundle(String property, String name, ObjectProvider<SslBundles> bundles) {
    SslBundles all = bundles.getIfAvailable();
    try {
      if (all == null) {
        throw new NoSuchSslBundleException(name, "there are no bundles");
      }
      return readable(all.getBundle(name));
    } catch (NoSuchSslBundleException unknown) {
      throw SplitioStartException.invalid(
          property,
          '"' + name + '"',
          "It must be the name of a bundle below spring.ssl.bundle; there "
              + (all == null || all.getBundleNames().isEmpty()
                  ? "are none."
                  : "are: " + String.join(", ", all.getBundleNames()) + "."));
    } catch (RuntimeException unusable) {
      throw SplitioStartException.invalid(
          property, '"' + name + '"', "The bundle cannot be used: " + unusable.getMessage());
    }
  }

  /** The same, after a look into its files, which nobody reads before; fails where one is bad. */
  public static SslBundle readable(SslBundle bundle) {
    SslManagerBundle managers = bundle.getManagers();
    managers.getTrustManagers();
    managers.getKeyManagers(); // the key may have a password of its own
    return bundle;
  }

  /** Without the values of headers, which may be secret. */
  @Override
  public String toString() {
    return "HttpProperties[proxy=" + proxy + ", headers=" + headers.keySet() + "]";
  }

  /**
   * The proxy that all requests go through.
   *
   * @param host Host of the proxy.
   * @param port Port of the proxy.
   * @param username User name, if the proxy asks for one.
   * @param password Password that goes with the user name.
   * @param bearerToken Token, if the proxy asks for one instead of a user name.
   * @param secure Whether the proxy itself is spoken to in TLS.
   * @param sslBundle Name of the SSL bundle for the proxy itself, which is then spoken to in TLS.
   * @param fromEnvironment Whether the variables HTTPS_PROXY, HTTP_PROXY and NO_PROXY count where
   *     no host is set.
   */
  public record Proxy(
      @Nullable String host,
      @Nullable Integer port,
      @Nullable String username,
      @Nullable String password,
      @Nullable String bearerToken,
      @DefaultValue("false") boolean secure,
      @Nullable String sslBundle,
      @DefaultValue("true") boolean fromEnvironment) {
    private static final String PREFIX = HttpProperties.PREFIX + "proxy.";

    /** Checks that the values fit one another; what is blank counts as not set. */
    public Proxy {
      host = text(host);
      username = text(username);
      password = text(password);
      bearerToken = text(bearerToken);
      sslBundle = text(sslBundle);
      if (host == null) {
        refuseWithout("host", port, username, password, bearerToken, sslBundle, secure ? "" : null);
      } else {
        requirePort(port);
      }
      if (username == null && password != null) {
        throw new SplitioStartException(
            PREFIX + "password is set, but " + PREFIX + "username is not.",
            "Set both, or neither.");
      }
      if (username != null && bearerToken != null) {
        throw new SplitioStartException(
            PREFIX + "username and " + PREFIX + "bearer-token are both set.",
            "Remove one of them: the proxy takes a user name or a token.");
      }
      if (username != null && username.indexOf(':') >= 0) {
        throw new SplitioStartException(
            PREFIX + "username contains a colon.", "Basic authentication cannot carry one.");
      }
    }

    private static void refuseWithout(String name, @Nullable Object... others) {
      for (Object other : others) {
        if (other != null) {
          throw new SplitioStartException(
              "There are properties below splitio.http.proxy, but "
                  + PREFIX
                  + name
                  + " is not set.",
              "Set " + PREFIX + name + ", or remove the others.");
        }
      }
    }

    private static void requirePort(@Nullable Integer port) {
      if (port == null) {
        throw new SplitioStartException(
            PREFIX + "host is set, but " + PREFIX + "port is not.",
            "Set it to the port of the proxy, for example 3128.");
      }
      Limits.between(PREFIX + "port", port, 1, 65_535);
    }

    private static @Nullable String text(@Nullable String value) {
      return StringUtils.hasText(value) ? value : null;
    }

    /** Without user name, password and token. */
    @Override
    public String toString() {
      return host == null ? "none" : host + ":" + port;
    }
  }
}
