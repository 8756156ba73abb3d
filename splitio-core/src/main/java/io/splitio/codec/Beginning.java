package io.splitio.codec;

import io.splitio.log.LogSafe;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Remembers how a document begins, to show what came in its place. */
final class Beginning extends FilterInputStream {
  private final byte[] first = new byte[200];
  private int kept;

  Beginning(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = in.read(into, offset, length);
    int more = Math.min(Math.max(count, 0), first.length - kept);
    System.arraycopy(into, offset, first, kept, more);
    kept += more;
    return count;
  }

  /** The beginning in quotes, fit for a log. */
  @Override
  public String toString() {
    return LogSafe.quote(new String(first, 0, kept, StandardCharsets.UTF_8));
  }
}
