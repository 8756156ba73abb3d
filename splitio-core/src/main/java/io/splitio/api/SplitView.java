package io.splitio.api;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A feature flag as the manager shows it.
 *
 * @param name the flag's name
 * @param trafficType what its keys stand for, such as {@code user}; null when the definition does
 *     not say
 * @param killed whether it serves its default treatment to everyone
 * @param treatments every treatment it can serve, in order of first appearance, the default
 *     treatment last
 * @param changeNumber its version
 * @param configs the configurations of its treatments
 * @param sets the flag sets it belongs to
 * @param defaultTreatment what it serves when no rule decides
 * @param impressionsDisabled whether its impressions are only counted
 * @param prerequisites what other flags must serve for its rules to be looked at
 */
public record SplitView(
    String name,
    @Nullable String trafficType,
    boolean killed,
    List<String> treatments,
    long changeNumber,
    Map<String, String> configs,
    Set<String> sets,
    String defaultTreatment,
    boolean impressionsDisabled,
    List<Prerequisite> prerequisites) {

  /** Copies the collections. */
  public SplitView {
    treatments = List.copyOf(treatments);
    configs = Map.copyOf(configs);
    sets = Set.copyOf(sets);
    prerequisites = List.copyOf(prerequisites);
  }

  /**
   * Another flag that must serve one of the given treatments.
   *
   * @param flag the other flag
   * @param treatments those that are accepted
   */
  public record Prerequisite(String flag, List<String> treatments) {
    /** Copies the list. */
    public Prerequisite {
      treatments = List.copyOf(treatments);
    }
  }
}
