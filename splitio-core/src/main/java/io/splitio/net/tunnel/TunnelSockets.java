package io.splitio.net.tunnel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.function.Supplier;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sockets that reach every address through one HTTP proxy. OkHttp makes tunnels for TLS only; to a
 * proxy a plain WebSocket would look like a request that ends with its answer.
 */
public final class TunnelSockets extends SocketFactory {
  private final SocketFactory ways;
  private final String host;
  private final int port;
  private final Supplier<@Nullable String> credentials;

  /**
   * Sockets through a proxy.
   *
   * @param ways makes the sockets to the proxy itself
   * @param host its host, looked up for each connection
   * @param port its port
   * @param credentials what it is shown as {@code Proxy-Authorization}, asked for each time
   */
  public TunnelSockets(
      SocketFactory ways, String host, int port, Supplier<@Nullable String> credentials) {
    this.ways = ways;
    this.host = host;
    this.port = port;
    this.credentials = credentials;
  }

  @Override
  public Socket createSocket() throws IOException {
    return new TunnelSocket(
        ways.createSocket(), () -> new InetSocketAddress(host, port), credentials);
  }

  // the others make sockets that are connected, for which nobody asks

  @Override
  public Socket createSocket(String to, int at) throws IOException {
    throw new SocketException("only sockets that are not connected yet are made");
  }

  @Override
  public Socket createSocket(String to, int at, InetAddress from, int fromPort) throws IOException {
    return createSocket(to, at);
  }

  @Override
  public Socket createSocket(InetAddress to, int at) throws IOException {
    return createSocket(to.getHostAddress(), at);
  }

  @Override
  public Socket createSocket(InetAddress to, int at, InetAddress from, int fromPort)
      throws IOException {
    return createSocket(to, at);
  }
}
