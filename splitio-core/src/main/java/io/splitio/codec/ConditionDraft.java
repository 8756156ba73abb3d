package io.splitio.codec;

import io.splitio.api.DateUnit;
import io.splitio.api.Evaluation;
import io.splitio.api.SplitResult;
import io.splitio.flag.Condition;
import io.splitio.flag.Criterion;
import io.splitio.flag.FeatureFlag;
import io.splitio.flag.Hashing;
import io.splitio.flag.Labels;
import io.splitio.flag.Rollout;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A condition as it was delivered, before it is compiled. */
final class ConditionDraft {
  private static final Rollout MEMBERSHIP =
      new Rollout.Everyone(new Evaluation(new SplitResult(Evaluation.CONTROL, null), null, null));

  Condition.Type type = Condition.Type.WHITELIST;
  @Nullable String label;
  @Nullable String combiner;
  @Nullable List<MatcherDraft> matchers;
  final List<Share> shares = new ArrayList<>(2);

  /** A partition; the treatment is null when none was delivered. */
  record Share(@Nullable String treatment, int size) {}

  /** How a flag's conditions share keys out. */
  record Bucketing(Hashing hashing, int seed) {}

  /** A percentage rule for all keys. */
  static ConditionDraft forAllKeys(String label, List<Share> shares) {
    ConditionDraft draft = new ConditionDraft();
    draft.type = Condition.Type.ROLLOUT;
    draft.label = label;
    draft.combiner = "AND";
    draft.matchers = List.of(MatcherDraft.allKeys());
    draft.shares.addAll(shares);
    return draft;
  }

  /** Stands for all conditions of a definition that this SDK cannot decide. */
  static ConditionDraft unsupported() {
    return forAllKeys(Labels.UNSUPPORTED, List.of(new Share(Evaluation.CONTROL, 100)));
  }

  /** What this SDK does not support of it, in words, or null. */
  @Nullable String unsupportedPart() {
    if (matchers == null) {
      return null;
    }
    if (matchers.isEmpty()) {
      return "a condition without matchers";
    }
    for (MatcherDraft matcher : matchers) {
      if (!matcher.isSupported()) {
        return "matcherType " + matcher.type;
      }
    }
    return null;
  }

  /** Whether its first matcher is for all keys. */
  boolean isForAllKeys() {
    return matchers != null
        && !matchers.isEmpty()
        && MatcherDraft.ALL_KEYS.equals(matchers.get(0).type);
  }

  /** A rule of a flag, whose version and configurations are known. */
  Condition compile(FeatureFlag.Builder flag, Bucketing bucketing, DateUnit dateUnit) {
    List<Rollout.Share> compiled = new ArrayList<>(shares.size());
    for (Share share : shares) {
      if (share.treatment == null) {
        throw new IllegalArgumentException("a partition has no treatment");
      }
      compiled.add(new Rollout.Share(flag.outcome(share.treatment, label), share.size));
    }
    Evaluation rest = flag.outcome(Evaluation.CONTROL, label);
    return new Condition(
        type,
        label,
        criteria(dateUnit),
        Rollout.of(bucketing.hashing, bucketing.seed, compiled, rest));
  }

  /** A rule of a rule-based segment. */
  Condition compile(DateUnit dateUnit) {
    return new Condition(type, label, criteria(dateUnit), MEMBERSHIP);
  }

  private List<Criterion> criteria(DateUnit dateUnit) {
    if (matchers == null) {
      throw new IllegalArgumentException("a condition has no matcherGroup.matchers");
    }
    List<Criterion> criteria = new ArrayList<>(matchers.size());
    for (MatcherDraft matcher : matchers) {
      criteria.add(matcher.compile(dateUnit));
    }
    return "AND".equals(combiner)
        ? criteria
        : List.of(new Criterion.Unanswerable("the combiner is " + combiner + ", not AND"));
  }
}
