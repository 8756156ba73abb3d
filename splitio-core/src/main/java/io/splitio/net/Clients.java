package io.splitio.net;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.X509TrustManager;
import okhttp3.ConnectionPool;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * OkHttp set up for one SDK instance: one client without a proxy and one for each proxy in use,
 * which share a pool of connections.
 *
 * <p>Nothing here follows redirects, repeats requests, keeps cookies or asks for credentials on its
 * own: {@link Exchange} decides these things. HTTP/2 is off, as its connections carry many requests
 * to one fate and need threads of their own.
 */
final class Clients {
  /** Addresses may move; no connection outlives this in constant use. */
  private static final long POOL_AGE = TimeUnit.MINUTES.toNanos(10);

  private static final int IDLE_CONNECTIONS = 10;
  private static final int IDLE_SECONDS = 45;

  private final HttpSettings settings;
  private final ConnectionPool pool;
  private final OkHttpClient direct;
  private final ProxyEnvironment environment;
  private final Map<ProxySettings, OkHttpClient> proxied = new ConcurrentHashMap<>();
  private final AtomicLong pooledSince = new AtomicLong(System.nanoTime());

  /** For exchanges that are over within a deadline. */
  static Clients exchanges(
      HttpSettings settings, CustomHeaders custom, Map<String, String> environment) {
    ConnectionPool pool = new ConnectionPool(IDLE_CONNECTIONS, IDLE_SECONDS, TimeUnit.SECONDS);
    return new Clients(settings, pool, custom, environment);
  }

  /** For streams: another silence is allowed, and no connection is used twice. */
  static Clients streams(
      HttpSettings settings, CustomHeaders custom, Map<String, String> environment) {
    HttpSettings.Timeouts timeouts = settings.timeouts();
    HttpSettings patient = settings.withTimeouts(timeouts.withRead(timeouts.streamIdle()));
    return new Clients(patient, new ConnectionPool(0, 1, TimeUnit.SECONDS), custom, environment);
  }

  private Clients(
      HttpSettings settings,
      ConnectionPool pool,
      CustomHeaders custom,
      Map<String, String> environment) {
    this.settings = settings;
    this.pool = pool;
    this.environment =
        new ProxyEnvironment(settings.proxyFromEnvironment() ? environment : Map.of());
    X509TrustManager trust = settings.tls().trust();
    this.direct =
        new OkHttpClient.Builder()
            .connectionPool(pool)
            .connectTimeout(settings.timeouts().connect())
            .readTimeout(settings.timeouts().read())
            .writeTimeout(settings.timeouts().write())
            .protocols(List.of(Protocol.HTTP_1_1))
            .sslSocketFactory(settings.tls().context().getSocketFactory(), trust)
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .fastFallback(false)
            .cookieJar(CookieJar.NO_COOKIES)
            .proxy(Proxy.NO_PROXY)
            .addNetworkInterceptor(custom)
            .build();
  }

  OkHttpClient towards(HttpUrl url) {
    ProxySettings proxy = proxy(url);
    return proxy == null ? direct : proxied.computeIfAbsent(proxy, this::through);
  }

  /** Whether requests to an address go through a proxy. */
  boolean proxies(URI address) {
    HttpUrl url = HttpUrl.get(address);
    return url != null && proxy(url) != null;
  }

  private @Nullable ProxySettings proxy(HttpUrl url) {
    return settings.proxy() == null ? environment.towards(url) : settings.proxy();
  }

  private OkHttpClient through(ProxySettings proxy) {
    ProxyCredentials credentials = new ProxyCredentials(proxy);
    InetSocketAddress address = InetSocketAddress.createUnresolved(proxy.host(), proxy.port());
    OkHttpClient.Builder client =
        direct
            .newBuilder()
            .proxy(new Proxy(Proxy.Type.HTTP, address))
            .proxyAuthenticator(credentials)
            .addNetworkInterceptor(credentials);
    if (proxy.secure()) {
      client.socketFactory(proxy.tls().proxySockets());
    }
    return client.build();
  }

  /** Closes connections that were used for long enough, so that a moved address is noticed. */
  void refresh() {
    long since = pooledSince.get();
    long now = System.nanoTime();
    if (now - since > POOL_AGE && pooledSince.compareAndSet(since, now)) {
      dropIdle();
    }
  }

  void dropIdle() {
    pool.evictAll();
  }
}
