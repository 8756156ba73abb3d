package io.splitio.backend.split.keep;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document as it was received.
 *
 * @param kind what it is
 * @param name what it is about, or an empty text
 * @param version the version it leads to when the document itself does not say, or 0
 * @param parts the bytes of the document, in pieces
 */
record Entry(Kind kind, String name, long version, List<byte[]> parts) {
  /** The bytes before the name: kind, length of the name, length of the document, version. */
  static final int FIXED = 1 + 4 + 4 + 8;

  /** The longest name, in bytes; what looks longer is taken for damage. */
  static final int LONGEST_NAME = 4_096;

  /** Ends what must be there for definitions to be complete. */
  static final Entry COMPLETE = new Entry(Kind.COMPLETE, "", 0, List.of());

  /** What a document is. */
  enum Kind {
    /** Changes of flags and rule-based segments. */
    CHANGES(0),
    /** Changes of a segment, which is the name. */
    SEGMENT(1),
    /** One flag. */
    FLAG(2),
    /** One rule-based segment. */
    RULE_BASED_SEGMENT(3),
    /** The treatment to which the flag of that name was killed. */
    KILL(4),
    /** None: all before it is a complete set of definitions. */
    COMPLETE(5);

    private final byte code;

    Kind(int code) {
      this.code = (byte) code;
    }

    /** The kind that is written so, or null. */
    static @Nullable Kind of(int code) {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      return null;
    }
  }

  static Entry of(Kind kind, String name, long version, byte[] document) {
    return new Entry(kind, name, version, List.of(document));
  }

  /** How long the document is. */
  long length() {
    long length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    return length;
  }

  /** Whether its name can be read back. */
  boolean isReadable() {
    return name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME;
  }

  /** What is written before the document. */
  byte[] head() {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(FIXED + bytes.length)
        .put(kind.code)
        .putInt(bytes.length)
        .putInt(Math.toIntExact(length()))
        .putLong(version)
        .put(bytes)
        .array();
  }

  /** The document in one piece. */
  byte[] document() {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(length()));
    parts.forEach(all::put);
    return all.array();
  }

  /** Without the document. */
  @Override
  public String toString() {
    return "Entry[" + kind + ", " + length() + " bytes]";
  }
}
