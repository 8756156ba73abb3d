package io.splitio.client;

import io.splitio.api.Evaluation;
import io.splitio.api.Explanation;
import io.splitio.api.Explanation.Kind;
import io.splitio.api.Explanation.Step;
import io.splitio.api.Key;
import io.splitio.engine.Evaluator;
import io.splitio.engine.Explainer;
import io.splitio.engine.Failures;
import io.splitio.engine.Fallbacks;
import io.splitio.engine.Mishaps;
import io.splitio.engine.Snapshot;
import io.splitio.engine.UnavailableException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers questions that leave no trace: about every flag at once, and about how one decides.
 * Nothing is recorded or counted, and nothing is logged above debug level but a failure that the
 * answer does not show.
 */
final class Diagnostics {
  private static final Logger log = LoggerFactory.getLogger("splitio.evaluate");

  private final Readiness readiness;
  private final Fallbacks fallbacks;
  private final Evaluator evaluator;
  private final Explainer explainer;
  private final InputCheck failures;
  private final InputCheck ofAll = new InputCheck(Troubles.whispered(), "evaluateAll");
  private final InputCheck ofOne;

  Diagnostics(Questions questions, Readiness readiness, Fallbacks fallbacks) {
    this.readiness = readiness;
    this.fallbacks = fallbacks;
    this.evaluator = new Evaluator(fallbacks, Mishaps.ignored());
    this.explainer = new Explainer(fallbacks);
    this.failures = questions.check("evaluateAll");
    this.ofOne = new InputCheck(Troubles.whispered(), "explain", questions::isFlagName);
  }

  /** Whether the instance and the key allow answers about all flags. */
  boolean areAnswered(@Nullable Key key) {
    return !readiness.isDestroyed() && ofAll.isKey(key);
  }

  /** Every flag. */
  Map<String, Evaluation> all(
      Snapshot snapshot, Key key, @Nullable Map<String, Object> attributes) {
    Map<String, Object> seen = Answers.given(attributes);
    Map<String, Evaluation> answers = new HashMap<>();
    snapshot.forEachFlag(
        flag -> answers.put(flag.name(), evaluator.evaluate(snapshot, flag, key, seen)));
    return answers;
  }

  Map<String, Evaluation> failedForAll(Throwable cause) {
    Failures.rethrowIfFatal(cause);
    failures.failed(cause);
    return new HashMap<>();
  }

  /** The name of the flag to explain, or null when it cannot be. */
  @Nullable String flag(@Nullable Key key, @Nullable String flag) {
    return readiness.isDestroyed() || !ofOne.isKey(key) ? null : ofOne.flagName(flag);
  }

  /** How one flag decides. */
  Explanation explain(
      Snapshot snapshot, Key key, String name, @Nullable Map<String, Object> attributes) {
    try {
      if (snapshot.flag(name) == null && !readiness.isReady()) {
        return because(
            "the SDK is not ready and the flag is not known yet",
            key,
            name,
            fallbacks.notReady(name));
      }
      return explainer.explain(snapshot, name, key, Answers.given(attributes));
    } catch (UnavailableException missing) { // an evaluation answers the same
      return because(
          "what decides could not be had: " + missing.getMessage(),
          key,
          name,
          fallbacks.failed(name, null));
    }
  }

  /** Why there is nothing to explain. */
  Explanation refused(@Nullable Key key, @Nullable String flag) {
    return because(reason(key), key, flag, fallbacks.refused(flag));
  }

  private String reason(@Nullable Key key) {
    if (readiness.isDestroyed()) {
      return "the SDK is destroyed";
    }
    return ofOne.isKey(key)
        ? "the flag name is not valid"
        : "the key is not valid; each of its parts must have 1 to 250 characters";
  }

  Explanation failed(@Nullable Key key, @Nullable String flag, Throwable cause) {
    Failures.rethrowIfFatal(cause);
    log.debug("explain failed", cause);
    return because(
        "the definitions could not be had: " + cause.getClass().getName(),
        key,
        flag,
        fallbacks.refused(flag));
  }

  private static Explanation because(
      String reason, @Nullable Key key, @Nullable String flag, Evaluation evaluation) {
    String matchingKey = key == null ? null : key.matchingKey();
    return new Explanation(
        flag == null ? "" : flag,
        matchingKey == null ? "" : matchingKey,
        key == null ? null : key.bucketingKey(),
        evaluation,
        List.of(Step.deciding(Kind.QUESTION, reason)));
  }
}
