package io.splitio.backend.split.keep;

import io.splitio.backend.split.keep.Entry.Kind;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file: a first line with the version of this layout, 32 bytes that say whose definitions
 * these are, then entries, each with its lengths before and its seal behind it. Ends at the first
 * entry that is not whole.
 */
final class EntryReader {
  static final byte[] FIRST_LINE = "splitio snapshot 1\n".getBytes(StandardCharsets.US_ASCII);

  private final DataInputStream in;
  private final Seal seal;
  private long left;
  private boolean damaged;

  private EntryReader(DataInputStream in, Seal seal, long left) {
    this.in = in;
    this.seal = seal;
    this.left = left;
  }

  /** Reads the beginning of a file; null when it is another owner's, or none at all. */
  static @Nullable EntryReader begin(InputStream file, long length, Owner owner)
      throws IOException {
    boolean known = MessageDigest.isEqual(file.readNBytes(FIRST_LINE.length), FIRST_LINE);
    boolean mine = known && owner.marked(file.readNBytes(Seal.LENGTH));
    long left = length - FIRST_LINE.length - Seal.LENGTH;
    return mine ? new EntryReader(new DataInputStream(file), owner.seal(), left) : null;
  }

  /** The next entry; null after the last one that is whole. */
  @Nullable Entry next() throws IOException {
    if (left <= 0) {
      return null;
    }
    try {
      Entry entry = read();
      damaged = entry == null;
      return entry;
    } catch (EOFException e) {
      damaged = true;
      return null;
    }
  }

  /** Whether something follows the last whole entry. */
  boolean damaged() {
    return damaged;
  }

  private @Nullable Entry read() throws IOException {
    Kind kind = Kind.of(in.readUnsignedByte());
    int nameLength = in.readInt();
    int length = in.readInt();
    long version = in.readLong();
    long whole = (long) Entry.FIXED + nameLength + length + Seal.LENGTH;
    boolean named = nameLength >= 0 && nameLength <= Entry.LONGEST_NAME;
    boolean sound = named && length >= 0 && whole <= left;
    if (kind == null || !sound) {
      return null;
    }
    left -= whole;
    String name = new String(exactly(nameLength), StandardCharsets.UTF_8);
    Entry entry = Entry.of(kind, name, version, exactly(length));
    byte[] expected = seal.next(entry);
    if (!MessageDigest.isEqual(expected, exactly(Seal.LENGTH))) {
      return null;
    }
    seal.advance(expected);
    return entry;
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return bytes;
  }
}
