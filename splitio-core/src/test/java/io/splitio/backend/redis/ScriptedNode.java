package io.splitio.backend.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** A node of a cluster that is sure to own all slots, and else answers as it is told. */
final class ScriptedNode implements AutoCloseable {
  private static final String HELLO =
      lines("%6 +server +redis +version +7.0.0 +proto :3 +id :1 +mode +cluster +role +master");

  private final ServerSocket socket;
  private final Function<List<String>, String> script;
  private final Queue<Socket> open = new ConcurrentLinkedQueue<>();

  private static String lines(String words) {
    return words.replace(" ", "\r\n") + "\r\n";
  }

  /** The script tells the reply to a command, or null to have it answered in the usual way. */
  ScriptedNode(Function<List<String>, String> script) {
    this.script = script;
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    begin(this::accept);
  }

  private static void begin(Runnable task) {
    Thread thread = new Thread(task, "scripted-node");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return socket.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        open.add(client);
        begin(() -> serve(client));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private void serve(Socket client) {
    try (client) {
      BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
      OutputStream out = client.getOutputStream();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        out.write(reply(command(in, Integer.parseInt(line.substring(1)))).getBytes(UTF_8));
        out.flush();
      }
    } catch (IOException closed) {
      // by the client, or the test is over
    }
  }

  private static List<String> command(BufferedReader in, int words) throws IOException {
    List<String> command = new ArrayList<>();
    for (int i = 0; i < words; i++) {
      in.readLine();
      command.add(in.readLine());
    }
    return command;
  }

  private String reply(List<String> command) {
    String scripted = script.apply(command);
    if (scripted != null) {
      return scripted;
    }
    return switch (command.get(0)) {
      case "HELLO" -> HELLO;
      case "PING" -> "+PONG\r\n";
      case "CLUSTER" -> "*1\r\n*3\r\n:0\r\n:16383\r\n*2\r\n$9\r\n127.0.0.1\r\n:" + port() + "\r\n";
      default -> "+OK\r\n";
    };
  }

  @Override
  public void close() {
    try {
      socket.close();
      for (Socket client : open) {
        client.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
