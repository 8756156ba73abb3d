package io.splitio.backend.split.stream;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** Unpacks definitions that come with a notification (protocol specification 6.5.2). */
public final class Inflated {
  /** The longest definition, inflated. */
  public static final int LONGEST = 10 * 1024 * 1024;

  private static final int HARMLESS = 1024 * 1024;
  private static final int RATIO = 200;

  private Inflated() {}

  /** The definition, or null when it cannot be had and must be fetched. */
  public static byte @Nullable [] definition(Notification.Definition packed) {
    try {
      byte[] data = Base64.getDecoder().decode(packed.data());
      return switch (packed.compression()) {
        case 0 -> data.length == 0 ? null : data;
        case 1 -> gzip(data);
        case 2 -> zlib(data);
        default -> null;
      };
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }

  private static byte[] gzip(byte[] data) throws IOException {
    try (Gzip inflating = new Gzip(data)) {
      return all(inflating, data.length);
    }
  }

  private static byte[] zlib(byte[] data) throws IOException {
    Inflater inflater = new Inflater();
    InputStream packed = new ByteArrayInputStream(data);
    try (InputStream inflating = new InflaterInputStream(packed, inflater, data.length + 1)) {
      byte[] all = all(inflating, data.length);
      if (!inflater.finished()) {
        throw new IOException("the definition needs a dictionary");
      }
      nothingAfter(inflater.getRemaining());
      return all;
    } finally {
      inflater.end();
    }
  }

  private static void nothingAfter(int bytes) throws IOException {
    if (bytes > 0) {
      throw new IOException("there is more after the definition");
    }
  }

  private static byte[] all(InputStream inflating, int packed) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] part = new byte[8 * 1024];
    for (int count = inflating.read(part); count >= 0; count = inflating.read(part)) {
      all.write(part, 0, count);
      if (all.size() > LONGEST || (all.size() > HARMLESS && all.size() / packed > RATIO)) {
        throw new IOException("the definition inflates too far");
      }
    }
    return all.toByteArray();
  }

  /** The JDK's, which takes anything after the end for nothing. */
  private static final class Gzip extends GZIPInputStream {
    private static final int TRAILER = 8;

    private Gzip(byte[] data) throws IOException {
      super(new ByteArrayInputStream(data), data.length + 1); // so that nothing is left unread
    }

    @Override
    public int read(byte[] part, int from, int most) throws IOException {
      int count = super.read(part, from, most);
      if (count < 0) {
        nothingAfter(inf.getRemaining() - TRAILER);
      }
      return count;
    }
  }
}
