package io.splitio.fake.http;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Passes on a number of bytes, then does something final, after which nothing passes. */
final class CuttingOutput extends FilterOutputStream {
  private final IoAction atTheEnd;
  private int left;

  CuttingOutput(OutputStream out, int bytes, IoAction atTheEnd) {
    super(out);
    this.left = bytes;
    this.atTheEnd = atTheEnd;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int passing = Math.min(left, length);
    out.write(bytes, offset, passing);
    left -= passing;
    if (left == 0) {
      out.flush();
      atTheEnd.run();
      throw new IOException("cut off on purpose");
    }
  }
}
