package io.splitio.engine;

import java.util.Collection;

/**
 * What an evaluation will need.
 *
 * @param key the matching key whose memberships will be asked; empty when nothing will be
 *     evaluated, and definitions are all that is needed
 * @param flags the flags that will be asked for by name
 * @param flagSets the flag sets whose flags will be asked for
 * @param everything whether all flags will be asked for
 */
public record Query(
    String key, Collection<String> flags, Collection<String> flagSets, boolean everything) {

  /** Whether nothing will be evaluated. */
  public boolean definitionsOnly() {
    return key.isEmpty();
  }
}
