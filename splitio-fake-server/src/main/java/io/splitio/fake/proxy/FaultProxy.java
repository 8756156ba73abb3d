package io.splitio.fake.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A TCP pass-through on a loopback port that breaks connections on demand. It knows nothing of what
 * it carries, so it can stand before any server.
 *
 * <pre>{@code
 * try (FaultProxy proxy = FaultProxy.to(URI.create(cloud.url()))) {
 *   // point a client at proxy.url()
 *   proxy.toClient().blackholeAfter(100);
 *   proxy.refuse();
 *   proxy.accept();
 * }
 * }</pre>
 */
public final class FaultProxy implements AutoCloseable {
  private static final int BACKLOG = 128;

  private final InetSocketAddress target;
  private final Direction toClient = new Direction();
  private final Direction toServer = new Direction();
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicLong accepted = new AtomicLong();
  private volatile boolean silent;
  private volatile int limit = Integer.MAX_VALUE;
  private int port;
  private @Nullable ServerSocket listener;

  private FaultProxy(InetSocketAddress target) {
    this.target = target;
    accept();
  }

  /** Starts before the server at this address, whose port must be given. */
  public static FaultProxy to(URI server) {
    return to(new InetSocketAddress(server.getHost(), server.getPort()));
  }

  /** Starts before the server at this address. */
  public static FaultProxy to(InetSocketAddress server) {
    return new FaultProxy(server);
  }

  /** {@code http://127.0.0.1:port}. */
  public String url() {
    return "http://127.0.0.1:" + port();
  }

  /** The port it listens on, the same for all its life. */
  public synchronized int port() {
    return port;
  }

  /** What happens to the server's bytes. */
  public Direction toClient() {
    return toClient;
  }

  /** What happens to the client's bytes. */
  public Direction toServer() {
    return toServer;
  }

  /** From now on connections are accepted and nothing more: no byte is read or written. */
  public void acceptSilently() {
    silent = true;
  }

  /** Connections above this number are closed at once. */
  public void limitConnections(int number) {
    limit = number;
  }

  /** Stops listening: who connects is refused. What is connected stays so. */
  public synchronized void refuse() {
    ServerSocket socket = listener;
    listener = null;
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot close the listener", e);
      }
    }
  }

  /** Listens on the same port again, and carries what it is given. */
  public synchronized void accept() {
    silent = false;
    if (listener == null) {
      ServerSocket socket = listen(port);
      listener = socket;
      port = socket.getLocalPort();
      Thread thread = new Thread(() -> acceptFrom(socket), "splitio-fake-proxy-accept");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Closes (FIN) what is connected. */
  public void drop() {
    connections.forEach(Connection::close);
  }

  /** Resets (RST) what is connected. */
  public void reset() {
    connections.forEach(Connection::reset);
  }

  /** Takes back everything but {@link #refuse()}. */
  public void clear() {
    toClient.clear();
    toServer.clear();
    silent = false;
    limit = Integer.MAX_VALUE;
  }

  /** How many connections have been accepted. */
  public long accepted() {
    return accepted.get();
  }

  /** How many connections are open. */
  public int open() {
    return connections.size();
  }

  /** Refuses and drops. */
  @Override
  public void close() {
    refuse();
    drop();
  }

  void ended(Connection connection) {
    connections.remove(connection);
  }

  private void acceptFrom(ServerSocket socket) {
    while (!socket.isClosed()) {
      try {
        carry(socket.accept());
      } catch (IOException e) {
        // The listener was closed, which ends the loop.
      }
    }
  }

  private void carry(Socket client) {
    accepted.incrementAndGet();
    Connection connection = new Connection(this, client);
    if (connections.size() >= limit) {
      connection.close();
      return;
    }
    connections.add(connection);
    if (!silent) {
      connection.open(target);
    }
  }

  private static ServerSocket listen(int port) {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on port " + port, e);
    }
  }
}
