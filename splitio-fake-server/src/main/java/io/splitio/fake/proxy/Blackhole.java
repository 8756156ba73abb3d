package io.splitio.fake.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * A port whose queue of connections is full and never emptied. Linux drops the SYN of whoever
 * connects, who then waits as if before a firewall that drops packets.
 */
final class Blackhole implements AutoCloseable {
  private static final int MOST_FILLERS = 64;
  private static final int FULL_AFTER_MILLIS = 100;

  private final ServerSocket listener = new ServerSocket();
  private final List<Socket> fillers = new ArrayList<>();

  private Blackhole() throws IOException {}

  /** Takes a port that nobody listens on. */
  static Blackhole on(int port) {
    try {
      Blackhole hole = new Blackhole();
      hole.open(port);
      return hole;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a black hole of port " + port, e);
    }
  }

  private void open(int port) throws IOException {
    listener.setReuseAddress(true);
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
    try {
      while (fits()) {
        if (fillers.size() > MOST_FILLERS) {
          throw new IOException("this system's queue of connections does not fill up");
        }
      }
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private boolean fits() throws IOException {
    Socket filler = new Socket();
    fillers.add(filler);
    try {
      filler.connect(listener.getLocalSocketAddress(), FULL_AFTER_MILLIS);
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      for (Socket filler : fillers) {
        filler.close();
      }
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close the black hole", e);
    }
  }
}
