package io.splitio.codec;

import io.splitio.api.DateUnit;
import io.splitio.flag.Condition;
import io.splitio.flag.Relation;
import io.splitio.flag.RuleBasedSegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A rule-based segment as it was delivered, before it is compiled. */
final class RuleBasedSegmentDraft implements Draft<RuleBasedSegment> {
  final Identity identity = new Identity();
  Set<String> excludedKeys = Set.of();
  List<Relation> excluded = List.of();
  @Nullable List<ConditionDraft> conditions;
  @Nullable String ignored; // what excludes nobody, as it is not known

  @Override
  public Identity identity() {
    return identity;
  }

  @Override
  public @Nullable String unsupportedPart() {
    String part = FlagDraft.unsupportedPart(conditions);
    return part == null ? ignored : part;
  }

  @Override
  public RuleBasedSegment compile(String name, DateUnit dateUnit) {
    return RuleBasedSegment.of(
        name, identity.changeNumber, excludedKeys, excluded, compiled(dateUnit));
  }

  private List<Condition> compiled(DateUnit dateUnit) {
    if (conditions == null) {
      throw new IllegalArgumentException("it has no conditions; an empty list would be valid");
    }
    if (FlagDraft.unsupportedPart(conditions) != null) {
      return List.of(ConditionDraft.unsupported().compile(dateUnit));
    }
    List<Condition> compiled = new ArrayList<>(conditions.size());
    for (ConditionDraft condition : conditions) {
      compiled.add(condition.compile(dateUnit));
    }
    return compiled;
  }
}
