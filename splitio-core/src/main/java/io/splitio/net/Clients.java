package io.splitio.net;

import io.splitio.net.tunnel.TunnelSockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.SocketException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.net.SocketFactory;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.CookieJar;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * OkHttp set up for one SDK instance: a client each for plain text and TLS, and for each proxy in
 * use, which share a pool of connections. Each is made when first needed, by the thread that needs
 * it: loading OkHttp and TLS takes longer than anything else at the start.
 *
 * <p>Nothing here follows redirects, repeats requests, keeps cookies or asks for credentials on its
 * own: {@link Exchange} decides these things. HTTP/2 is off, as its connections carry many requests
 * to one fate and need threads of their own.
 */
final class Clients {
  /** Addresses may move; no connection outlives this in constant use. */
  private static final long POOL_AGE = TimeUnit.MINUTES.toNanos(10);

  private static final int IDLE_SECONDS = 45;

  private final HttpSettings settings;
  private final Supplier<TlsSettings.Material> tls;
  private final Supplier<ConnectionPool> newPool;
  private final CustomHeaders custom;
  private final ProxyEnvironment environment;
  private final Map<Way, OkHttpClient> made = new ConcurrentHashMap<>();
  private final AtomicLong pooledSince = new AtomicLong(System.nanoTime());
  private volatile @Nullable ConnectionPool
      pool; // written by whoever asks first, under the monitor

  /** What takes a client of its own: TLS is not loaded for those who do without. */
  private record Way(boolean secure, @Nullable ProxySettings proxy, boolean tunnel) {}

  /** For exchanges that are over within a deadline, so many at a time. */
  static Clients exchanges(
      HttpSettings settings,
      Supplier<TlsSettings.Material> tls,
      CustomHeaders custom,
      ProxyEnvironment environment,
      int most) {
    return new Clients(
        settings,
        tls,
        () -> new ConnectionPool(most, IDLE_SECONDS, TimeUnit.SECONDS),
        custom,
        environment);
  }

  /** For streams: another silence is allowed, and no connection is used twice. */
  static Clients streams(
      HttpSettings settings,
      Supplier<TlsSettings.Material> tls,
      CustomHeaders custom,
      ProxyEnvironment environment) {
    HttpSettings.Timeouts timeouts = settings.timeouts();
    HttpSettings patient = settings.withTimeouts(timeouts.withRead(timeouts.streamIdle()));
    return new Clients(
        patient, tls, () -> new ConnectionPool(0, 1, TimeUnit.SECONDS), custom, environment);
  }

  private Clients(
      HttpSettings settings,
      Supplier<TlsSettings.Material> tls,
      Supplier<ConnectionPool> newPool,
      CustomHeaders custom,
      ProxyEnvironment environment) {
    this.settings = settings;
    this.tls = tls;
    this.newPool = newPool;
    this.custom = custom;
    this.environment = environment;
  }

  OkHttpClient towards(HttpUrl url) {
    return made.computeIfAbsent(new Way(url.isHttps(), proxy(url), false), this::client);
  }

  /** The same for what is no request, and so has to be passed through a proxy without TLS too. */
  OkHttpClient through(HttpUrl url) {
    ProxySettings proxy = proxy(url);
    boolean tunnel = proxy != null && !url.isHttps();
    return made.computeIfAbsent(new Way(url.isHttps(), proxy, tunnel), this::client);
  }

  /** Whom a request connects to first, and must not be confused with. */
  Failures.Peer peer(HttpUrl url) {
    ProxySettings proxy = proxy(url);
    return proxy == null
        ? new Failures.Peer(url.host() + ":" + url.port(), false)
        : new Failures.Peer("the proxy " + proxy.host() + ":" + proxy.port(), true);
  }

  /** Whether requests to an address go through a proxy. */
  boolean proxies(URI address) {
    if (settings.proxy() != null || environment.isEmpty()) {
      return settings.proxy() != null;
    }
    HttpUrl url = HttpUrl.get(address);
    return url != null && proxy(url) != null;
  }

  private @Nullable ProxySettings proxy(HttpUrl url) {
    return settings.proxy() == null ? environment.towards(url) : settings.proxy();
  }

  private OkHttpClient client(Way way) {
    OkHttpClient.Builder client =
        new OkHttpClient.Builder()
            .connectionPool(pool())
            .connectTimeout(settings.timeouts().connect())
            .readTimeout(settings.timeouts().read())
            .writeTimeout(settings.timeouts().write())
            .protocols(List.of(Protocol.HTTP_1_1))
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .fastFallback(false)
            .cookieJar(CookieJar.NO_COOKIES)
            .proxy(Proxy.NO_PROXY)
            .eventListenerFactory(call -> new Handling())
            .addNetworkInterceptor(custom);
    if (way.secure) {
      TlsSettings.Material material = tls.get();
      client.sslSocketFactory(material.sockets(), material.trust());
    } else {
      client.connectionSpecs(List.of(ConnectionSpec.CLEARTEXT));
    }
    if (way.proxy != null && way.tunnel) {
      tunnelled(way.proxy, client);
    } else if (way.proxy != null) {
      through(way.proxy, client);
    }
    return client.build();
  }

  private synchronized ConnectionPool pool() {
    ConnectionPool present = pool;
    if (present == null) {
      present = newPool.get();
      pool = present;
    }
    return present;
  }

  private static void through(ProxySettings proxy, OkHttpClient.Builder client) {
    ProxyCredentials credentials = new ProxyCredentials(proxy);
    InetSocketAddress address = InetSocketAddress.createUnresolved(proxy.host(), proxy.port());
    client
        .proxy(new Proxy(Proxy.Type.HTTP, address))
        .proxyAuthenticator(credentials)
        .addNetworkInterceptor(credentials);
    if (proxy.secure()) {
      client.socketFactory(proxy.tls().proxySockets());
    }
  }

  /** OkHttp believes to connect directly; host names are the proxy's to look up. */
  private static void tunnelled(ProxySettings proxy, OkHttpClient.Builder client) {
    SocketFactory ways = proxy.secure() ? proxy.tls().proxySockets() : SocketFactory.getDefault();
    client
        .dns(host -> List.of(InetAddress.getByAddress(host, new byte[4])))
        .socketFactory(
            new TunnelSockets(
                ways, proxy.host(), proxy.port(), new ProxyCredentials(proxy)::value));
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
    ConnectionPool present = pool;
    if (present != null) {
      present.evictAll();
    }
  }

  /**
   * Has a connection send what it is given at once: else the second part of a document waits for
   * the other side to acknowledge the first, which it puts off for 40 ms. And shortens its patience
   * as soon as its answer is over: whoever closes it in TLS waits that long for the farewell of a
   * peer that may be gone. Its next use restores that.
   */
  private static final class Handling extends EventListener {
    private static final int MILLIS = 1;

    private volatile @Nullable Connection connection;

    @Override
    public void connectionAcquired(Call call, Connection acquired) {
      connection = acquired;
      try {
        acquired.socket().setTcpNoDelay(true);
      } catch (SocketException e) {
        // it is closed, as whoever uses it will find
      }
    }

    @Override
    public void responseBodyEnd(Call call, long bytes) {
      hurry();
    }

    @Override
    public void responseFailed(Call call, IOException reason) {
      hurry();
    }

    private void hurry() {
      Connection parting = connection;
      if (parting != null) {
        try {
          parting.socket().setSoTimeout(MILLIS);
        } catch (SocketException e) {
          // it is closed, which is as quick
        }
      }
    }
  }
}
