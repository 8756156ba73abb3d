package io.splitio.backend.redis.link;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.resource.ClientResources;
import io.netty.util.concurrent.Future;
import io.splitio.backend.redis.settings.Address.Node;
import io.splitio.backend.redis.settings.RedisSettings;
import io.splitio.backend.redis.settings.Tls;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes connections, and has the threads they need. A connection that breaks is not made again, and
 * nothing that was sent on it is sent again by itself.
 */
public final class Wires {
  private static final Logger log = LoggerFactory.getLogger("splitio.sync");
  private static final int THREADS = 2;
  private static final int MOST_WAITING = 50_000;

  private final RedisSettings settings;
  private final ThreadFactory threads;
  private final Passwords passwords;
  private final Place place;
  private @Nullable Running running; // guarded by this
  private boolean suspended; // guarded by this
  private boolean closed; // guarded by this

  /** Nothing is made before the first connection. */
  public Wires(RedisSettings settings, ThreadFactory threads) {
    this.settings = settings;
    this.threads = threads;
    this.passwords = new Passwords(settings.login().password(), threads);
    this.place = Place.of(settings, this);
  }

  /** A new connection to where the keys are, soon. */
  CompletableFuture<Wire> open() {
    return place.open();
  }

  /** Redis said something on a connection that tells where the keys are, or where not. */
  void heard(RedisFault fault, Wire on) {
    place.heard(fault, on.node());
  }

  /** A new connection to a node, soon. */
  CompletableFuture<Wire> to(Node node) {
    return to(
        RedisURI.Builder.redis(node.host(), node.port()), settings.address().database(), node);
  }

  /** The same, anywhere; the node is null where it has no name. */
  CompletableFuture<Wire> to(RedisURI.Builder where, int database, @Nullable Node node) {
    Running on = running();
    return on.within(settings.times().connect(), passwords.ask())
        .thenCompose(password -> connected(on, uri(where, database, password), node));
  }

  /** The same, where it is known how. */
  CompletableFuture<Wire> to(RedisURI uri, Node node) {
    return connected(running(), uri, node);
  }

  /** Begins under the monitor, as Netty complains of a channel whose event loop has ended. */
  private synchronized CompletableFuture<Wire> connected(
      Running on, RedisURI uri, @Nullable Node node) {
    failIfOver(on);
    return on.client()
        .connectAsync(Wire.CODEC, uri)
        .toCompletableFuture()
        .thenApply(connection -> added(on, connection, node));
  }

  /** One that is too late is closed with all channels, and Lettuce warns of a second time. */
  private synchronized Wire added(
      Running on, StatefulRedisConnection<String, byte[]> connection, @Nullable Node node) {
    failIfOver(on);
    return on.add(connection, node);
  }

  @SuppressWarnings("ReferenceEquality") // after a rest there are others, which may be equal
  private void failIfOver(Running on) {
    if (on != running) {
      throw new IllegalStateException("all connections have ended");
    }
  }

  private RedisURI uri(RedisURI.Builder where, int database, char @Nullable [] password) {
    RedisURI uri =
        Uris.secured(where, settings.tls(), settings.login(), password)
            .withDatabase(database)
            .withTimeout(settings.times().connect())
            .build();
    uri.setClientName("splitio");
    return uri;
  }

  /** All connections that nobody closed. */
  synchronized Collection<Wire> all() {
    return running == null ? List.of() : running.open();
  }

  /** Runs something short after a while, unless all connections end before. */
  void after(Duration delay, Runnable task) {
    running().after(delay, task);
  }

  /** Asks a node that has for now what others own. */
  <R> CompletableFuture<R> detour(Node node, Question<R> question) {
    try {
      return running().detours().computeIfAbsent(node, there -> detour(there)).ask(question);
    } catch (RuntimeException e) { // such as that all connections have ended
      return NotSentException.failed(e);
    }
  }

  private Detour detour(Node node) {
    return new Detour(node, settings.times().longest(), this::to, this::after);
  }

  private synchronized Running running() {
    if (closed) {
      throw new IllegalStateException("the SDK is destroyed");
    }
    if (suspended) {
      throw new IllegalStateException("the SDK is suspended");
    }
    Running made = running;
    if (made == null) {
      made = run();
      running = made;
    }
    return made;
  }

  /** What settings may make impossible comes first, as whoever fails leaves no threads behind. */
  private Running run() {
    ClientOptions options = options();
    Channels channels = new Channels();
    ClientResources resources =
        ClientResources.builder()
            .ioThreadPoolSize(THREADS)
            .computationThreadPoolSize(THREADS)
            .threadFactoryProvider(pool -> threads)
            .nettyCustomizer(channels)
            .build();
    try {
      RedisClient client = RedisClient.create(resources);
      client.setOptions(options);
      return new Running(resources, client, channels);
    } catch (RuntimeException | Error failure) {
      Future<Boolean> unused = resources.shutdown(0, 0, TimeUnit.NANOSECONDS);
      throw failure;
    }
  }

  private ClientOptions options() {
    ClientOptions.Builder options =
        ClientOptions.builder()
            .autoReconnect(false)
            .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
            .requestQueueSize(MOST_WAITING)
            .timeoutOptions(TimeoutOptions.enabled(settings.times().longest()))
            .socketOptions(
                SocketOptions.builder()
                    .connectTimeout(settings.times().connect())
                    .keepAlive(true)
                    .tcpNoDelay(true)
                    .build());
    Tls tls = settings.tls();
    if (tls != null) {
      options.sslOptions(tls.options());
    }
    return options.build();
  }

  /**
   * Ends all connections and threads, and makes no others until {@link #resume}: an attempt that is
   * under way fails, and so does whatever it would try next.
   *
   * @param first completes when nobody wants a connection any more; it is waited for
   * @param timeout how long all of it may take
   */
  public void suspend(CompletableFuture<?> first, Duration timeout) {
    Running ending;
    synchronized (this) {
      suspended = true;
      ending = running;
      running = null;
    }
    place.rest();
    await(first, timeout.dividedBy(2));
    if (ending != null) {
      await(ending.end(timeout.dividedBy(2)), timeout.dividedBy(2));
    }
  }

  /** Makes connections again. */
  public synchronized void resume() {
    suspended = false;
  }

  /** Waits no longer than allowed; what is not over then, ends by itself. */
  private static void await(CompletableFuture<?> end, Duration timeout) {
    try {
      end.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      log.debug("The connections to Redis did not end in time", e);
    }
  }

  /** The same, for good. */
  public void close(CompletableFuture<?> first, Duration timeout) {
    synchronized (this) {
      closed = true;
    }
    suspend(first, timeout);
  }
}
