package io.splitio.fake.stream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** How a notification carries the changed definition. */
public enum Inline {
  /** Not at all: it has to be fetched. */
  NONE(-1),
  /** As it is. */
  PLAIN(0),
  /** Compressed as gzip. */
  GZIP(1),
  /** Compressed as zlib. */
  ZLIB(2);

  private final int code;

  Inline(int code) {
    this.code = code;
  }

  /** The value of {@code c} in a notification; -1 for {@link #NONE}. */
  public int code() {
    return code;
  }

  /** The value of {@code d} in a notification. */
  public Optional<String> encode(String definition) {
    if (this == NONE) {
      return Optional.empty();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = compressor(bytes)) {
      out.write(definition.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return Optional.of(Base64.getEncoder().encodeToString(bytes.toByteArray()));
  }

  private OutputStream compressor(OutputStream bytes) throws IOException {
    return switch (this) {
      case GZIP -> new GZIPOutputStream(bytes);
      case ZLIB -> new DeflaterOutputStream(bytes);
      default -> bytes;
    };
  }
}
