package io.splitio.flag;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The names a definition needs in order to be evaluated, found once, when it is compiled.
 *
 * @param flags other flags
 * @param segments segments
 * @param ruleBasedSegments rule-based segments
 */
public record Dependencies(Set<String> flags, Set<String> segments, Set<String> ruleBasedSegments) {
  private static final Dependencies NONE = new Dependencies(Set.of(), Set.of(), Set.of());

  /** Copies the sets. */
  public Dependencies {
    flags = Set.copyOf(flags);
    segments = Set.copyOf(segments);
    ruleBasedSegments = Set.copyOf(ruleBasedSegments);
  }

  static Dependencies of(List<? extends Relation> relations, List<Condition> conditions) {
    Collector names = new Collector();
    relations.forEach(relation -> relation.dependencies(names));
    conditions.forEach(
        condition -> condition.criteria().forEach(criterion -> criterion.dependencies(names)));
    return names.isEmpty()
        ? NONE
        : new Dependencies(names.flags, names.segments, names.ruleBasedSegments);
  }

  /**
   * Whether an evaluation leads to other flags or rule-based segments, and so may lead back to
   * itself.
   */
  public boolean nest() {
    return !flags.isEmpty() || !ruleBasedSegments.isEmpty();
  }

  /** Gathers names while a definition is compiled. */
  static final class Collector {
    final Set<String> flags = new LinkedHashSet<>();
    final Set<String> segments = new LinkedHashSet<>();
    final Set<String> ruleBasedSegments = new LinkedHashSet<>();

    private boolean isEmpty() {
      return flags.isEmpty() && segments.isEmpty() && ruleBasedSegments.isEmpty();
    }
  }
}
