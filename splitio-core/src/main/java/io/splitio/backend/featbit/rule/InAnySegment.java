package io.splitio.backend.featbit.rule;

import io.splitio.flag.Dependencies;
import io.splitio.flag.Relation;
import java.util.List;
import java.util.Map;

/**
 * Membership of any of several segments. When a segment cannot be asked, the user counts as being
 * in none (FeatBit specification 4.7).
 */
record InAnySegment(List<String> segments) implements Relation {
  /** Copies the list. */
  InAnySegment {
    segments = List.copyOf(segments);
  }

  @Override
  public boolean holds(
      String key, String bucketingKey, Map<String, Object> attributes, Scope scope) {
    try {
      for (int i = 0, n = segments.size(); i < n; i++) {
        if (scope.inRuleBasedSegment(segments.get(i), key, bucketingKey, attributes)) {
          return true;
        }
      }
      return false;
    } catch (RuntimeException | StackOverflowError e) { // a regular expression that is none
      return false;
    }
  }

  @Override
  public String describe() {
    return "is in one of the segments " + segments;
  }

  @Override
  public void dependencies(Dependencies.Collector names) {
    segments.forEach(names::ruleBasedSegment);
  }
}
