package io.splitio.engine;

import io.splitio.flag.Dependencies;
import java.util.Collections;
import java.util.Set;

/** Completes sets of changed names with the names of all definitions that lead to them. */
final class Dependents {
  private final Snapshot snapshot;
  private final Set<String> flags;
  private final Set<String> ruleBased;
  private final Set<String> segments;
  private boolean grew;

  Dependents(Snapshot snapshot, Set<String> flags, Set<String> ruleBased, Set<String> segments) {
    this.snapshot = snapshot;
    this.flags = flags;
    this.ruleBased = ruleBased;
    this.segments = segments;
  }

  /**
   * Goes through the definitions until nothing is added: as often as the longest chain of
   * dependencies.
   */
  void complete() {
    do {
      grew = false;
      snapshot.forEachRuleBasedSegment(
          segment -> follow(segment.name(), segment.dependencies(), ruleBased));
      snapshot.forEachFlag(flag -> follow(flag.name(), flag.dependencies(), flags));
    } while (grew);
  }

  private void follow(String name, Dependencies needs, Set<String> changed) {
    if (!changed.contains(name) && touched(needs)) {
      changed.add(name);
      grew = true;
    }
  }

  private boolean touched(Dependencies needs) {
    return !Collections.disjoint(needs.flags(), flags)
        || !Collections.disjoint(needs.ruleBasedSegments(), ruleBased)
        || !Collections.disjoint(needs.segments(), segments);
  }
}
