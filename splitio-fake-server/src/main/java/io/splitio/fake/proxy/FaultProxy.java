package io.splitio.fake.proxy;

import io.splitio.fake.http.Acceptor;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
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
  private final InetSocketAddress target;
  private final String origin;
  private final Direction toClient = new Direction();
  private final Direction toServer = new Direction();
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicLong accepted = new AtomicLong();
  private volatile boolean silent;
  private volatile int limit = Integer.MAX_VALUE;
  private int port;
  private @Nullable Acceptor acceptor;
  private @Nullable Blackhole blackhole;

  private FaultProxy(InetSocketAddress target, String origin) {
    this.target = target;
    this.origin = origin;
    accept();
  }

  /** Starts before the server at this address, whose port must be given. */
  public static FaultProxy to(URI server) {
    InetSocketAddress address = new InetSocketAddress(server.getHost(), server.getPort());
    return new FaultProxy(
        address, "https".equals(server.getScheme()) ? "https://localhost:" : "http://127.0.0.1:");
  }

  /** Starts before the server at this address. */
  public static FaultProxy to(InetSocketAddress server) {
    return new FaultProxy(server, "http://127.0.0.1:");
  }

  /** {@code http://127.0.0.1:port}, or {@code https://localhost:port} before a TLS server. */
  public String url() {
    return origin + port();
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

  /**
   * From now on connections are accepted and nothing more: no byte is read or written. They are
   * closed when this ends, with {@link #accept()} or {@link #clear()}.
   */
  public void acceptSilently() {
    silent = true;
  }

  /** Connections above this number are closed at once. */
  public void limitConnections(int number) {
    limit = number;
  }

  /** Stops listening: who connects is refused. What is connected stays so. */
  public synchronized void refuse() {
    if (acceptor != null) {
      acceptor.close();
      acceptor = null;
    }
    if (blackhole != null) {
      blackhole.close();
      blackhole = null;
    }
  }

  /**
   * Who connects hears nothing, neither yes nor no, until a timeout of their own, as behind a
   * firewall that drops packets; needs Linux. What is connected stays so. Ends with {@link
   * #accept()} or {@link #refuse()}.
   */
  public synchronized void blackholeConnects() {
    refuse();
    blackhole = Blackhole.on(port);
  }

  /** Listens on the same port again, and carries what it is given. */
  public synchronized void accept() {
    endSilence();
    if (acceptor == null) {
      refuse();
      Acceptor started = Acceptor.start(port, this::carry);
      acceptor = started;
      port = started.port();
    }
  }

  /** Closes (FIN) what is connected, and nothing that connects because of it. */
  public void drop() {
    List.copyOf(connections).forEach(Connection::close);
  }

  /** Resets (RST) what is connected, and nothing that connects because of it. */
  public void reset() {
    List.copyOf(connections).forEach(Connection::reset);
  }

  /** Takes back everything but {@link #refuse()} and {@link #blackholeConnects()}. */
  public void clear() {
    toClient.clear();
    toServer.clear();
    endSilence();
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

  /** Nobody would ever notice that the client of an unheard connection has gone. */
  private void endSilence() {
    silent = false;
    connections.stream().filter(Connection::isUnheard).forEach(Connection::close);
  }

  void ended(Connection connection) {
    connections.remove(connection);
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
      return;
    }
    connection.leaveUnheard();
    if (!silent) {
      connection.close();
    }
  }
}
