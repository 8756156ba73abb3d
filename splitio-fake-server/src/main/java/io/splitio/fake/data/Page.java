package io.splitio.fake.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Definitions and the change number that one who has them is at.
 *
 * @param till the change number reached
 * @param definitions oldest change first
 */
public record Page(long till, List<Definition> definitions) {
  /** Copies the list. */
  public Page {
    definitions = List.copyOf(definitions);
  }

  /**
   * What changed after {@code since}, at most {@code limit} definitions of it; only what is or was
   * in one of {@code sets}, unless that is empty. Who asks from -1 hears of nothing archived.
   */
  public Page since(long since, Set<String> sets, int limit) {
    List<Definition> changed = new ArrayList<>();
    for (Definition definition : definitions) {
      if (definition.changeNumber() > since && concerns(definition, since, sets)) {
        if (changed.size() == limit) {
          return new Page(changed.get(limit - 1).changeNumber(), changed);
        }
        changed.add(definition);
      }
    }
    return new Page(Math.max(since, till), changed);
  }

  private static boolean concerns(Definition definition, long since, Set<String> sets) {
    if (since < 0) {
      return definition.active() && (sets.isEmpty() || meet(definition.currentSets(), sets));
    }
    return sets.isEmpty() || meet(definition.sets(), sets);
  }

  private static boolean meet(Set<String> some, Set<String> others) {
    return some.stream().anyMatch(others::contains);
  }
}
