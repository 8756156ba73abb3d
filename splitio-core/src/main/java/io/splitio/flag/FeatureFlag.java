package io.splitio.flag;

import io.splitio.api.Evaluation;
import io.splitio.api.SplitResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A compiled feature flag: immutable, and ready to evaluate.
 *
 * @param name its name
 * @param trafficType what its keys stand for, or null
 * @param killed whether everybody gets the default treatment
 * @param defaultTreatment what is served when no rule decides
 * @param changeNumber its version
 * @param allocation whom percentage rules are for
 * @param prerequisites what other flags must serve for the rules to be looked at
 * @param conditions its rules, in order
 * @param configs the configurations of its treatments
 * @param sets the flag sets it belongs to
 * @param impressionsDisabled whether its impressions are only counted
 * @param outcomes what it serves when no condition decides
 * @param dependencies the names it needs
 */
public record FeatureFlag(
    String name,
    @Nullable String trafficType,
    boolean killed,
    String defaultTreatment,
    long changeNumber,
    Allocation allocation,
    List<Relation.InTreatment> prerequisites,
    List<Condition> conditions,
    Map<String, String> configs,
    Set<String> sets,
    boolean impressionsDisabled,
    Outcomes outcomes,
    Dependencies dependencies) {

  /** Copies the collections. */
  public FeatureFlag {
    prerequisites = List.copyOf(prerequisites);
    conditions = List.copyOf(conditions);
    configs = Map.copyOf(configs);
    sets = Set.copyOf(sets);
  }

  /**
   * The outcomes that do not depend on a condition.
   *
   * @param killed for everybody, when the flag is killed
   * @param prerequisitesNotMet when another flag does not serve what is required
   * @param notInSplit outside the traffic allocation
   * @param defaultRule when no condition matches
   */
  public record Outcomes(
      Evaluation killed,
      Evaluation prerequisitesNotMet,
      Evaluation notInSplit,
      Evaluation defaultRule) {

    private static Outcomes of(SplitResult result, @Nullable Evaluation killed, Long changeNumber) {
      return new Outcomes(
          killed == null ? new Evaluation(result, Labels.KILLED, changeNumber) : killed,
          new Evaluation(result, Labels.PREREQUISITES_NOT_MET, changeNumber),
          new Evaluation(result, Labels.NOT_IN_SPLIT, changeNumber),
          new Evaluation(result, Labels.DEFAULT_RULE, changeNumber));
    }
  }

  /**
   * Starts the compilation of a flag: a traffic allocation of 100, no rules, the default treatment
   * control.
   */
  public static Builder named(String name) {
    return new Builder(name);
  }

  /** The flag once it is killed: everybody gets a treatment, which becomes its default. */
  public FeatureFlag killed(String treatment, long newChangeNumber) {
    return named(name)
        .trafficType(trafficType)
        .killed(true)
        .defaultTreatment(treatment)
        .changeNumber(newChangeNumber)
        .allocation(allocation)
        .prerequisites(prerequisites)
        .conditions(conditions)
        .configs(configs)
        .sets(sets)
        .impressionsDisabled(impressionsDisabled)
        .build();
  }

  /** Collects the parts of a flag, whose outcomes are made when it is built. */
  public static final class Builder {
    private static final int FEW = 16;

    private final String name;
    private @Nullable String trafficType;
    private boolean killed;
    private String defaultTreatment = Evaluation.CONTROL;
    private Long changeNumber = 0L; // one object for all outcomes
    private final List<SplitResult> results = new ArrayList<>(4); // to be shared by outcomes
    private Allocation allocation = new Allocation(100, Hashing.MURMUR3, 0);
    private List<Relation.InTreatment> prerequisites = List.of();
    private List<Condition> conditions = List.of();
    private Map<String, String> configs = Map.of();
    private Set<String> sets = Set.of();
    private boolean impressionsDisabled;
    private @Nullable Evaluation whenKilled;

    private Builder(String name) {
      this.name = name;
    }

    /** Sets what keys stand for. */
    public Builder trafficType(@Nullable String type) {
      trafficType = type;
      return this;
    }

    /** Sets whether everybody gets the default treatment. */
    public Builder killed(boolean isKilled) {
      killed = isKilled;
      return this;
    }

    /** Sets what is served when no rule decides. */
    public Builder defaultTreatment(String treatment) {
      defaultTreatment = treatment;
      return this;
    }

    /** Sets the version. */
    public Builder changeNumber(long number) {
      changeNumber = number;
      return this;
    }

    /** Sets whom percentage rules are for. */
    public Builder allocation(Allocation whom) {
      allocation = whom;
      return this;
    }

    /** Sets what other flags must serve. */
    public Builder prerequisites(List<Relation.InTreatment> all) {
      prerequisites = all;
      return this;
    }

    /** Sets the rules. */
    public Builder conditions(List<Condition> inOrder) {
      conditions = inOrder;
      return this;
    }

    /** Sets the configurations of treatments. */
    public Builder configs(Map<String, String> byTreatment) {
      configs = byTreatment;
      results.clear();
      return this;
    }

    /** Sets the flag sets it belongs to. */
    public Builder sets(Set<String> names) {
      sets = names;
      return this;
    }

    /** Sets whether impressions are only counted. */
    public Builder impressionsDisabled(boolean disabled) {
      impressionsDisabled = disabled;
      return this;
    }

    /** Sets what is served when it is killed, if that is more than its default treatment. */
    public Builder whenKilled(Evaluation outcome) {
      whenKilled = outcome;
      return this;
    }

    /** An outcome of this flag; the version and the configurations must be set before. */
    public Evaluation outcome(String treatment, @Nullable String label) {
      return new Evaluation(result(treatment), label, changeNumber);
    }

    private SplitResult result(String treatment) {
      for (SplitResult known : results) {
        if (known.treatment().equals(treatment)) {
          return known;
        }
      }
      SplitResult made = new SplitResult(treatment, configs.get(treatment));
      if (results.size() < FEW) {
        results.add(made);
      }
      return made;
    }

    /** The compiled flag. */
    public FeatureFlag build() {
      return new FeatureFlag(
          name,
          trafficType,
          killed,
          defaultTreatment,
          changeNumber,
          allocation,
          prerequisites,
          conditions,
          configs,
          sets,
          impressionsDisabled,
          Outcomes.of(result(defaultTreatment), whenKilled, changeNumber),
          Dependencies.of(prerequisites, conditions));
    }
  }
}
