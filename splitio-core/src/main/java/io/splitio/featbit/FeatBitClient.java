package io.splitio.featbit;

import io.splitio.SplitFactory;
import io.splitio.api.Evaluation;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates flags as FeatBit's SDKs do: with a default for each call, values of a type, and
 * reasons. No method that evaluates throws. Safe for use by any number of threads; it lives as long
 * as the factory it is made of.
 */
public final class FeatBitClient {
  private static final String MODE = "featbit";

  private final Evaluating evaluating;

  private FeatBitClient(Evaluating evaluating) {
    this.evaluating = evaluating;
  }

  /**
   * The client of an instance whose flags are FeatBit's.
   *
   * @throws IllegalArgumentException when its flags come from elsewhere
   */
  public static FeatBitClient of(SplitFactory factory) {
    String mode = factory.health().mode();
    if (!mode.equals(MODE)) {
      throw new IllegalArgumentException(
          "the factory is of the backend '" + mode + "'; make it with a FeatBitConnector");
    }
    return new FeatBitClient(new Evaluating(factory.decisions()));
  }

  /** Whether flags were loaded. */
  public boolean isInitialized() {
    return evaluating.decisions().ready();
  }

  /** Whether there is a flag of that key. */
  public boolean isFlagKnown(@Nullable String key) {
    return evaluating.decisions().knows(key);
  }

  /** The value of a flag of any type as text, or the default. */
  public @Nullable String variation(
      @Nullable String key, @Nullable FeatBitUser user, @Nullable String defaultValue) {
    return variationDetail(key, user, defaultValue).variation();
  }

  /** The same with the reason. */
  public EvalDetail<String> variationDetail(
      @Nullable String key, @Nullable FeatBitUser user, @Nullable String defaultValue) {
    return evaluating.detail(Kind.TEXT, key, user, defaultValue);
  }

  /** The value of a boolean flag, or the default. */
  public boolean boolVariation(
      @Nullable String key, @Nullable FeatBitUser user, boolean defaultValue) {
    return Boolean.TRUE.equals(boolVariationDetail(key, user, defaultValue).variation());
  }

  /** The same with the reason. */
  public EvalDetail<Boolean> boolVariationDetail(
      @Nullable String key, @Nullable FeatBitUser user, @Nullable Boolean defaultValue) {
    return evaluating.detail(Kind.BOOLEAN, key, user, defaultValue);
  }

  /** The value of a number flag, cut off after the point, or the default. */
  public int intVariation(@Nullable String key, @Nullable FeatBitUser user, int defaultValue) {
    Integer value = intVariationDetail(key, user, defaultValue).variation();
    return value == null ? 0 : value;
  }

  /** The same with the reason. */
  public EvalDetail<Integer> intVariationDetail(
      @Nullable String key, @Nullable FeatBitUser user, @Nullable Integer defaultValue) {
    return evaluating.detail(Kind.INTEGER, key, user, defaultValue);
  }

  /** The value of a number flag, cut off after the point, or the default. */
  public long longVariation(@Nullable String key, @Nullable FeatBitUser user, long defaultValue) {
    Long value = longVariationDetail(key, user, defaultValue).variation();
    return value == null ? 0 : value;
  }

  /** The same with the reason. */
  public EvalDetail<Long> longVariationDetail(
      @Nullable String key, @Nullable FeatBitUser user, @Nullable Long defaultValue) {
    return evaluating.detail(Kind.LONG, key, user, defaultValue);
  }

  /** The value of a number flag, or the default. */
  public double doubleVariation(
      @Nullable String key, @Nullable FeatBitUser user, double defaultValue) {
    Double value = doubleVariationDetail(key, user, defaultValue).variation();
    return value == null ? 0 : value;
  }

  /** The same with the reason. */
  public EvalDetail<Double> doubleVariationDetail(
      @Nullable String key, @Nullable FeatBitUser user, @Nullable Double defaultValue) {
    return evaluating.detail(Kind.DOUBLE, key, user, defaultValue);
  }

  /**
   * The value of a JSON flag, or the default.
   *
   * @param reader makes an object of the JSON text, as a JSON library does; what it throws means
   *     the default
   */
  public <T> @Nullable T jsonVariation(
      @Nullable String key,
      @Nullable FeatBitUser user,
      Function<String, @Nullable T> reader,
      @Nullable T defaultValue) {
    return jsonVariationDetail(key, user, reader, defaultValue).variation();
  }

  /** The same with the reason. */
  public <T> EvalDetail<T> jsonVariationDetail(
      @Nullable String key,
      @Nullable FeatBitUser user,
      Function<String, @Nullable T> reader,
      @Nullable T defaultValue) {
    return evaluating.detail(Kind.json(reader), key, user, defaultValue);
  }

  /** What every flag serves a user. A flag that cannot be evaluated is left out. */
  public AllFlagStates getAllLatestFlagVariations(@Nullable FeatBitUser user) {
    if (!isInitialized() || user == null) {
      String reason = isInitialized() ? Reason.USER_NOT_SPECIFIED : Reason.NOT_READY;
      return new AllFlagStates(evaluating, user, reason, Map.of());
    }
    Map<String, Evaluation> decided = new HashMap<>();
    evaluating
        .decisions()
        .decideAll(user.key(), user.attributes())
        .forEach(
            (key, decision) -> {
              if (decision.variation() != null) {
                decided.put(key, decision);
              }
            });
    return new AllFlagStates(evaluating, user, Reason.OK, decided);
  }
}
