package io.splitio.engine;

import io.splitio.api.Evaluation;
import io.splitio.api.Explanation;
import io.splitio.api.Explanation.Kind;
import io.splitio.api.Explanation.Step;
import io.splitio.api.Key;
import io.splitio.flag.FeatureFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Evaluates a flag again, slowly, and writes down what it sees. Nobody is told of mishaps.
 *
 * <p>The decision is an evaluator's own; the steps are those of a {@link Trace}, which makes a
 * decision too. That both agree is a test; should they ever not, because an attribute answers
 * differently each time it is asked, then there are no steps rather than steps that contradict the
 * decision.
 */
public final class Explainer {
  private final Fallbacks fallbacks;
  private final Evaluator evaluator;

  /** An explainer of what is decided with the given fallbacks. */
  public Explainer(Fallbacks fallbacks) {
    this.fallbacks = fallbacks;
    this.evaluator = new Evaluator(fallbacks, Mishaps.ignored());
  }

  /** How a flag decides for a key. */
  public Explanation explain(
      Snapshot snapshot, String name, Key key, Map<String, Object> attributes) {
    FeatureFlag flag = snapshot.flag(name);
    if (flag == null) {
      Step unknown = Step.deciding(Kind.LOOKUP, "no flag of this name in this environment");
      return explanation(name, key, fallbacks.missing(name), List.of(unknown));
    }
    Evaluation evaluation = evaluator.evaluate(snapshot, flag, key, attributes);
    List<Step> steps = new ArrayList<>();
    Evaluator.Path path = evaluator.path(snapshot).enter(flag);
    Evaluation traced =
        new Trace(key.matchingKey(), Evaluator.bucketingKey(key), attributes, path, fallbacks)
            .flag(flag, steps);
    return explanation(
        name, key, evaluation, traced.equals(evaluation) ? steps : List.of(unsteady()));
  }

  private static Step unsteady() {
    return Step.deciding(
        Kind.ERROR, "cannot be followed: an attribute answers differently each time it is asked");
  }

  private static Explanation explanation(
      String flag, Key key, Evaluation evaluation, List<Step> steps) {
    return new Explanation(flag, key.matchingKey(), key.bucketingKey(), evaluation, steps);
  }
}
