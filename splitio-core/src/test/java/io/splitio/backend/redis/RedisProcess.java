package io.splitio.backend.redis;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import redis.embedded.core.ExecutableProvider;

/** One process of Redis that can be killed, hung and started again. */
final class RedisProcess implements AutoCloseable {
  private static final int HIGHEST = 55_000; // a node of a cluster has a second port 10,000 above
  private static final Set<Integer> GIVEN = new HashSet<>();
  private static File binary;

  private final int port;
  private final List<String> arguments;
  private final Path folder;
  private Process process;

  private RedisProcess(int port, Path folder, List<String> arguments) {
    this.port = port;
    this.folder = folder;
    this.arguments = arguments;
  }

  /** A server that keeps nothing on disk. */
  static RedisProcess server(int port, String... arguments) {
    Path folder = folder();
    List<String> all =
        new ArrayList<>(List.of("--port", "" + port, "--bind", "127.0.0.1", "--save", ""));
    all.addAll(List.of("--appendonly", "no", "--dir", folder.toString()));
    all.addAll(List.of("--repl-diskless-sync", "yes", "--repl-diskless-sync-delay", "0"));
    all.addAll(List.of(arguments));
    return new RedisProcess(port, folder, all).start();
  }

  /** A sentinel with these lines of configuration. */
  static RedisProcess sentinel(int port, String... lines) {
    Path folder = folder();
    Path file = folder.resolve("sentinel.conf");
    try {
      Files.writeString(
          file,
          "port " + port + "\nbind 127.0.0.1\ndir " + folder + "\n" + String.join("\n", lines));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new RedisProcess(port, folder, List.of(file.toString(), "--sentinel")).start();
  }

  private static Path folder() {
    try {
      Path folder = Files.createTempDirectory("redis");
      folder.toFile().deleteOnExit();
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static synchronized File binary() {
    try {
      if (binary == null) {
        binary = ExecutableProvider.newJarResourceProvider().get();
      }
      return binary;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it, again perhaps. */
  RedisProcess start() {
    List<String> command = new ArrayList<>();
    command.add(binary().getPath());
    command.addAll(arguments);
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Awaitility.await().until(this::listens);
    return this;
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  int port() {
    return port;
  }

  String node() {
    return "127.0.0.1:" + port;
  }

  RedisCli cli() {
    return new RedisCli(port);
  }

  Object say(String command) {
    try (RedisCli cli = cli()) {
      return cli.say(command);
    }
  }

  /** Hangs: connections stay, and nothing is answered. */
  void hang() {
    signal("-STOP");
  }

  /** Goes on after it hung. */
  void goOn() {
    signal("-CONT");
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("kill", name, "" + process.pid()).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Ends at once, as in a crash. */
  @Override
  public void close() {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** A port that nothing listens at, and that nobody else was given. */
  static synchronized int freePort() {
    while (true) {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        int port = socket.getLocalPort();
        if (port < HIGHEST && free(port + 10_000) && GIVEN.add(port)) {
          return port;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
