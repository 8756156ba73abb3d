package io.splitio.net;

import java.io.IOException;
import okhttp3.Authenticator;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows our credentials to the proxy and to nobody else: on the request that opens a tunnel, or on
 * each request that the proxy itself reads. Once refused, they are not offered again.
 */
final class ProxyCredentials implements Authenticator, Interceptor {
  private static final Logger log = LoggerFactory.getLogger("splitio.sync");
  private static final String HEADER = "Proxy-Authorization";

  private final ProxySettings proxy;

  ProxyCredentials(ProxySettings proxy) {
    this.proxy = proxy;
  }

  /** Called before a tunnel is asked for, and again when the proxy refuses. */
  @Override
  public @Nullable Request authenticate(@Nullable Route route, Response response)
      throws IOException {
    boolean early =
        response.challenges().stream()
            .anyMatch(challenge -> challenge.scheme().equalsIgnoreCase("OkHttp-Preemptive"));
    if (!early) {
      throw new Refusal();
    }
    String value = value();
    return value == null ? null : response.request().newBuilder().header(HEADER, value).build();
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    String value = chain.request().isHttps() ? null : value();
    return chain.proceed(
        value == null
            ? chain.request()
            : chain.request().newBuilder().header(HEADER, value).build());
  }

  /** What the proxy is shown, or null for nothing. */
  @Nullable String value() {
    if (proxy.credentials() == null) {
      return null;
    }
    try {
      String value = proxy.credentials().get();
      if (CustomHeaders.isText(value)) {
        return value.isEmpty() ? null : value;
      }
      log.warn("The credentials for the proxy {} contain control characters; not sent", proxy);
    } catch (RuntimeException e) {
      log.warn(
          "The supplier of credentials for the proxy {} failed with {}; none are sent",
          proxy,
          e.getClass().getName());
    }
    return null;
  }

  /** The proxy wants other credentials than we have. */
  static final class Refusal extends IOException {
    private static final long serialVersionUID = 1;

    private Refusal() {
      super("the proxy answered 407");
    }
  }
}
