package io.splitio.backend.split.keep;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Remembers what is read through it, up to a limit. For one thread. */
final class Copy extends FilterInputStream {
  private static final int PART = 64 * 1024;

  private final long most;
  private final List<byte[]> full = new ArrayList<>();
  private byte[] part = new byte[8 * 1024];
  private int used;
  private long length;

  Copy(InputStream in, long most) {
    super(in);
    this.most = most;
  }

  @Override
  public int read() throws IOException {
    int one = super.read();
    if (one >= 0) {
      take(new byte[] {(byte) one}, 0, 1);
    }
    return one;
  }

  @Override
  public int read(byte[] to, int offset, int wanted) throws IOException {
    int count = super.read(to, offset, wanted);
    if (count > 0) {
      take(to, offset, count);
    }
    return count;
  }

  /** What is skipped is read, as it belongs to the copy. */
  @Override
  public long skip(long wanted) throws IOException {
    byte[] skipped = new byte[(int) Math.min(Math.max(wanted, 0), 8 * 1024)];
    return Math.max(0, read(skipped, 0, skipped.length));
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void take(byte[] from, int offset, int count) {
    length += count;
    if (length > most) {
      full.clear();
      return;
    }
    int done = 0;
    while (done < count) {
      if (used == part.length) {
        full.add(part);
        part = new byte[PART];
        used = 0;
      }
      int step = Math.min(count - done, part.length - used);
      System.arraycopy(from, offset + done, part, used, step);
      used += step;
      done += step;
    }
  }

  /** Whether it was too long to be remembered. */
  boolean tooLong() {
    return length > most;
  }

  /** What was read, in pieces. */
  List<byte[]> parts() {
    List<byte[]> parts = new ArrayList<>(full);
    parts.add(Arrays.copyOf(part, used));
    return parts;
  }
}
