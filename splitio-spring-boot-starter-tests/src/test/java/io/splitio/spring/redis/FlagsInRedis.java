package io.splitio.spring.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import redis.embedded.RedisServer;

/** A real Redis with one flag, as the Synchronizer stores it. */
final class FlagsInRedis implements AutoCloseable {
  private static final String FLAG =
      """
      {"changeNumber":7,"trafficTypeName":"user","name":"checkout","trafficAllocation":100,\
      "trafficAllocationSeed":1,"seed":2,"status":"ACTIVE","killed":true,"defaultTreatment":"v2",\
      "algo":2,"conditions":null,"configurations":null,"sets":null,"impressionsDisabled":false,\
      "prerequisites":null}""";

  private final int port = freePort();
  private final int tlsPort;
  private final RedisServer server;

  private FlagsInRedis(int tlsPort, String... settings) throws IOException {
    this.tlsPort = tlsPort;
    var builder =
        RedisServer.newRedisServer()
            .port(port)
            .onShutdownForceStop(true)
            .setting("bind 127.0.0.1")
            .setting("save \"\"");
    for (String setting : settings) {
      builder.setting(setting);
    }
    server = builder.build();
    server.start();
  }

  /** A running server without flags. */
  static FlagsInRedis started(String... settings) {
    return started(0, settings);
  }

  /** The same, which also talks TLS, and wants to know who calls. */
  static FlagsInRedis secured(Certificate certificate) {
    int tlsPort = freePort();
    return started(
        tlsPort,
        "tls-port " + tlsPort,
        "tls-cert-file " + certificate.pem(),
        "tls-key-file " + certificate.key(),
        "tls-ca-cert-file " + certificate.pem());
  }

  private static FlagsInRedis started(int tlsPort, String... settings) {
    try {
      return new FlagsInRedis(tlsPort, settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts the flag below a prefix that ends with a dot, after other commands. */
  FlagsInRedis put(String prefix, String... before) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      ByteArrayOutputStream commands = new ByteArrayOutputStream();
      for (String command : before) {
        write(commands, command.split(" "));
      }
      write(commands, "SET", prefix + "SPLITIO.split.checkout", FLAG);
      write(commands, "SET", prefix + "SPLITIO.splits.till", "7");
      write(commands, "QUIT");
      socket.getOutputStream().write(commands.toByteArray());
      socket.getInputStream().readAllBytes();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(ByteArrayOutputStream to, String... words) throws IOException {
    to.write(("*" + words.length + "\r\n").getBytes(UTF_8));
    for (String word : words) {
      to.write(("$" + word.getBytes(UTF_8).length + "\r\n" + word + "\r\n").getBytes(UTF_8));
    }
  }

  int port() {
    return port;
  }

  /** Where it talks TLS. */
  int tlsPort() {
    return tlsPort;
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
