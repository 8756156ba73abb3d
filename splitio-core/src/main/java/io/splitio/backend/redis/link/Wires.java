package io.splitio.backend.redis.link;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes connections, and has the threads they need. A connection that breaks is not made again, and
 * nothing that was sent on it is sent again by itself.
 */
public final class Wires {
  private static final Logger log = LoggerFactory.getLogger("splitio.sync");
  private static final RedisCodec<String, byte[]> CODEC =
      RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);
  private static final int THREADS = 2;
  private static final int MOST_WAITING = 50_000;

  private final RedisSettings settings;
  private final ThreadFactory threads;
  private @Nullable Running running; // guarded by this
  private boolean closed; // guarded by this

  /** Nothing is made before the first connection. */
  public Wires(RedisSettings settings, ThreadFactory threads) {
    this.settings = settings;
    this.threads = threads;
  }

  /** What Lettuce needs to run, and the connections made with it. */
  private record Running(ClientResources resources, RedisClient client, Set<Wire> open) {
    Wire add(StatefulRedisConnection<String, byte[]> connection) {
      Wire wire = new Wire(connection, open::remove);
      open.add(wire);
      return wire;
    }

    CompletableFuture<?> end(Duration timeout) {
      long millis = Math.max(1, timeout.toMillis());
      return allOf(open.stream().map(wire -> wire.close().toCompletableFuture()))
          .exceptionally(failure -> null)
          .thenCompose(done -> client.shutdownAsync(0, millis, TimeUnit.MILLISECONDS))
          .exceptionally(failure -> null)
          .thenCompose(done -> over(resources.shutdown(0, millis, TimeUnit.MILLISECONDS)));
    }
  }

  private static CompletableFuture<Void> allOf(Stream<CompletableFuture<?>> all) {
    return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new));
  }

  private static CompletableFuture<Boolean> over(io.netty.util.concurrent.Future<Boolean> netty) {
    CompletableFuture<Boolean> over = new CompletableFuture<>();
    netty.addListener(done -> over.complete(done.isSuccess()));
    return over;
  }

  /** A new connection, soon. */
  CompletionStage<Wire> open() {
    Running on = running();
    return on.client.connectAsync(CODEC, address()).thenApply(on::add);
  }

  private synchronized Running running() {
    if (closed) {
      throw new IllegalStateException("the SDK is destroyed");
    }
    Running made = running;
    if (made == null) {
      made = run();
      running = made;
    }
    return made;
  }

  private Running run() {
    ClientResources resources =
        ClientResources.builder()
            .ioThreadPoolSize(THREADS)
            .computationThreadPoolSize(THREADS)
            .threadFactoryProvider(pool -> threads)
            .build();
    RedisClient client = RedisClient.create(resources);
    client.setOptions(
        ClientOptions.builder()
            .autoReconnect(false)
            .maintNotificationsConfig(MaintNotificationsConfig.disabled())
            .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
            .requestQueueSize(MOST_WAITING)
            .timeoutOptions(TimeoutOptions.enabled(settings.times().command()))
            .socketOptions(
                SocketOptions.builder()
                    .connectTimeout(settings.times().connect())
                    .keepAlive(true)
                    .tcpNoDelay(true)
                    .build())
            .build());
    return new Running(resources, client, ConcurrentHashMap.newKeySet());
  }

  private RedisURI address() {
    RedisSettings.Address where = settings.address();
    RedisURI.Builder uri =
        RedisURI.Builder.redis(where.host(), where.port())
            .withDatabase(where.database())
            .withSsl(where.tls())
            .withTimeout(settings.times().connect())
            .withClientName("splitio");
    RedisSettings.Login login = settings.login();
    if (login.user() != null && login.password() != null) {
      uri.withAuthentication(login.user(), login.password().toCharArray());
    } else if (login.password() != null) {
      uri.withPassword(login.password().toCharArray());
    }
    return uri.build();
  }

  /** Ends all connections and threads, until the next connection is made. */
  public void suspend(Duration timeout) {
    Running ending;
    synchronized (this) {
      ending = running;
      running = null;
    }
    if (ending != null) {
      await(ending.end(timeout), timeout);
    }
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
  public void close(Duration timeout) {
    synchronized (this) {
      closed = true;
    }
    suspend(timeout);
  }
}
