package io.splitio.net;

import io.splitio.net.Trouble.Kind;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The decompressed body of an answer, which ends with an exception when it grows too long or too
 * dense, and which remembers why it failed, whatever its reader makes of the exception.
 */
final class Body extends InputStream {
  /** How far a body may inflate before its ratio counts. */
  private static final long HARMLESS = 1L << 20;

  private static final int RATIO = 200;

  private final Wire wire;
  private final InputStream content;
  private final boolean compressed;
  private final long maxBytes;
  private long read;
  private @Nullable IOException failure;

  private Body(Wire wire, InputStream content, long maxBytes) {
    this.wire = wire;
    this.content = content;
    this.compressed = content != wire;
    this.maxBytes = maxBytes;
  }

  /** Opens the body of an answer; fails when its compression is unknown or damaged. */
  static Body of(Response response, long maxBytes) throws IOException {
    Wire wire = new Wire(response.body().byteStream());
    String encoding = response.header("Content-Encoding", "identity");
    switch (encoding.strip().toLowerCase(Locale.ROOT)) {
      case "identity", "" -> {
        if (response.body().contentLength() > maxBytes) {
          throw new Fault(Kind.TOO_LARGE, "the answer announces more than " + maxBytes + " bytes");
        }
        return new Body(wire, wire, maxBytes);
      }
      case "gzip", "x-gzip" -> {
        return new Body(wire, gunzip(wire), maxBytes);
      }
      default -> throw new Fault(Kind.BAD_ENCODING, "the answer is compressed with something else");
    }
  }

  private static InputStream gunzip(Wire wire) throws IOException {
    try {
      return new GZIPInputStream(wire, 16 * 1024);
    } catch (IOException e) {
      throw damaged(wire, e);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int count = read(one, 0, 1);
    return count < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (failure != null) {
      throw failure;
    }
    try {
      int count = content.read(into, offset, length);
      checkSize(Math.max(count, 0));
      return count;
    } catch (Fault e) {
      failure = e;
      throw e;
    } catch (IOException e) {
      failure = compressed ? damaged(wire, e) : e;
      throw failure;
    }
  }

  /** Why reading failed, or null. */
  @Nullable IOException failure() {
    return failure;
  }

  /** Reads what is left, so that a truncated body is noticed though its reader did not need it. */
  void finish() throws IOException {
    byte[] rest = new byte[8 * 1024];
    while (read(rest, 0, rest.length) >= 0) {}
  }

  private void checkSize(int more) throws IOException {
    read += more;
    if (read > maxBytes) {
      throw new Fault(Kind.TOO_LARGE, "the answer is longer than " + maxBytes + " bytes");
    }
    if (compressed && read > HARMLESS && read / RATIO > wire.read) {
      throw new Fault(Kind.TOO_LARGE, "the answer inflates to more than 200 times its size");
    }
  }

  /** What the decompressor complains about is the network's fault if that failed first. */
  private static IOException damaged(Wire wire, IOException complaint) {
    if (wire.failure != null) {
      return wire.failure;
    }
    return new Fault(Kind.BAD_ENCODING, "its gzip data is damaged or incomplete", complaint);
  }

  /** A failure whose kind is known where it is thrown. */
  static final class Fault extends IOException {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    private Fault(Kind kind, String detail) {
      super(detail);
      this.kind = kind;
    }

    private Fault(Kind kind, String detail, IOException cause) {
      super(detail, cause);
      this.kind = kind;
    }

    Kind kind() {
      return kind;
    }
  }

  /** Counts what arrives, and notes how it fails. */
  private static final class Wire extends FilterInputStream {
    private long read;
    private @Nullable IOException failure;

    private Wire(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      int count = read(one, 0, 1);
      return count < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        int count = in.read(into, offset, length);
        read += Math.max(count, 0);
        return count;
      } catch (IOException e) {
        failure = shortened(e) ? new Fault(Kind.TRUNCATED, "it ended before its end", e) : e;
        throw failure;
      }
    }

    private static boolean shortened(IOException e) {
      return e instanceof EOFException
          || (e instanceof ProtocolException && "unexpected end of stream".equals(e.getMessage()));
    }
  }
}
