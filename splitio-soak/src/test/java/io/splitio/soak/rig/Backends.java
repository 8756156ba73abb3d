package io.splitio.soak.rig;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.splitio.backend.featbit.FeatBitConnector;
import io.splitio.backend.redis.RedisConnector;
import io.splitio.backend.split.SplitConnector;
import io.splitio.fake.SplitCloud;
import io.splitio.fake.data.Flag;
import io.splitio.fake.featbit.FeatBitServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import redis.embedded.RedisServer;

/**
 * One of each backend, with a flag {@code f} that is on for everybody.
 *
 * @param cloud Split's
 * @param featbit FeatBit's
 * @param redis a real one
 * @param redisPort its port
 */
public record Backends(SplitCloud cloud, FeatBitServer featbit, RedisServer redis, int redisPort)
    implements AutoCloseable {
  private static final String SECRET = "secret";

  /** Starts them. */
  public static Backends start() {
    SplitCloud cloud = SplitCloud.start();
    cloud.segment("beta").add("u0");
    Flag flag = Flag.named("f").inSegment("beta", "on").otherwise("on");
    cloud.flags().put(flag);

    FeatBitServer featbit = FeatBitServer.start(SECRET);
    featbit.putFlag(
        """
        {"id":"f","key":"f","name":"f","variationType":"string","isEnabled":true,
         "disabledVariationId":"1","fallthrough":{"includedInExpt":false,
         "variations":[{"id":"0","rollout":[0,1],"exptRollout":1}]},"exptIncludeAllTargets":true,
         "variations":[{"id":"0","value":"on"},{"id":"1","value":"off"}],"targetUsers":[],
         "rules":[],"isArchived":false,"updatedAt":"2024-01-01T00:00:00Z"}
        """);

    RedisServer redis = null;
    try {
      int port = freePort();
      redis = redis(port, flag);
      return new Backends(cloud, featbit, redis, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      if (redis == null) {
        cloud.close();
        featbit.close();
      }
    }
  }

  /** One that runs and has the flag, or none that runs. */
  private static RedisServer redis(int port, Flag flag) throws IOException {
    RedisServer redis =
        RedisServer.newRedisServer()
            .port(port)
            .onShutdownForceStop(true)
            .setting("bind 127.0.0.1")
            .setting("save \"\"")
            .build();
    boolean filled = false;
    try {
      redis.start();
      fill(port, flag);
      filled = true;
      return redis;
    } finally {
      if (!filled) {
        redis.stop();
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void fill(int port, Flag flag) {
    RedisClient client = RedisClient.create("redis://127.0.0.1:" + port);
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      RedisCommands<String, String> redis = connection.sync();
      redis.set("SPLITIO.split.f", flag.with("changeNumber", 1).json());
      redis.set("SPLITIO.splits.till", "1");
      redis.sadd("SPLITIO.segment.beta", "u0");
    } finally {
      client.shutdown();
    }
  }

  /** How an instance finds Split's. */
  public static SplitConnector cloud(String url) {
    return SplitConnector.sdkKey(Rig.KEY)
        .endpoint(URI.create(url))
        .http(http -> http.withoutEnvironmentProxy());
  }

  /** How an instance finds FeatBit's. */
  public static FeatBitConnector featbit(URI streaming, URI events) {
    return FeatBitConnector.secret(SECRET)
        .streaming(streaming)
        .events(events)
        .http(http -> http.withoutEnvironmentProxy());
  }

  /** How an instance finds the Redis at this port. */
  public static RedisConnector redis(int port) {
    return RedisConnector.uri("redis://127.0.0.1:" + port);
  }

  /** How many connections instances have to Split's and FeatBit's. */
  public int connections() {
    return cloud.openConnections() + featbit.connected();
  }

  @Override
  public void close() {
    cloud.close();
    featbit.close();
    try {
      redis.stop();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
