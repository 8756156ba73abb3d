package io.splitio.backend.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes connections, and has the threads they need. A connection that breaks is not made again, and
 * nothing that was sent on it is sent again by itself.
 */
final class Wires {
  private static final RedisCodec<String, byte[]> CODEC =
      RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);
  private static final int THREADS = 2;
  private static final int MOST_WAITING = 50_000;

  private final RedisSettings settings;
  private final ThreadFactory threads;
  private @Nullable Running running; // guarded by this
  private boolean closed; // guarded by this

  /** Nothing is made before the first connection. */
  Wires(RedisSettings settings, ThreadFactory threads) {
    this.settings = settings;
    this.threads = threads;
  }

  private record Running(ClientResources resources, RedisClient client) {
    void end(Duration timeout) {
      long millis = Math.max(1, timeout.toMillis());
      client.shutdown(0, millis, TimeUnit.MILLISECONDS);
      resources.shutdown(0, millis, TimeUnit.MILLISECONDS).awaitUninterruptibly(millis);
    }
  }

  /** A new connection, soon. */
  CompletionStage<Wire> open() {
    return running()
        .client
        .connectAsync(CODEC, address())
        .thenApply(connection -> new Wire(connection, connection.async()));
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
    return new Running(resources, client);
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
  void suspend(Duration timeout) {
    Running ending;
    synchronized (this) {
      ending = running;
      running = null;
    }
    if (ending != null) {
      ending.end(timeout);
    }
  }

  /** The same, for good. */
  void close(Duration timeout) {
    synchronized (this) {
      closed = true;
    }
    suspend(timeout);
  }
}
