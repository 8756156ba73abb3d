package io.splitio.backend.featbit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/** An HTTP proxy that asks for a user and a password, and passes connections through. */
final class Tunnel implements AutoCloseable {
  private static final String CREDENTIALS = "Proxy-Authorization: Basic cm9ib3Q6c2VjcmV0\r\n";

  private final ServerSocket listener;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<String> passed = new CopyOnWriteArrayList<>();
  private final List<String> refused = new CopyOnWriteArrayList<>();

  private volatile @Nullable String answer; // instead of what it does
  private volatile String connected = "200 Connected";

  Tunnel() {
    this(ServerSocketFactory.getDefault());
  }

  /** One that is itself spoken to in TLS, or not. */
  Tunnel(ServerSocketFactory sockets) {
    try {
      listener = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** The heads of the requests for tunnels that were made. */
  List<String> passed() {
    return passed;
  }

  /** Those without the right user and password. */
  List<String> refused() {
    return refused;
  }

  /** What it says to everybody from now on; nothing at all if that is empty, null for as ever. */
  void answer(@Nullable String line) {
    answer = line;
  }

  /** What it says when it connects. */
  void connected(String status) {
    connected = status;
  }

  /** Ends all that goes through it. */
  void cut() {
    for (Socket socket : sockets) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        sockets.add(socket);
        start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      String head = head(client.getInputStream());
      String other = answer;
      if (other != null) {
        if (other.isEmpty()) {
          client.getInputStream().transferTo(OutputStream.nullOutputStream());
        } else {
          client.getOutputStream().write((other + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        }
        return;
      }
      if (!head.startsWith("CONNECT ") || !head.contains(CREDENTIALS)) {
        refused.add(head);
        answer(client, "407 Refused\r\nProxy-Authenticate: Basic\r\nContent-Length: 0");
        return;
      }
      passed.add(head);
      int port = Integer.parseInt(head.split(" ", 3)[1].replaceAll(".*:", ""));
      try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
        sockets.add(server);
        answer(client, connected);
        start(() -> pump(server, client));
        pump(client, server);
      }
    } catch (IOException e) {
      // one of both has ended
    }
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (!bytes.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no request");
      }
      bytes.write(next);
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  private static void answer(Socket client, String status) throws IOException {
    OutputStream out = client.getOutputStream();
    out.write(("HTTP/1.1 " + status + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private static void pump(Socket from, Socket to) {
    try (to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // one of both has ended
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "tunnel");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
