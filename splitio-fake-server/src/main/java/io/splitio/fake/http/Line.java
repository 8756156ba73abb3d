package io.splitio.fake.http;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** One accepted connection: its socket with buffers before it. */
final class Line implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final long number;
  private final Socket accepted;
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  Line(long number, Socket accepted, Transport transport) throws IOException {
    this.number = number;
    this.accepted = accepted;
    accepted.setTcpNoDelay(true);
    this.socket = transport.over(accepted);
    this.in = new BufferedInputStream(socket.getInputStream(), BUFFER);
    this.out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
  }

  long number() {
    return number;
  }

  InputStream in() {
    return in;
  }

  OutputStream out() {
    return out;
  }

  boolean open() {
    return !accepted.isClosed();
  }

  /** Closes with a RST instead of a FIN. */
  void reset() {
    try {
      accepted.setSoLinger(true, 0);
    } catch (IOException e) {
      // It is closed already, which is what was wanted.
    }
    close();
  }

  /** Says goodbye, where TLS has a word for it, and closes. */
  void end() {
    try {
      socket.close();
    } catch (IOException e) {
      // The other side is gone already.
    }
    close();
  }

  /** Closes in the middle of whatever is going on; never waits, whoever else writes. */
  @Override
  public void close() {
    try {
      accepted.close();
    } catch (IOException e) {
      // Nobody can do anything about a socket that does not close.
    }
  }
}
