package io.splitio.backend.split.keep;

import io.splitio.backend.split.keep.Entry.Kind;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a kept file: a first line with the version of this layout, 32 bytes that say whose
 * definitions these are, then entries, each with its length before and its SHA-256 behind it. What
 * follows a damaged entry does not count.
 */
final class Format {
  private static final byte[] FIRST_LINE =
      "splitio last known good 1\n".getBytes(StandardCharsets.US_ASCII);
  private static final int DIGEST = 32;
  private static final int LONGEST_NAME = 4_096;

  private Format() {}

  static byte[] header(byte[] owner) {
    byte[] header = Arrays.copyOf(FIRST_LINE, FIRST_LINE.length + DIGEST);
    System.arraycopy(owner, 0, header, FIRST_LINE.length, DIGEST);
    return header;
  }

  /** Whether the file begins as one of this owner does. */
  static boolean belongs(InputStream file, byte[] owner) throws IOException {
    byte[] expected = header(owner);
    return MessageDigest.isEqual(file.readNBytes(expected.length), expected);
  }

  static byte[] bytes(Entry entry) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(entry.document().length + 128);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      byte[] name = entry.name().getBytes(StandardCharsets.UTF_8);
      out.writeByte(entry.kind().code());
      out.writeInt(name.length);
      out.writeInt(entry.document().length);
      out.writeLong(entry.version());
      out.write(name);
      out.write(entry.document());
      out.write(sha256(bytes.toByteArray()));
    } catch (IOException e) {
      throw new IllegalStateException("memory cannot be written to", e);
    }
    return bytes.toByteArray();
  }

  /** The next entry, or null after the last sound one. */
  static @Nullable Entry next(InputStream file, long left) throws IOException {
    DataInputStream in = new DataInputStream(file);
    try {
      Kind kind = Kind.of(in.readUnsignedByte());
      int nameLength = in.readInt();
      int documentLength = in.readInt();
      long version = in.readLong();
      boolean sound =
          nameLength >= 0
              && nameLength <= LONGEST_NAME
              && documentLength >= 0
              && documentLength <= left;
      if (!sound || kind == null) {
        return null;
      }
      byte[] name = exactly(in, nameLength);
      byte[] document = exactly(in, documentLength);
      Entry entry = new Entry(kind, new String(name, StandardCharsets.UTF_8), version, document);
      byte[] written = bytes(entry);
      byte[] digest = Arrays.copyOfRange(written, written.length - DIGEST, written.length);
      return MessageDigest.isEqual(digest, exactly(in, DIGEST)) ? entry : null;
    } catch (EOFException e) {
      return null;
    }
  }

  private static byte[] exactly(DataInputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return bytes;
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) { // every JDK has it
      throw new IllegalStateException(e);
    }
  }
}
