package io.splitio.codec;

import io.splitio.api.DateUnit;
import io.splitio.codec.ConditionDraft.Bucketing;
import io.splitio.flag.Allocation;
import io.splitio.flag.Condition;
import io.splitio.flag.FeatureFlag;
import io.splitio.flag.Hashing;
import io.splitio.flag.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A feature flag as it was delivered, before it is compiled. */
final class FlagDraft implements Draft<FeatureFlag> {
  final Identity identity = new Identity();
  boolean killed;
  @Nullable String defaultTreatment;
  int algo;
  int seed;
  @Nullable Integer allocation;
  int allocationSeed;
  Map<String, String> configs = Map.of();
  Set<String> sets = Set.of();
  boolean impressionsDisabled;
  List<Relation.InTreatment> prerequisites = List.of();
  @Nullable List<ConditionDraft> conditions;

  @Override
  public Identity identity() {
    return identity;
  }

  @Override
  public @Nullable String unsupportedPart() {
    return unsupportedPart(conditions);
  }

  static @Nullable String unsupportedPart(@Nullable List<ConditionDraft> conditions) {
    if (conditions == null) {
      return null;
    }
    for (ConditionDraft condition : conditions) {
      String part = condition.unsupportedPart();
      if (part != null) {
        return part;
      }
    }
    return null;
  }

  @Override
  public FeatureFlag compile(String name, DateUnit dateUnit) {
    if (defaultTreatment == null) {
      throw new IllegalArgumentException("it has no defaultTreatment");
    }
    Hashing hashing = Hashing.of(algo);
    int percent = allocation == null ? 100 : allocation;
    FeatureFlag.Builder flag =
        FeatureFlag.named(name)
            .trafficType(identity.trafficType)
            .killed(killed)
            .defaultTreatment(defaultTreatment)
            .changeNumber(identity.changeNumber)
            .allocation(new Allocation(percent, hashing, allocationSeed))
            .configs(configs)
            .sets(sets)
            .impressionsDisabled(impressionsDisabled)
            .prerequisites(prerequisites);
    return flag.conditions(compiled(flag, new Bucketing(hashing, seed), dateUnit)).build();
  }

  private List<Condition> compiled(
      FeatureFlag.Builder flag, Bucketing bucketing, DateUnit dateUnit) {
    if (conditions == null) {
      throw new IllegalArgumentException("it has no conditions; an empty list would be valid");
    }
    if (unsupportedPart() != null) {
      return List.of(ConditionDraft.unsupported().compile(flag, bucketing, dateUnit));
    }
    List<Condition> compiled = new ArrayList<>(conditions.size());
    for (ConditionDraft condition : conditions) {
      compiled.add(condition.compile(flag, bucketing, dateUnit));
    }
    return compiled;
  }
}
