package io.splitio.backend.featbit;

import io.splitio.backend.Feed;

/** What FeatBit's own API asks of its backend, beyond what all backends do. */
public interface FeatBitFeatures extends Feed {
  /** Where the connection is. */
  FeatBitStatus status();

  /** Whether there is none on purpose. */
  default boolean offline() {
    return false;
  }

  /**
   * Takes definitions from a document, if there is no connection on purpose.
   *
   * @return whether the document was one
   */
  default boolean load(String json) {
    return false;
  }

  /** They are any text. */
  @Override
  default boolean namesAreSplits() {
    return false;
  }

  /** FeatBit has none. */
  @Override
  default boolean knowsTrafficTypes() {
    return false;
  }
}
