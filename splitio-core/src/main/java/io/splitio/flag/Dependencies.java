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
  public static final class Collector {
    private final Set<String> flags = new LinkedHashSet<>();
    private final Set<String> segments = new LinkedHashSet<>();
    private final Set<String> ruleBasedSegments = new LinkedHashSet<>();

    private Collector() {}

    /** Another flag is needed. */
    public void flag(String name) {
      flags.add(name);
    }

    /** A segment is needed. */
    public void segment(String name) {
      segments.add(name);
    }

    /** A rule-based segment is needed. */
    public void ruleBasedSegment(String name) {
      ruleBasedSegments.add(name);
    }

    private boolean isEmpty() {
      return flags.isEmpty() && segments.isEmpty() && ruleBasedSegments.isEmpty();
    }
  }
}
