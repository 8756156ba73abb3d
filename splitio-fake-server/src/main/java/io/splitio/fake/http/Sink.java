package io.splitio.fake.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a stream writes to; each write leaves at once, as one chunk. Status and headers leave with
 * the first, or when the stream says so.
 */
public final class Sink {
  private static final byte[] END_OF_CHUNK = "\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Line line;
  private final OutputStream out;
  private final byte[] head;
  private boolean begun; // used by the connection's thread only

  Sink(Line line, OutputStream out, byte[] head) {
    this.line = line;
    this.out = out;
    this.head = head;
  }

  /** Sends status and headers, unless that was done. */
  public void begin() throws IOException {
    if (!begun) {
      begun = true;
      line.out().write(head);
      line.out().flush();
    }
  }

  /** Sends bytes. */
  public void write(byte[] bytes) throws IOException {
    byte[] size = (Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    byte[] chunk = new byte[size.length + bytes.length + END_OF_CHUNK.length];
    System.arraycopy(size, 0, chunk, 0, size.length);
    System.arraycopy(bytes, 0, chunk, size.length, bytes.length);
    System.arraycopy(END_OF_CHUNK, 0, chunk, size.length + bytes.length, END_OF_CHUNK.length);
    begin();
    out.write(chunk);
    out.flush();
  }

  /** Returns when the other side has closed its end; what it sends until then is dropped. */
  public void awaitEnd() {
    try {
      line.in().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // A reset is an end too.
    }
  }

  /** Closes the connection, in the middle of whatever it is doing. */
  public void close() {
    line.close();
  }

  /** Resets the connection. */
  public void reset() {
    line.reset();
  }

  void finish() throws IOException {
    begin();
    out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }
}
