package io.splitio.benchmarks.redis;

import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.sync.RedisCommands;
import io.splitio.backend.redis.RedisConnector;
import io.splitio.benchmarks.contest.CloudMain;
import io.splitio.fake.data.Flag;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Redis of its own with the flags of the contest, and a hundred more: each asks about its own
 * segment, and each tenth needs another flag. It also exchanges the keys of these without any SDK.
 *
 * @param server the process
 * @param client without any SDK
 * @param bare its connection
 */
record RedisServer(
    redis.embedded.RedisServer server,
    RedisClient client,
    StatefulRedisConnection<String, String> bare)
    implements AutoCloseable {
  /** How many flags are asked at once. */
  static final int FLAGS = 100;

  private static final int NEEDY = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Pattern READS = Pattern.compile("total_reads_processed:(\\d+)");

  static RedisServer start() throws IOException {
    int port = freePort();
    redis.embedded.RedisServer server =
        redis.embedded.RedisServer.newRedisServer()
            .port(port)
            .setting("bind 127.0.0.1")
            .setting("save \"\"")
            .setting("appendonly no")
            .build();
    RedisClient client = RedisClient.create("redis://127.0.0.1:" + port);
    boolean filled = false;
    try {
      server.start();
      RedisServer started = new RedisServer(server, client, client.connect());
      started.fill();
      filled = true;
      return started;
    } finally {
      if (!filled) { // or both would stay
        client.shutdown(0, 1, TimeUnit.SECONDS);
        server.stop();
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void fill() {
    CloudMain.flags().forEach(this::put);
    for (int number = 0; number < FLAGS; number++) {
      Flag flag =
          Flag.named(flag(number)).inSegment(segment(number), "on").split("on", 50, "off", 50);
      put(number % NEEDY == 0 ? flag.prerequisite(needed(number), "on") : flag);
      put(Flag.named(needed(number)).otherwise("on"));
      bare.sync().sadd("SPLITIO.segment." + segment(number), "colleague-" + number);
    }
    bare.sync().set("SPLITIO.splits.till", "1");
  }

  private void put(Flag flag) {
    bare.sync().set(key(flag.name()), flag.with("changeNumber", 1).json());
  }

  static String flag(int number) {
    return "segmented-" + number;
  }

  private static String needed(int number) {
    return "needed-" + number;
  }

  private static String segment(int number) {
    return "segment-" + number;
  }

  private static String key(String flag) {
    return "SPLITIO.split." + flag;
  }

  RedisConnector connector() {
    return RedisConnector.uri("redis://127.0.0.1:" + server.ports().get(0));
  }

  /** All keys that the flags need for somebody, at once. */
  long pipelined(String who) {
    RedisAsyncCommands<String, String> commands = bare.async();
    List<RedisFuture<?>> replies = new ArrayList<>();
    bare.setAutoFlushCommands(false);
    for (int number = 0; number < FLAGS; number++) {
      replies.add(commands.get(key(flag(number))));
      replies.add(commands.sismember("SPLITIO.segment." + segment(number), who));
      if (number % NEEDY == 0) {
        replies.add(commands.get(key(needed(number))));
      }
    }
    bare.flushCommands();
    bare.setAutoFlushCommands(true);
    if (!LettuceFutures.awaitAll(PATIENCE, replies.toArray(RedisFuture[]::new))) {
      throw new IllegalStateException("Redis has not answered within " + PATIENCE);
    }
    return replies.size();
  }

  /** The same keys, each after the one before. */
  long oneByOne(String who) {
    RedisCommands<String, String> commands = bare.sync();
    long length = 0;
    for (int number = 0; number < FLAGS; number++) {
      length += commands.get(key(flag(number))).length();
      length += commands.sismember("SPLITIO.segment." + segment(number), who) ? 1 : 0;
      if (number % NEEDY == 0) {
        length += commands.get(key(needed(number))).length();
      }
    }
    return length;
  }

  /** How often the server has read something from anybody, this question left out. */
  long reads() {
    Matcher reads = READS.matcher(bare.sync().info("stats"));
    if (!reads.find()) {
      throw new IllegalStateException(
          "this Redis does not count what it reads; it must be 6 or newer");
    }
    return Long.parseLong(reads.group(1)) - 1;
  }

  @Override
  public void close() throws IOException {
    client.shutdown(0, 1, TimeUnit.SECONDS);
    server.stop();
  }
}
