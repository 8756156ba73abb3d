package io.splitio.net.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import javax.net.SocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A socket through a proxy is, to whoever asks it, the socket to the proxy. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TunnelSocketTest {

  /** A socket to a proxy, of which is known what it was asked. */
  private static final class Way extends Socket {
    private boolean alive;

    @Override
    public synchronized void setKeepAlive(boolean on) {
      alive = on;
    }
  }

  @Test
  void whatItIsAskedIsAskedOfTheSocketToTheProxy() throws Exception {
    Way way = new Way();
    try (ServerSocket proxy = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> served = CompletableFuture.runAsync(() -> connect(proxy));
      InetSocketAddress at = (InetSocketAddress) proxy.getLocalSocketAddress();
      try (TunnelSocket socket = new TunnelSocket(way, () -> at, () -> null)) {
        assertThat(socket.isBound()).isFalse();
        socket.connect(InetSocketAddress.createUnresolved("featbit.invalid", 80));
        served.join();
        assertThat(socket.isBound()).isTrue();
        assertThat(socket.getLocalPort()).isEqualTo(way.getLocalPort()).isPositive();
        assertThat(socket.getLocalAddress()).isEqualTo(way.getLocalAddress());
        assertThat(socket.getLocalSocketAddress()).isEqualTo(way.getLocalSocketAddress());
        assertThat(socket).hasToString("TunnelSocket[" + way + "]");
        socket.setKeepAlive(true);
        assertThat(way.alive).isTrue();
      }
    }
  }

  private static void connect(ServerSocket proxy) {
    try {
      Socket client = proxy.accept();
      client
          .getOutputStream()
          .write("HTTP/1.1 200 Yes\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anAddressIsNotLookedUpToRefuseIt() throws Exception {
    TunnelSockets sockets = new TunnelSockets(SocketFactory.getDefault(), "proxy", 1, () -> null);
    InetAddress address = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1});
    assertThat(catchThrowable(() -> sockets.createSocket(address, 80)))
        .hasMessageContaining("not connected yet");
    assertThat(address).hasToString("/192.0.2.1"); // no name was found, nor looked for
  }
}
