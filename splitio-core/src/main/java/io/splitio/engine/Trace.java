package io.splitio.engine;

import io.splitio.api.Evaluation;
import io.splitio.api.Explanation.Check;
import io.splitio.api.Explanation.Kind;
import io.splitio.api.Explanation.Step;
import io.splitio.flag.Allocation;
import io.splitio.flag.Condition;
import io.splitio.flag.Criterion;
import io.splitio.flag.FeatureFlag;
import io.splitio.flag.Relation;
import io.splitio.flag.RuleBasedSegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Follows one key along a path of definitions, as an {@link Evaluator} does, and writes down each
 * step.
 *
 * <p>A definition that another one asks about is followed once, and its answer is what the steps
 * say. So a trace enters as many definitions as the evaluation, in the same order, and where the
 * evaluation stops because there are too many of them, the trace stops too.
 *
 * @param key who is asking
 * @param bucketingKey decides buckets
 * @param attributes what the rules may look at
 * @param path the definitions that are being followed
 * @param fallbacks what flags serve that are not known or fail
 */
record Trace(
    String key,
    String bucketingKey,
    Map<String, Object> attributes,
    Evaluator.Path path,
    Fallbacks fallbacks) {

  private Trace enter(Object definition) {
    return new Trace(key, bucketingKey, attributes, path.enter(definition), fallbacks);
  }

  /** What a flag serves; an error ends its steps. */
  Evaluation flag(FeatureFlag flag, List<Step> steps) {
    try {
      return decide(flag, steps);
    } catch (Throwable cause) {
      Failures.rethrowIfFatal(cause);
      steps.add(Step.deciding(Kind.ERROR, "the evaluation failed: " + Seen.text(cause)));
      return fallbacks.failed(flag.name(), flag.changeNumber());
    }
  }

  private Evaluation decide(FeatureFlag flag, List<Step> steps) {
    if (flag.killed()) {
      steps.add(Step.deciding(Kind.KILLED, "the flag is killed and serves its default treatment"));
      return flag.outcomes().killed();
    }
    if (!prerequisitesMet(flag, steps)) {
      return flag.outcomes().prerequisitesNotMet();
    }
    boolean admitted = false;
    for (int i = 0; i < flag.conditions().size(); i++) {
      Condition condition = flag.conditions().get(i);
      if (!admitted && condition.type() == Condition.Type.ROLLOUT) {
        admitted = true;
        if (!admits(flag.allocation(), steps)) {
          return flag.outcomes().notInSplit();
        }
      }
      if (matches(condition, i + 1, steps)) {
        return condition.rollout().pick(bucketingKey, attributes);
      }
    }
    String words = "no condition matched; the default treatment is " + flag.defaultTreatment();
    steps.add(Step.deciding(Kind.DEFAULT_RULE, words));
    return flag.outcomes().defaultRule();
  }

  private boolean prerequisitesMet(FeatureFlag flag, List<Step> steps) {
    for (Relation.InTreatment required : flag.prerequisites()) {
      Check check = check(required, false);
      String met = check.matched() ? "met" : "not met; the flag serves its default treatment";
      String words = "flag " + required.flag() + ": " + met;
      steps.add(new Step(Kind.PREREQUISITE, words, !check.matched(), null, List.of(check)));
      if (!check.matched()) {
        return false;
      }
    }
    return true;
  }

  private boolean admits(Allocation allocation, List<Step> steps) {
    if (allocation.admitsAll()) {
      return true;
    }
    int bucket = allocation.bucket(bucketingKey);
    boolean admitted = allocation.admits(bucketingKey);
    String where = admitted ? " is within " : " is beyond ";
    String words = "bucket " + bucket + where + allocation.percent() + " %";
    steps.add(new Step(Kind.TRAFFIC_ALLOCATION, words, !admitted, bucket, List.of()));
    return admitted;
  }

  private boolean matches(Condition condition, int number, List<Step> steps) {
    List<Check> checks = new ArrayList<>();
    boolean matched = meets(condition, checks);
    String title =
        "condition " + number + (condition.label() == null ? "" : " (" + condition.label() + ")");
    if (!matched) {
      steps.add(new Step(Kind.CONDITION, title + " does not match", false, null, checks));
      return false;
    }
    int bucket = condition.rollout().bucket(bucketingKey, attributes);
    String treatment = condition.rollout().pick(bucketingKey, attributes).treatment();
    String words =
        title + " matches" + (bucket == 0 ? "" : ", bucket " + bucket) + ": " + treatment;
    steps.add(new Step(Kind.CONDITION, words, true, bucket == 0 ? null : bucket, checks));
    return true;
  }

  private boolean meets(Condition condition, List<Check> checks) {
    for (Criterion criterion : condition.criteria()) {
      Check check = check(criterion);
      checks.add(check);
      if (!check.matched()) {
        return false;
      }
    }
    return true;
  }

  private Check check(Criterion criterion) {
    if (criterion instanceof Criterion.OfRelation asked) {
      return check(asked.relation(), asked.negated());
    }
    String attribute = criterion.attribute();
    Object value = attribute == null ? key : attributes.get(attribute);
    boolean matched = criterion.holds(key, bucketingKey, attributes, path);
    return new Check(
        criterion.describe(),
        attribute,
        value == null ? null : Seen.text(value),
        criterion.negated(),
        matched,
        List.of());
  }

  private Check check(Relation relation, boolean negated) {
    List<Step> steps = new ArrayList<>();
    boolean matched = holds(relation, steps) != negated;
    return new Check(relation.describe(), null, Seen.text(key), negated, matched, steps);
  }

  /** Whether a relation holds, and how the definition that was asked came to its answer. */
  private boolean holds(Relation relation, List<Step> steps) {
    if (relation instanceof Relation.InTreatment asked) {
      return asked.treatments().contains(treatment(asked.flag(), steps));
    }
    if (relation instanceof Relation.InRuleBasedSegment asked) {
      return isMember(asked.segment(), steps);
    }
    return relation.holds(key, bucketingKey, attributes, path);
  }

  private String treatment(String name, List<Step> steps) {
    FeatureFlag flag = path.snapshot().flag(name);
    if (flag == null) {
      String treatment = fallbacks.missing(name).treatment();
      steps.add(unanswered("no flag of this name; it counts as " + treatment));
      return treatment;
    }
    if (!path.isOpenFor(flag)) {
      steps.add(unanswered(leadsBack(Evaluation.CONTROL)));
      return Evaluation.CONTROL;
    }
    return enter(flag).flag(flag, steps).treatment();
  }

  private boolean isMember(String name, List<Step> steps) {
    RuleBasedSegment segment = path.snapshot().ruleBasedSegment(name);
    if (segment == null) {
      steps.add(unanswered("no rule-based segment of this name; it has no members"));
      return false;
    }
    if (!path.isOpenFor(segment)) {
      steps.add(unanswered(leadsBack("no member")));
      return false;
    }
    return enter(segment).contains(segment, steps);
  }

  private static Step unanswered(String words) {
    return Step.deciding(Kind.LOOKUP, words);
  }

  private static String leadsBack(String answer) {
    return "leads back to itself, or to too many others; it counts as " + answer;
  }

  private boolean contains(RuleBasedSegment segment, List<Step> steps) {
    if (segment.excludedKeys().contains(key)) {
      steps.add(Step.deciding(Kind.EXCLUSION, "the key is excluded"));
      return false;
    }
    for (Relation excluded : segment.excluded()) {
      Check check = check(excluded, false);
      String words =
          check.matched() ? "the key is in an excluded segment" : "not in this excluded segment";
      steps.add(new Step(Kind.EXCLUSION, words, check.matched(), null, List.of(check)));
      if (check.matched()) {
        return false;
      }
    }
    return meetsAny(segment.conditions(), steps);
  }

  private boolean meetsAny(List<Condition> conditions, List<Step> steps) {
    for (int i = 0; i < conditions.size(); i++) {
      List<Check> checks = new ArrayList<>();
      boolean met = meets(conditions.get(i), checks);
      String words = "condition " + (i + 1) + (met ? " makes the key a member" : " does not match");
      steps.add(new Step(Kind.CONDITION, words, met, null, checks));
      if (met) {
        return true;
      }
    }
    steps.add(Step.deciding(Kind.DEFAULT_RULE, "no condition makes the key a member"));
    return false;
  }
}
