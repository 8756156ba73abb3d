package io.splitio.net;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/** A server that does to each connection what the test says, byte by byte. */
final class ScriptedServer implements Closeable {
  private final ServerSocket listener;
  private final Script script;
  private final String scheme;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final CountDownLatch end = new CountDownLatch(1);
  final BlockingQueue<String> requests = new LinkedBlockingQueue<>();

  private ScriptedServer(ServerSocketFactory factory, String scheme, Script script) {
    try {
      this.listener = factory.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.scheme = scheme;
    this.script = script;
    start(this::accept, "accept");
  }

  /** Runs a script on each connection of a plain server. */
  static ScriptedServer plain(Script script) {
    return new ScriptedServer(ServerSocketFactory.getDefault(), "http", script);
  }

  /** Runs a script on each connection of a TLS server. */
  static ScriptedServer tls(ServerSocketFactory factory, Script script) {
    return new ScriptedServer(factory, "https", script);
  }

  /** Answers every request of every connection with the same bytes. */
  static ScriptedServer answering(String answer) {
    return plain(
        peer -> {
          while (peer.request() != null) {
            peer.send(answer);
          }
        });
  }

  int port() {
    return listener.getLocalPort();
  }

  int connections() {
    return connections.get();
  }

  URI uri() {
    return uri("127.0.0.1");
  }

  URI uri(String host) {
    return URI.create(scheme + "://" + host + ":" + port());
  }

  /** The next request, head and body, as it came. */
  String taken() throws InterruptedException {
    String request = requests.poll(10, TimeUnit.SECONDS);
    if (request == null) {
      throw new AssertionError("no request within 10 s");
    }
    return request;
  }

  @Override
  public void close() throws IOException {
    end.countDown();
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        sockets.add(socket);
        int number = connections.incrementAndGet();
        start(() -> serve(socket, number), "connection");
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket, int number) {
    try (socket) {
      script.run(new Peer(socket, number));
    } catch (IOException | InterruptedException e) {
      // the test has seen enough of this connection
    }
  }

  private void start(Runnable task, String name) {
    Thread thread = new Thread(task, "scripted-" + name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  /** What happens on one connection; it is closed afterwards. */
  interface Script {
    void run(Peer peer) throws IOException, InterruptedException;
  }

  /** The server's end of one connection. */
  final class Peer {
    final Socket socket;
    final int number;
    private InputStream in;

    private Peer(Socket socket, int number) {
      this.socket = socket;
      this.number = number;
    }

    /** Reads a request, or returns null at the end. */
    String request() throws IOException {
      String head = head();
      if (head == null) {
        return null;
      }
      String request = head + body(head);
      requests.add(request);
      return request;
    }

    private String head() throws IOException {
      if (in == null) {
        in = new BufferedInputStream(socket.getInputStream());
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      for (int next = in.read(); next >= 0; next = in.read()) {
        bytes.write(next);
        String text = bytes.toString(StandardCharsets.ISO_8859_1);
        if (text.endsWith("\r\n\r\n")) {
          return text;
        }
      }
      return null;
    }

    private String body(String head) throws IOException {
      for (String line : head.lines().toList()) {
        if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
          int length = Integer.parseInt(line.substring(15).strip());
          return new String(in.readNBytes(length), StandardCharsets.UTF_8);
        }
      }
      return "";
    }

    void send(String text) throws IOException {
      send(text.getBytes(StandardCharsets.UTF_8));
    }

    void send(byte[] bytes) throws IOException {
      OutputStream out = socket.getOutputStream();
      out.write(bytes);
      out.flush();
    }

    /** Answers 200 with these bytes and headers. */
    void ok(byte[] body, String... headers) throws IOException {
      StringBuilder head = new StringBuilder("HTTP/1.1 200 OK\r\n");
      for (String header : headers) {
        head.append(header).append("\r\n");
      }
      send(head + "Content-Length: " + body.length + "\r\n\r\n");
      send(body);
    }

    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }

    /** Waits for the end of the server, with the connection open. */
    void hold() throws InterruptedException {
      end.await();
    }

    /** Sends the same bytes every 20 ms until nobody listens. */
    void trickle(String text) throws IOException, InterruptedException {
      do {
        send(text);
      } while (!end.await(20, TimeUnit.MILLISECONDS));
    }

    /** Passes all bytes between this connection and another address, as a proxy does. */
    void relay(int port) throws IOException {
      try (Socket target = new Socket(InetAddress.getLoopbackAddress(), port)) {
        start(() -> pump(target, socket), "relay");
        pump(socket, target);
      }
    }

    private void pump(Socket from, Socket to) {
      try {
        InputStream source = from == socket ? in : from.getInputStream();
        byte[] chunk = new byte[4096];
        for (int count = source.read(chunk); count >= 0; count = source.read(chunk)) {
          to.getOutputStream().write(chunk, 0, count);
          to.getOutputStream().flush();
        }
      } catch (IOException e) {
        // one side is gone
      }
    }
  }
}
