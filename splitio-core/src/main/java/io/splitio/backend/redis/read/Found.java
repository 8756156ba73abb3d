package io.splitio.backend.redis.read;

import io.splitio.engine.Gathered;
import io.splitio.engine.UnavailableException;
import java.util.Map;
import java.util.Set;

/**
 * What was found for one question. What is in none of these could not be had.
 *
 * @param members whether the key is in a segment
 * @param flagSets the names in flag sets
 * @param noFlags names that no flag has
 * @param noRuleBasedSegments names that no rule-based segment has
 * @param problem why something could not be had, if that is so
 */
record Found(
    Map<String, Boolean> members,
    Map<String, Set<String>> flagSets,
    Set<String> noFlags,
    Set<String> noRuleBasedSegments,
    String problem)
    implements Gathered {

  @Override
  public boolean inSegment(String segment, String key) {
    Boolean member = members.get(segment);
    if (member == null) {
      throw unavailable("whether a key is in segment " + segment);
    }
    return member;
  }

  @Override
  public Set<String> flagsIn(String flagSet) {
    Set<String> names = flagSets.get(flagSet);
    if (names == null) {
      throw unavailable("flag set " + flagSet);
    }
    return names;
  }

  @Override
  public void confirmNoFlag(String name) {
    if (!noFlags.contains(name)) {
      throw unavailable("flag " + name);
    }
  }

  @Override
  public void confirmNoRuleBasedSegment(String name) {
    if (!noRuleBasedSegments.contains(name)) {
      throw unavailable("rule-based segment " + name);
    }
  }

  private UnavailableException unavailable(String what) {
    return new UnavailableException("Redis did not tell " + what + ": " + problem);
  }
}
