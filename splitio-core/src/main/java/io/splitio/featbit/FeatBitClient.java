package io.splitio.featbit;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.api.Evaluation;
import io.splitio.backend.FedSource;
import io.splitio.backend.featbit.FeatBitConnector;
import io.splitio.backend.featbit.FeatBitFeatures;
import io.splitio.backend.featbit.FeatBitState;
import io.splitio.client.Decisions;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evaluates flags as FeatBit's SDKs do: with a default for each call, values of a type, and
 * reasons. No method that evaluates throws, and none waits. Safe for use by any number of threads.
 *
 * <p>A metric counts for an experiment only when the flag was evaluated for the same user before:
 * evaluate first, then track.
 */
public final class FeatBitClient implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger("splitio.stream");
  private static final Duration START_WAIT = Duration.ofSeconds(15);

  private final SplitFactory factory;
  private final boolean owner;
  private final FeatBitFeatures features;
  private final Evaluating evaluating;
  private final Telling telling;
  private final StatusProvider status;

  private FeatBitClient(SplitFactory factory, boolean owner, FeatBitFeatures features) {
    Decisions decisions = factory.decisions();
    this.factory = factory;
    this.owner = owner;
    this.features = features;
    this.evaluating = new Evaluating(decisions, true);
    this.telling = new Telling(decisions);
    this.status = new StatusProvider(features.status(), decisions.surroundings().listeners());
  }

  /**
   * The client of an instance whose flags are FeatBit's; it does not end the instance.
   *
   * @throws IllegalArgumentException when its flags come from elsewhere
   */
  public static FeatBitClient of(SplitFactory factory) {
    if (factory.decisions().source() instanceof FedSource source
        && source.feed() instanceof FeatBitFeatures features) {
      return new FeatBitClient(factory, false, features);
    }
    throw new IllegalArgumentException(
        "the factory is of the backend '"
            + factory.health().mode()
            + "'; make it with a FeatBitConnector");
  }

  /** Starts an instance with default settings and waits for flags, at most 15 seconds. */
  public static FeatBitClient start(FeatBitConnector connector) {
    return start(connector, SplitConfig.defaults(), START_WAIT);
  }

  /**
   * Starts an instance of its own, which ends with it, and waits until flags are there or waiting
   * is in vain. Without flags every answer is a default, while they are still looked for.
   *
   * @param wait how long at most; zero or less is not at all
   * @throws IllegalArgumentException when a setting of the connector is wrong
   */
  public static FeatBitClient start(FeatBitConnector connector, SplitConfig config, Duration wait) {
    Objects.requireNonNull(wait, "the wait is null; zero is not to wait");
    SplitFactory factory = SplitFactory.create(connector, config);
    FeatBitClient of = of(factory);
    FeatBitClient client = new FeatBitClient(factory, true, of.features);
    if (!wait.isZero() && !wait.isNegative()) {
      client.awaitStart(wait);
    }
    return client;
  }

  private void awaitStart(Duration wait) {
    try {
      if (!status.waitForOKState(wait)) {
        FeatBitState.Problem problem = status.getState().error();
        log.warn(
            "There are no flags from FeatBit yet ({}); {} are served until there are",
            problem == null ? "still connecting" : problem.message(),
            isInitialized() ? "kept ones" : "defaults");
      } else if (factory.health().flags() == 0) {
        log.warn("The FeatBit environment has no flags");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether flags were loaded, ever; that stays so. */
  public boolean isInitialized() {
    return evaluating.decisions().initialized();
  }

  /** Whether there is no connection on purpose. */
  public boolean isOffline() {
    return features.offline();
  }

  /** Where the connection is, to ask for and to wait for. */
  public StatusProvider getDataUpdateStatusProvider() {
    return status;
  }

  /** Tells of changes of flags. */
  public FlagTracker getFlagTracker() {
    return new FlagTracker(evaluating);
  }

  /**
   * Takes definitions from a document, which is what FeatBit's server answers at {@code
   * /api/public/sdk/server/latest-all}. Only when offline.
   *
   * @return whether the instance is offline and the document is one
   */
  public boolean initializeFromExternalJson(@Nullable String json) {
    return json != null && !json.isBlank() && features.load(json);
  }

  /** Tells FeatBit of a user; false when there is none, or it finds no room. */
  public boolean identify(@Nullable FeatBitUser user) {
    return telling.user(user);
  }

  /** Tells FeatBit of something a user did, which counts 1. */
  public boolean trackMetric(@Nullable FeatBitUser user, @Nullable String eventName) {
    return trackMetric(user, eventName, 1);
  }

  /**
   * Tells FeatBit of something a user did.
   *
   * @return whether it is accepted: there is a user, a name and a finite value, and it finds room
   */
  public boolean trackMetric(@Nullable FeatBitUser user, @Nullable String eventName, double value) {
    return telling.metrics(user, Collections.singletonMap(eventName, value));
  }

  /** Tells FeatBit of several things a user did, each of which counts 1. */
  public boolean trackMetrics(@Nullable FeatBitUser user, String @Nullable ... eventNames) {
    if (eventNames == null) {
      return telling.metrics(user, null);
    }
    Map<String, Double> metrics = new LinkedHashMap<>();
    for (String name : eventNames) {
      metrics.put(name, 1.0);
    }
    return telling.metrics(user, metrics);
  }

  /**
   * Tells FeatBit of several things a user did, in one event. Names that are blank and values that
   * are null or not finite are left out.
   */
  public boolean trackMetrics(
      @Nullable FeatBitUser user, Map<String, ? extends @Nullable Number> metrics) {
    return telling.metrics(user, metrics);
  }

  /** Sends what is recorded, in the background. */
  public void flush() {
    evaluating.decisions().surroundings().flush();
  }

  /** Ends the instance if this client started it, and delivers what is recorded. */
  @Override
  public void close() {
    if (owner) {
      factory.close();
    }
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
    boolean ready = evaluating.decisions().ready();
    if (!ready || user == null) {
      String reason = ready ? Reason.USER_NOT_SPECIFIED : Reason.NOT_READY;
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
