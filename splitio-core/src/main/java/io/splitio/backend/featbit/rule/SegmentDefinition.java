package io.splitio.backend.featbit.rule;

import io.splitio.flag.Condition;
import io.splitio.flag.Criterion;
import io.splitio.flag.RuleBasedSegment;
import io.splitio.flag.StringMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A segment as FeatBit delivers it.
 *
 * @param id its id
 * @param version when it was changed last
 * @param included keys that belong to it
 * @param excluded keys that do not, whatever else is said
 * @param rules any of them makes a user a member
 */
public record SegmentDefinition(
    String id,
    long version,
    List<String> included,
    List<String> excluded,
    List<List<ConditionDefinition>> rules) {

  private static final NoVariation MEMBERSHIP = new NoVariation("a segment serves nothing");

  /** The segment in the common model: keys that are included are its first rule. */
  public RuleBasedSegment compile() {
    List<Condition> conditions = new ArrayList<>();
    if (!included.isEmpty()) {
      Criterion listed = new Criterion.OfKey(new StringMatcher.OneOf(included), false);
      conditions.add(condition("included", List.of(listed)));
    }
    for (List<ConditionDefinition> rule : rules) {
      conditions.add(condition("rule", Criteria.of(rule)));
    }
    return RuleBasedSegment.of(id, version, Set.copyOf(excluded), List.of(), conditions);
  }

  private static Condition condition(String label, List<Criterion> criteria) {
    return new Condition(Condition.Type.ROLLOUT, label, criteria, MEMBERSHIP);
  }
}
