package io.splitio.fake.http;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Passes bytes on in small slices, pausing before each. */
final class TricklingOutput extends FilterOutputStream {
  private final int slice;
  private final IoAction pause;

  TricklingOutput(OutputStream out, int slice, IoAction pause) {
    super(out);
    this.slice = slice;
    this.pause = pause;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (int from = 0; from < length; from += slice) {
      out.flush();
      pause.run();
      out.write(bytes, offset + from, Math.min(slice, length - from));
      out.flush();
    }
  }
}
