package io.splitio.fake.proxy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One accepted connection and its counterpart to the target. */
final class Connection {
  private final FaultProxy proxy;
  private final Socket client;
  private final Socket server = new Socket();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicInteger directionsEnded = new AtomicInteger();
  private volatile boolean unheard;

  Connection(FaultProxy proxy, Socket client) {
    this.proxy = proxy;
    this.client = client;
  }

  /** Connects to the target and starts to carry bytes. */
  void open(InetSocketAddress target) {
    try {
      server.connect(target);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
    } catch (IOException e) {
      reset();
      return;
    }
    start("splitio-fake-proxy-up", new Pump(this, proxy.toServer(), client, server));
    start("splitio-fake-proxy-down", new Pump(this, proxy.toClient(), server, client));
  }

  /** Carries nothing. */
  void leaveUnheard() {
    unheard = true;
  }

  boolean isUnheard() {
    return unheard;
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  void directionEnded() {
    if (directionsEnded.incrementAndGet() == 2) {
      close();
    }
  }

  /** One side is gone abruptly, so the other one is treated likewise. */
  void broken() {
    if (closed.getCount() > 0) {
      reset();
    }
  }

  void pause(long nanos) throws IOException {
    try {
      if (closed.await(nanos, TimeUnit.NANOSECONDS)) {
        throw new IOException("closed in a pause");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted in a pause");
    }
  }

  void reset() {
    closed.countDown();
    linger(client);
    linger(server);
    close();
  }

  void close() {
    closed.countDown();
    closeQuietly(client);
    closeQuietly(server);
    proxy.ended(this);
  }

  private static void linger(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // It is closed already.
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // Nobody can do anything about a socket that does not close.
    }
  }
}
