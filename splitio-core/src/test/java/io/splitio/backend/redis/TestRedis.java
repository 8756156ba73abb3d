package io.splitio.backend.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import redis.embedded.RedisServer;

/** A real Redis of its own, on a free port, and SDK instances that use it. */
public final class TestRedis implements AutoCloseable {
  private final int port = freePort();
  private final List<SplitFactory> factories = new ArrayList<>();
  private RedisServer server;

  /** A running server. */
  public static TestRedis started(String... settings) {
    TestRedis redis = new TestRedis();
    redis.start(settings);
    return redis;
  }

  /** A server that nobody started yet. */
  static TestRedis stopped() {
    return new TestRedis();
  }

  /** Starts it, on the same port each time, and empty. */
  void start(String... settings) {
    try {
      var builder =
          RedisServer.newRedisServer()
              .port(port)
              .onShutdownForceStop(true)
              .setting("bind 127.0.0.1")
              .setting("save \"\"")
              .setting("appendonly no");
      for (String setting : settings) {
        builder.setting(setting);
      }
      server = builder.build();
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills it. */
  void stop() {
    try {
      server.stop();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it listens. */
  public int port() {
    return port;
  }

  /** Says commands to it. */
  public RedisCli cli() {
    return new RedisCli(port);
  }

  /** Says one command, and returns the reply. */
  public Object say(String command) {
    try (RedisCli cli = cli()) {
      return cli.say(command);
    }
  }

  /** Loads the golden data set of the specification, below a prefix that ends with a dot. */
  public TestRedis golden(String prefix) {
    try (RedisCli cli = cli()) {
      load(cli, prefix);
    }
    return this;
  }

  static void load(RedisCli cli, String prefix) {
    golden()
        .lines()
        .forEach(line -> cli.say(line.replaceFirst(" SPLITIO", " " + prefix + "SPLITIO")));
  }

  /** Has everybody take part in {@code checkout_v2}, so that all depends on a segment. */
  static void askOfEverybody(int port) {
    try (RedisCli cli = new RedisCli(port)) {
      String stored = (String) cli.say("GET SPLITIO.split.checkout_v2");
      cli.send(
          List.of(
              "SET",
              "SPLITIO.split.checkout_v2",
              stored.replace("\"trafficAllocation\":60", "\"trafficAllocation\":100")));
    }
  }

  private static String golden() {
    try (InputStream in = TestRedis.class.getResourceAsStream("/redis/golden.txt")) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How an instance finds it. */
  public RedisConnector connector() {
    return RedisConnector.uri("redis://127.0.0.1:" + port);
  }

  /** An instance that is closed with the server. */
  public SplitFactory made(RedisConnector connector, SplitConfig config) {
    SplitFactory factory = SplitFactory.create(connector, config.withoutShutdownHook());
    factories.add(factory);
    return factory;
  }

  /** An instance that is ready. */
  public SplitFactory ready(RedisConnector connector) {
    SplitFactory factory = made(connector, SplitConfig.defaults());
    try {
      factory.blockUntilReady(Duration.ofSeconds(30));
    } catch (TimeoutException | InterruptedException e) {
      throw new AssertionError(e);
    }
    return factory;
  }

  @Override
  public void close() {
    factories.forEach(SplitFactory::close);
    if (server != null && server.isActive()) {
      stop();
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
