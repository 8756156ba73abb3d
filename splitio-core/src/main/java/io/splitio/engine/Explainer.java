package io.splitio.engine;

import io.splitio.api.Evaluation;
import io.splitio.api.Explanation;
import io.splitio.api.Explanation.Check;
import io.splitio.api.Explanation.Kind;
import io.splitio.api.Explanation.Step;
import io.splitio.api.Key;
import io.splitio.flag.Allocation;
import io.splitio.flag.Condition;
import io.splitio.flag.Criterion;
import io.splitio.flag.FeatureFlag;
import io.splitio.flag.Relation;
import io.splitio.flag.RuleBasedSegment;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates a flag again, slowly, and writes down what it sees.
 *
 * <p>The decision is the evaluator's own; the steps come from asking the same compiled criteria and
 * rollouts one by one in the order of the specification. That both agree is a test.
 */
public final class Explainer {
  private final Evaluator evaluator;

  /** An explainer of an evaluator's decisions. */
  public Explainer(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  /** How a flag decides for a key. */
  public Explanation explain(
      Snapshot snapshot, String name, Key key, Map<String, Object> attributes) {
    FeatureFlag flag = snapshot.flag(name);
    if (flag == null) {
      Step unknown =
          new Step(Kind.LOOKUP, "no flag of this name in this environment", true, null, List.of());
      return explanation(name, key, evaluator.missing(name), List.of(unknown));
    }
    String bucketingKey = key.bucketingKey() == null ? key.matchingKey() : key.bucketingKey();
    Evaluation evaluation =
        evaluator.evaluate(snapshot, flag, key.matchingKey(), bucketingKey, attributes);
    Evaluator.Path path = evaluator.path(snapshot).enter(flag);
    List<Step> steps = new Trace(key.matchingKey(), bucketingKey, attributes, path).flag(flag);
    return explanation(name, key, evaluation, steps);
  }

  private static Explanation explanation(
      String flag, Key key, Evaluation evaluation, List<Step> steps) {
    return new Explanation(flag, key.matchingKey(), key.bucketingKey(), evaluation, steps);
  }

  /** Follows one key along a path of definitions. */
  private record Trace(
      String key, String bucketingKey, Map<String, Object> attributes, Evaluator.Path path) {
    private static final int LONGEST_VALUE = 256;
    private static final int LONGEST_NUMBER = 10_000; // longer ones take too long to write out

    private Trace enter(Object definition) {
      return new Trace(key, bucketingKey, attributes, path.enter(definition));
    }

    /** The steps of a flag; an error ends them. */
    private List<Step> flag(FeatureFlag flag) {
      List<Step> steps = new ArrayList<>();
      try {
        decide(flag, steps);
      } catch (Throwable cause) {
        Failures.rethrowIfFatal(cause);
        steps.add(step(Kind.ERROR, "the evaluation failed: " + text(cause), true));
      }
      return steps;
    }

    private void decide(FeatureFlag flag, List<Step> steps) {
      if (flag.killed()) {
        steps.add(step(Kind.KILLED, "the flag is killed and serves its default treatment", true));
        return;
      }
      if (!prerequisitesMet(flag, steps)) {
        return;
      }
      boolean admitted = false;
      for (int i = 0; i < flag.conditions().size(); i++) {
        Condition condition = flag.conditions().get(i);
        if (!admitted && condition.type() == Condition.Type.ROLLOUT) {
          admitted = true;
          if (!admits(flag.allocation(), steps)) {
            return;
          }
        }
        if (matches(condition, i + 1, steps)) {
          return;
        }
      }
      String treatment = flag.defaultTreatment();
      steps.add(
          step(
              Kind.DEFAULT_RULE,
              "no condition matched; the default treatment is " + treatment,
              true));
    }

    private boolean prerequisitesMet(FeatureFlag flag, List<Step> steps) {
      for (Relation.InTreatment required : flag.prerequisites()) {
        Check check = check(required, false);
        String met = check.matched() ? "met" : "not met; the flag serves its default treatment";
        steps.add(
            new Step(
                Kind.PREREQUISITE,
                "flag " + required.flag() + ": " + met,
                !check.matched(),
                null,
                List.of(check)));
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
      boolean admitted = bucket <= allocation.percent();
      String words =
          "bucket "
              + bucket
              + (admitted ? " is within " : " is beyond ")
              + allocation.percent()
              + " %";
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
      int bucket = condition.rollout().bucket(bucketingKey);
      String treatment = condition.rollout().pick(bucketingKey).treatment();
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
          value == null ? null : text(value),
          criterion.negated(),
          matched,
          List.of());
    }

    private Check check(Relation relation, boolean negated) {
      boolean matched = relation.holds(key, bucketingKey, attributes, path) != negated;
      return new Check(relation.describe(), null, text(key), negated, matched, nested(relation));
    }

    /**
     * How the definition that was asked came to its answer; nothing when it is unknown or leads
     * back here.
     */
    private List<Step> nested(Relation relation) {
      if (relation instanceof Relation.InTreatment asked) {
        FeatureFlag flag = path.snapshot().flag(asked.flag());
        return flag == null || !path.isOpenFor(flag) ? List.of() : enter(flag).flag(flag);
      }
      if (relation instanceof Relation.InRuleBasedSegment asked) {
        RuleBasedSegment segment = path.snapshot().ruleBasedSegment(asked.segment());
        return segment == null || !path.isOpenFor(segment)
            ? List.of()
            : enter(segment).segment(segment);
      }
      return List.of();
    }

    private List<Step> segment(RuleBasedSegment segment) {
      List<Step> steps = new ArrayList<>();
      if (segment.excludedKeys().contains(key)) {
        steps.add(step(Kind.EXCLUSION, "the key is excluded", true));
        return steps;
      }
      for (Relation excluded : segment.excluded()) {
        Check check = check(excluded, false);
        String words =
            check.matched() ? "the key is in an excluded segment" : "not in this excluded segment";
        steps.add(new Step(Kind.EXCLUSION, words, check.matched(), null, List.of(check)));
        if (check.matched()) {
          return steps;
        }
      }
      for (int i = 0; i < segment.conditions().size(); i++) {
        List<Check> checks = new ArrayList<>();
        boolean met = meets(segment.conditions().get(i), checks);
        String words =
            "condition " + (i + 1) + (met ? " makes the key a member" : " does not match");
        steps.add(new Step(Kind.CONDITION, words, met, null, checks));
        if (met) {
          return steps;
        }
      }
      steps.add(step(Kind.DEFAULT_RULE, "no condition makes the key a member", true));
      return steps;
    }

    private static Step step(Kind kind, String description, boolean decided) {
      return new Step(kind, description, decided, null, List.of());
    }

    private static String text(@Nullable Object value) {
      String text = said(value);
      return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
    }

    private static int bits(@Nullable Object value) {
      if (value instanceof BigDecimal decimal) {
        return decimal.unscaledValue().bitLength();
      }
      return value instanceof BigInteger integer ? integer.bitLength() : 0;
    }

    /** What an object says of itself; one that cannot must not spoil the explanation. */
    private static String said(@Nullable Object value) {
      try {
        int bits = bits(value);
        if (bits > LONGEST_NUMBER) {
          return "a number of " + bits + " bits";
        }
        String text = String.valueOf(value);
        return text == null ? "null" : text; // a toString() may answer null
      } catch (Throwable cause) {
        Failures.rethrowIfFatal(cause);
        return "something whose toString() fails with " + cause.getClass().getName();
      }
    }
  }
}
