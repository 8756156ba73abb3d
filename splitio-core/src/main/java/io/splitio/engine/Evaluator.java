package io.splitio.engine;

import io.splitio.api.Evaluation;
import io.splitio.api.Key;
import io.splitio.flag.Condition;
import io.splitio.flag.FeatureFlag;
import io.splitio.flag.Relation;
import io.splitio.flag.Relation.Scope;
import io.splitio.flag.RuleBasedSegment;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates flags for one key against one snapshot (evaluation specification 3.1). Never blocks or
 * logs, and throws nothing but what leaves the virtual machine unusable.
 *
 * <p>The hot path makes no object. A flag that leads to other flags is evaluated along a {@link
 * Path}, a list of the definitions that are being evaluated, which finds circles; one that does not
 * needs no path of its own, and all such evaluations of a snapshot share one.
 */
public final class Evaluator {
  /** How deep flags and rule-based segments may lead to others. */
  static final int MAX_DEPTH = 64;

  /** How many flags and rule-based segments one question may lead to, however they are arranged. */
  static final int MAX_NESTED = 10_000;

  private final Fallbacks fallbacks;
  private final Mishaps mishaps;

  private Path start; // any thread may replace it with an equally good one

  /** An evaluator that answers with the given fallbacks and tells of mishaps. */
  public Evaluator(Fallbacks fallbacks, Mishaps mishaps) {
    this.fallbacks = fallbacks;
    this.mishaps = mishaps;
    this.start = new Path(this, Snapshot.EMPTY);
  }

  /** What a flag of the snapshot serves. */
  public Evaluation evaluate(
      Snapshot snapshot, FeatureFlag flag, Key key, Map<String, Object> attributes) {
    Path path = path(snapshot);
    return evaluate(
        flag,
        key.matchingKey(),
        bucketingKey(key),
        attributes,
        flag.dependencies().nest() ? path.enter(flag) : path);
  }

  /** What is served in the place of a flag that could not be had, whose version is not known. */
  public Evaluation unavailable(String flag, UnavailableException cause) {
    mishaps.failed(flag, cause);
    return fallbacks.failed(flag, null);
  }

  /** Tells of a flag set whose flags could not be had. */
  public void unavailableSet(String set, UnavailableException cause) {
    mishaps.failed(set, cause);
  }

  /** The part of a key that decides buckets: the matching key, unless there is another. */
  static String bucketingKey(Key key) {
    String bucketingKey = key.bucketingKey();
    return bucketingKey == null ? key.matchingKey() : bucketingKey;
  }

  /** The empty path through a snapshot. */
  Path path(Snapshot snapshot) {
    Path path = start;
    if (path.snapshot != snapshot) {
      path = new Path(this, snapshot);
      start = path;
    }
    return path;
  }

  private Evaluation evaluate(
      FeatureFlag flag,
      String key,
      String bucketingKey,
      Map<String, Object> attributes,
      Scope scope) {
    try {
      return decide(flag, key, bucketingKey, attributes, scope);
    } catch (Throwable cause) {
      return failed(flag, cause);
    }
  }

  /**
   * What a flag serves that another one depends on. What could not be had is not for this one to
   * answer: to the other one, even control would be an answer.
   */
  private Evaluation nested(
      FeatureFlag flag,
      String key,
      String bucketingKey,
      Map<String, Object> attributes,
      Path path) {
    try {
      return decide(flag, key, bucketingKey, attributes, path);
    } catch (UnavailableException cause) {
      throw cause;
    } catch (Throwable cause) {
      return failed(flag, cause);
    }
  }

  private Evaluation failed(FeatureFlag flag, Throwable cause) {
    Failures.rethrowIfFatal(cause);
    mishaps.failed(flag.name(), cause);
    return fallbacks.failed(flag.name(), flag.changeNumber());
  }

  private static Evaluation decide(
      FeatureFlag flag,
      String key,
      String bucketingKey,
      Map<String, Object> attributes,
      Scope scope) {
    if (flag.killed()) {
      return flag.outcomes().killed();
    }
    List<Relation.InTreatment> prerequisites = flag.prerequisites();
    for (int i = 0, n = prerequisites.size(); i < n; i++) {
      if (!prerequisites.get(i).holds(key, bucketingKey, attributes, scope)) {
        return flag.outcomes().prerequisitesNotMet();
      }
    }
    boolean admitted = false;
    List<Condition> conditions = flag.conditions();
    for (int i = 0, n = conditions.size(); i < n; i++) {
      Condition condition = conditions.get(i);
      if (!admitted && condition.type() == Condition.Type.ROLLOUT) {
        if (!flag.allocation().admits(bucketingKey)) {
          return flag.outcomes().notInSplit();
        }
        admitted = true;
      }
      if (condition.matches(key, bucketingKey, attributes, scope)) {
        return condition.rollout().pick(bucketingKey, attributes);
      }
    }
    return flag.outcomes().defaultRule();
  }

  /**
   * The definitions under evaluation, from the innermost out. A definition that is on it already is
   * not entered.
   */
  static final class Path implements Scope {
    private static final int[] NONE = new int[1];

    private final Evaluator evaluator;
    private final Snapshot snapshot;
    private final @Nullable Path outer;
    private final @Nullable Object definition;
    private final int depth;
    private final int[] nested; // how many were entered so far on behalf of one question

    private Path(Evaluator evaluator, Snapshot snapshot) {
      this.evaluator = evaluator;
      this.snapshot = snapshot;
      this.outer = null;
      this.definition = null;
      this.depth = 0;
      this.nested = NONE;
    }

    private Path(Path outer, Object definition) {
      this.evaluator = outer.evaluator;
      this.snapshot = outer.snapshot;
      this.outer = outer;
      this.definition = definition;
      this.depth = outer.depth + 1;
      this.nested = outer.depth == 0 ? new int[1] : outer.nested;
      nested[0]++;
    }

    Path enter(Object inner) {
      return new Path(this, inner);
    }

    Snapshot snapshot() {
      return snapshot;
    }

    /**
     * Whether a definition may be entered: it is not on the path already, and the path is not too
     * long.
     */
    boolean isOpenFor(Object inner) {
      if (depth >= MAX_DEPTH || nested[0] >= MAX_NESTED) {
        return false;
      }
      for (Path path = this; path != null; path = path.outer) {
        if (path.definition == inner) {
          return false;
        }
      }
      return true;
    }

    private boolean admits(Object inner, String name) {
      boolean admits = isOpenFor(inner);
      if (!admits) {
        evaluator.mishaps.cycle(name);
      }
      return admits;
    }

    @Override
    public boolean inSegment(String segment, String key) {
      return snapshot.inSegment(segment, key);
    }

    @Override
    public boolean inRuleBasedSegment(
        String segment, String key, String bucketingKey, Map<String, Object> attributes) {
      RuleBasedSegment rules = snapshot.ruleBasedSegment(segment);
      return rules != null
          && admits(rules, segment)
          && rules.contains(key, bucketingKey, attributes, enter(rules));
    }

    @Override
    public String treatment(
        String name, String key, String bucketingKey, Map<String, Object> attributes) {
      FeatureFlag flag = snapshot.flag(name);
      if (flag == null) {
        return evaluator.fallbacks.missing(name).treatment();
      }
      if (!admits(flag, name)) {
        return Evaluation.CONTROL;
      }
      return evaluator.nested(flag, key, bucketingKey, attributes, enter(flag)).treatment();
    }
  }
}
