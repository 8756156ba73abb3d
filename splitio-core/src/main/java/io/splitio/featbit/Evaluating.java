package io.splitio.featbit;

import io.splitio.api.Evaluation;
import io.splitio.api.Evaluation.Variation;
import io.splitio.client.Decisions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes typed details of decisions, and records those that are used.
 *
 * @param decisions what is decided
 * @param told whether it is recorded
 */
record Evaluating(Decisions decisions, boolean told) {
  private static final String NO_KEY = "flag key unknown";
  private static final String NO_NAME = "flag name unknown";

  /** The same without a trace. */
  Evaluating untold() {
    return new Evaluating(decisions, false);
  }

  /** What a flag serves a user. */
  <T> EvalDetail<T> detail(
      Kind<T> kind, @Nullable String key, @Nullable FeatBitUser user, @Nullable T defaultValue) {
    if (user == null || key == null) {
      return undecided(kind, key, decisions.decide(null, key, Map.of()), defaultValue);
    }
    Evaluation decision = decisions.decide(user.key(), key, user.attributes());
    return used(kind, key, user, decision, defaultValue);
  }

  /** What was decided for a user, now that it is used. */
  <T> EvalDetail<T> used(
      Kind<T> kind, String key, FeatBitUser user, Evaluation decision, @Nullable T defaultValue) {
    Variation variation = decision.variation();
    if (variation == null) {
      return undecided(kind, key, decision, defaultValue);
    }
    T value = kind.of(variation.type(), decision.treatment());
    if (value == null) {
      return new EvalDetail<>(
          preferred(kind, key, defaultValue), Reason.WRONG_TYPE, key, variation.flagName(), true);
    }
    if (told) {
      decisions.record(user.key(), key, decision, user.attributes());
    }
    return new EvalDetail<>(
        value, String.valueOf(decision.label()), key, variation.flagName(), false);
  }

  private <T> EvalDetail<T> undecided(
      Kind<T> kind, @Nullable String key, Evaluation decision, @Nullable T defaultValue) {
    return absent(kind, key, Reason.of(decision), defaultValue);
  }

  /** No decision on a flag. */
  <T> EvalDetail<T> absent(
      Kind<T> kind, @Nullable String key, String reason, @Nullable T defaultValue) {
    return new EvalDetail<>(
        preferred(kind, key, defaultValue),
        reason,
        key == null || key.isBlank() ? NO_KEY : key,
        NO_NAME,
        true);
  }

  /** The default that is configured for that very flag wins over the caller's. */
  private <T> @Nullable T preferred(Kind<T> kind, @Nullable String key, @Nullable T defaultValue) {
    String text = decisions.fallback(key);
    T configured = text == null ? null : kind.of(text);
    return configured == null ? defaultValue : configured;
  }
}
