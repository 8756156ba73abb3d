package io.splitio.backend.split.keep;

import org.jspecify.annotations.Nullable;

/**
 * A document as it was received.
 *
 * @param kind what it is
 * @param name which segment it is about, or an empty text
 * @param version the version a definition leads to that came with a notification, or 0
 * @param document the document itself
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Entry(Kind kind, String name, long version, byte[] document) {

  /** What a document is. */
  public enum Kind {
    /** Changes of flags and rule-based segments. */
    CHANGES('C'),
    /** Changes of a segment. */
    SEGMENT('S'),
    /** One flag. */
    FLAG('F'),
    /** One rule-based segment. */
    RULE_BASED_SEGMENT('R');

    private final char code;

    Kind(char code) {
      this.code = code;
    }

    /** How it is written. */
    char code() {
      return code;
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

  /** Without the document. */
  @Override
  public String toString() {
    return "Entry[" + kind + ", " + document.length + " bytes]";
  }
}
