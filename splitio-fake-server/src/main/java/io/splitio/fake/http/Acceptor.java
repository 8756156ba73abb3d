package io.splitio.fake.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.function.Consumer;

/** Listens on a loopback port and hands on what it accepts, in a thread of its own. */
public final class Acceptor implements AutoCloseable {
  private static final int BACKLOG = 128;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ServerSocket listener;
  private final Thread thread;

  private Acceptor(ServerSocket listener, Consumer<Socket> accepted) {
    this.listener = listener;
    this.thread = new Thread(() -> accept(accepted), "splitio-fake-accept");
    thread.setDaemon(true);
    thread.start();
  }

  /** Starts on a port; 0 takes any free one. */
  public static Acceptor start(int port, Consumer<Socket> accepted) {
    try {
      ServerSocket listener = new ServerSocket();
      listener.setReuseAddress(true);
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
      return new Acceptor(listener, accepted);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on port " + port, e);
    }
  }

  /** The port it listens on. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Whether it has been closed. */
  public boolean closed() {
    return listener.isClosed();
  }

  private void accept(Consumer<Socket> accepted) {
    while (!listener.isClosed()) {
      try {
        accepted.accept(listener.accept());
      } catch (IOException e) {
        // The listener was closed, which ends the loop.
      }
    }
  }

  /**
   * Stops listening. The system keeps a socket listening for as long as a thread waits for it, so
   * this returns only when that thread has ended.
   */
  @Override
  public void close() {
    try {
      listener.close();
      thread.join(PATIENCE.toMillis());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close the listener", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
