package io.splitio.fake.data;

import io.splitio.fake.json.Json;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One version of a feature flag or rule-based segment.
 *
 * @param name what it is called
 * @param changeNumber the number of this version
 * @param active false once it is archived
 * @param sets the flag sets that this or an earlier version belonged to
 * @param currentSets the flag sets of this version
 * @param json the definition as it is sent
 */
public record Definition(
    String name,
    long changeNumber,
    boolean active,
    Set<String> sets,
    Set<String> currentSets,
    String json) {

  /** Copies the sets. */
  public Definition {
    sets = Set.copyOf(sets);
    currentSets = Set.copyOf(currentSets);
  }

  static Definition of(Map<String, ?> fields, long changeNumber, Set<String> earlierSets) {
    Set<String> current = setsOf(fields);
    Set<String> all = new LinkedHashSet<>(earlierSets);
    all.addAll(current);
    return new Definition(
        Definitions.nameOf(fields),
        changeNumber,
        "ACTIVE".equals(fields.get("status")),
        all,
        current,
        Json.write(fields));
  }

  private static Set<String> setsOf(Map<String, ?> fields) {
    Set<String> sets = new LinkedHashSet<>();
    if (fields.get("sets") instanceof List<?> names) {
      names.forEach(name -> sets.add(String.valueOf(name)));
    }
    return sets;
  }
}
