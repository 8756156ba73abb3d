package io.splitio.backend.split.keep;

/**
 * A document as it was received.
 *
 * @param kind what it is
 * @param name which segment it is about, or an empty text
 * @param version the version a definition leads to that came with a notification, or 0
 * @param document the document itself
 */
public record Entry(Kind kind, String name, long version, byte[] document) {

  /** What a document is. */
  public enum Kind {
    /** Changes of flags and rule-based segments. */
    CHANGES,
    /** Changes of a segment. */
    SEGMENT,
    /** One flag. */
    FLAG,
    /** One rule-based segment. */
    RULE_BASED_SEGMENT
  }

  /** Without the document. */
  @Override
  public String toString() {
    return "Entry[" + kind + ", " + document.length + " bytes]";
  }
}
