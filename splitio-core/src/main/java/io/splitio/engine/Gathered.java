package io.splitio.engine;

import java.util.Set;

/**
 * What was gathered for one question, from a place that cannot be held in memory as a whole: the
 * memberships of one key, the names in some flag sets, and what could not be had.
 */
public interface Gathered {

  /**
   * Whether a key is in a segment.
   *
   * @throws UnavailableException when it could not be found out
   */
  boolean inSegment(String segment, String key);

  /**
   * The names of the flags in a set.
   *
   * @throws UnavailableException when they could not be found out
   */
  Set<String> flagsIn(String flagSet);

  /**
   * Makes sure that a flag, which the snapshot does not have, does not exist.
   *
   * @throws UnavailableException when that could not be found out
   */
  void confirmNoFlag(String name);

  /**
   * Makes sure that a rule-based segment, which the snapshot does not have, does not exist.
   *
   * @throws UnavailableException when that could not be found out
   */
  void confirmNoRuleBasedSegment(String name);
}
