package io.splitio.sample.shop;

import java.util.List;

/** Finds teas. */
public interface TeaSearch {
  /** The teas that fit, with the name of the search that found them. */
  Hits find(String words, Shopper shopper);

  /**
   * What was found.
   *
   * @param searchedBy how it was searched, in words
   * @param teas the teas, best first
   */
  record Hits(String searchedBy, List<Tea> teas) {}
}
