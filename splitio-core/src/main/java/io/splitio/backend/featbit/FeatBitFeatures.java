package io.splitio.backend.featbit;

/** What FeatBit's own API asks of its backend, beyond what all backends do. */
public interface FeatBitFeatures {
  /** Where the connection is. */
  FeatBitStatus status();

  /** Whether there is none on purpose. */
  boolean offline();

  /**
   * Takes definitions from a document, if there is no connection on purpose.
   *
   * @return whether the document was one
   */
  boolean load(String json);
}
