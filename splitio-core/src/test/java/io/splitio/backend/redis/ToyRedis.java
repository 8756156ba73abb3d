package io.splitio.backend.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Says as much of Redis's protocol as a connection needs, is sure to own all slots, has no flags,
 * and misbehaves as a real server can hardly be made to.
 */
public final class ToyRedis implements AutoCloseable {
  private final ServerSocket listening;
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();
  private final Queue<String> commands = new ConcurrentLinkedQueue<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final Function<List<String>, String> script;
  private volatile boolean mute;
  private volatile String refusal;

  ToyRedis() {
    this(command -> null);
  }

  /**
   * The script tells the reply to a command, or null to have it answered in the usual way; where it
   * fails, the connection is cut.
   */
  public ToyRedis(Function<List<String>, String> script) {
    this.script = script;
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  /** One that takes connections, and never says a word. */
  static ToyRedis mute() {
    ToyRedis toy = new ToyRedis();
    toy.mute = true;
    return toy;
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "toy");
    thread.setDaemon(true);
    thread.start();
  }

  /** What to say from now on to who asks for a flag. */
  void refuse(String error) {
    refusal = error;
  }

  /** Where it listens. */
  public int port() {
    return listening.getLocalPort();
  }

  String node() {
    return "127.0.0.1:" + port();
  }

  /** How many connections there were. */
  public int accepted() {
    return accepted.get();
  }

  /** How many there are. */
  public int open() {
    return open.get();
  }

  /** What was asked, as words with blanks between. */
  public Queue<String> commands() {
    return commands;
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listening.accept();
        sockets.add(socket);
        accepted.incrementAndGet();
        open.incrementAndGet();
        daemon(() -> serve(socket));
      }
    } catch (IOException over) {
      // it is closed
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      while (true) {
        List<String> words = words(in);
        commands.add(String.join(" ", words));
        String scripted = mute ? null : script.apply(words);
        String reply = scripted == null ? usual(words) : scripted;
        if (!mute) {
          socket.getOutputStream().write(reply.getBytes(UTF_8));
        }
      }
    } catch (IOException | UncheckedIOException over) {
      open.decrementAndGet();
    }
  }

  private static List<String> words(InputStream in) throws IOException {
    int count = Integer.parseInt(line(in).substring(1));
    List<String> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int length = Integer.parseInt(line(in).substring(1));
      words.add(new String(in.readNBytes(length), UTF_8));
      line(in);
    }
    return words;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\r'; c = in.read()) {
      if (c < 0) {
        throw new EOFException();
      }
      line.append((char) c);
    }
    in.read();
    return line.toString();
  }

  private String usual(List<String> words) {
    return switch (words.get(0)) {
      case "HELLO" -> "%4 +server +redis +version +7.2.0 +proto :3 +id :1 ".replace(" ", "\r\n");
      case "CLUSTER" ->
          "*1\r\n*3\r\n:0\r\n:16383\r\n*3\r\n$0\r\n\r\n:" + port() + "\r\n$1\r\na\r\n";
      case "MGET" -> flags(words);
      case "GET" -> "$1\r\n1\r\n";
      case "RPUSH", "HSET", "HINCRBY", "HLEN", "EXPIRE" -> ":2\r\n";
      case "PING" -> "+PONG\r\n";
      default -> "+OK\r\n";
    };
  }

  private String flags(List<String> words) {
    if (refusal != null && words.get(1).contains("split.")) {
      return "-" + refusal + "\r\n";
    }
    StringBuilder reply = new StringBuilder("*" + (words.size() - 1) + "\r\n");
    words
        .subList(1, words.size())
        .forEach(key -> reply.append(key.endsWith(".till") ? "$1\r\n1\r\n" : "_\r\n"));
    return reply.toString();
  }

  /** Ends all connections, and takes others. */
  public void cut() {
    try {
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
      cut();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
