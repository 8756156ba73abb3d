package io.splitio.featbit;

import io.splitio.api.Evaluation;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What every flag serves one user, all of one moment. Asking for them sends nothing; each value
 * that is taken from here is told to FeatBit as served.
 */
public final class AllFlagStates {
  private final Evaluating evaluating;
  private final @Nullable FeatBitUser user;
  private final String reason;
  private final Map<String, Evaluation> decisions;

  AllFlagStates(
      Evaluating evaluating,
      @Nullable FeatBitUser user,
      String reason,
      Map<String, Evaluation> decisions) {
    this.evaluating = evaluating;
    this.user = user;
    this.reason = reason;
    this.decisions = Map.copyOf(decisions);
  }

  /** Whether flags could be evaluated. */
  public boolean success() {
    return reason.equals(Reason.OK);
  }

  /** {@code OK}, or why they could not. */
  public String reason() {
    return reason;
  }

  /** The keys of the flags. */
  public Set<String> keys() {
    return decisions.keySet();
  }

  /** The value of a flag as text, or the default. */
  public EvalDetail<String> get(@Nullable String key, @Nullable String defaultValue) {
    return detail(Kind.TEXT, key, defaultValue);
  }

  /** The value of a boolean flag, or the default. */
  public EvalDetail<Boolean> getBoolDetail(@Nullable String key, @Nullable Boolean defaultValue) {
    return detail(Kind.BOOLEAN, key, defaultValue);
  }

  /** The value of a number flag, cut off after the point, or the default. */
  public EvalDetail<Integer> getIntDetail(@Nullable String key, @Nullable Integer defaultValue) {
    return detail(Kind.INTEGER, key, defaultValue);
  }

  /** The same with more room. */
  public EvalDetail<Long> getLongDetail(@Nullable String key, @Nullable Long defaultValue) {
    return detail(Kind.LONG, key, defaultValue);
  }

  /** The value of a number flag, or the default. */
  public EvalDetail<Double> getDoubleDetail(@Nullable String key, @Nullable Double defaultValue) {
    return detail(Kind.DOUBLE, key, defaultValue);
  }

  /** The value of a JSON flag, read by the given reader, or the default. */
  public <T> EvalDetail<T> getJsonDetail(
      @Nullable String key, Function<String, @Nullable T> reader, @Nullable T defaultValue) {
    return detail(Kind.json(reader), key, defaultValue);
  }

  private <T> EvalDetail<T> detail(Kind<T> kind, @Nullable String key, @Nullable T defaultValue) {
    Evaluation decision = key == null ? null : decisions.get(key);
    return key == null || decision == null || user == null
        ? evaluating.absent(kind, key, success() ? Reason.FLAG_NOT_FOUND : reason, defaultValue)
        : evaluating.used(kind, key, user, decision, defaultValue);
  }
}
