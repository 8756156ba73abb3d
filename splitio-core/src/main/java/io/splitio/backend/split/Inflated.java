package io.splitio.backend.split;

import io.splitio.backend.split.stream.Notification;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** Unpacks definitions that come with a notification (protocol specification 6.5.2). */
final class Inflated {
  static final int LONGEST = 10 * 1024 * 1024;

  private static final int HARMLESS = 1024 * 1024;
  private static final int RATIO = 200;

  private Inflated() {}

  /** The definition, or null when it cannot be had and must be fetched. */
  static byte @Nullable [] definition(Notification.Definition packed) {
    try {
      byte[] data = Base64.getDecoder().decode(packed.data());
      return switch (packed.compression()) {
        case 0 -> data.length == 0 ? null : data;
        case 1 -> all(new GZIPInputStream(new ByteArrayInputStream(data)), data.length);
        case 2 -> all(new InflaterInputStream(new ByteArrayInputStream(data)), data.length);
        default -> null;
      };
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }

  private static byte[] all(InputStream inflating, int packed) throws IOException {
    try (inflating) {
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
  }
}
