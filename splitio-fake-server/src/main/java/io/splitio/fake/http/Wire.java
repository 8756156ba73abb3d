package io.splitio.fake.http;

import java.io.InputStream;
import java.io.OutputStream;

/** A connection that left HTTP behind. */
public final class Wire {
  private final Line line;

  Wire(Line line) {
    this.line = line;
  }

  /** What the other side sends. */
  public InputStream in() {
    return line.in();
  }

  /** What the other side gets, once it is flushed. */
  public OutputStream out() {
    return line.out();
  }

  /** Closes the connection in the middle of whatever it is doing, from any thread. */
  public void close() {
    line.close();
  }

  /** Resets the connection, from any thread. */
  public void reset() {
    line.reset();
  }
}
