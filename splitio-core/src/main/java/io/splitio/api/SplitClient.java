package io.splitio.api;

import static io.splitio.api.TreatmentRequest.Method.TREATMENT;
import static io.splitio.api.TreatmentRequest.Method.TREATMENTS;
import static io.splitio.api.TreatmentRequest.Method.TREATMENTS_BY_FLAG_SET;
import static io.splitio.api.TreatmentRequest.Method.TREATMENTS_BY_FLAG_SETS;
import static io.splitio.api.TreatmentRequest.Method.TREATMENTS_WITH_CONFIG;
import static io.splitio.api.TreatmentRequest.Method.TREATMENTS_WITH_CONFIG_BY_FLAG_SET;
import static io.splitio.api.TreatmentRequest.Method.TREATMENTS_WITH_CONFIG_BY_FLAG_SETS;
import static io.splitio.api.TreatmentRequest.Method.TREATMENT_WITH_CONFIG;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates feature flags.
 *
 * <p>Safe for use by any number of threads. No evaluation method throws, whatever it is given, and
 * none waits for a lock or for I/O, unless the backend asks a server at each call and says so.
 * Before the SDK is ready, for an unknown flag, and for a key or name that is not valid, the answer
 * is the configured fallback treatment or control.
 *
 * <p>Attributes may be strings, any {@link Number}, booleans, collections and arrays, and, for date
 * rules, {@code java.time} values, {@link java.util.Date} and {@link java.util.Calendar}. They are
 * never modified.
 *
 * <p>Names and argument order are those of Split's official Java SDK.
 */
public interface SplitClient {

  /** Answers one flag's treatment. */
  default String getTreatment(String key, String flag) {
    return evaluate(TREATMENT, Key.of(key), flag, Map.of(), EvaluationOptions.none()).treatment();
  }

  /** Answers one flag's treatment. Rules may look at the attributes. */
  default String getTreatment(String key, String flag, Map<String, Object> attributes) {
    return evaluate(TREATMENT, Key.of(key), flag, attributes, EvaluationOptions.none()).treatment();
  }

  /** Answers one flag's treatment. The options go along with the impression. */
  default String getTreatment(String key, String flag, EvaluationOptions options) {
    return evaluate(TREATMENT, Key.of(key), flag, Map.of(), options).treatment();
  }

  /**
   * Answers one flag's treatment. Rules may look at the attributes; the options go along with the
   * impression.
   */
  default String getTreatment(
      String key, String flag, Map<String, Object> attributes, EvaluationOptions options) {
    return evaluate(TREATMENT, Key.of(key), flag, attributes, options).treatment();
  }

  /** Answers one flag's treatment. Rules may look at the attributes. */
  default String getTreatment(Key key, String flag, Map<String, Object> attributes) {
    return evaluate(TREATMENT, key, flag, attributes, EvaluationOptions.none()).treatment();
  }

  /**
   * Answers one flag's treatment. Rules may look at the attributes; the options go along with the
   * impression.
   */
  default String getTreatment(
      Key key, String flag, Map<String, Object> attributes, EvaluationOptions options) {
    return evaluate(TREATMENT, key, flag, attributes, options).treatment();
  }

  /** Answers one flag's treatment and configuration. */
  default SplitResult getTreatmentWithConfig(String key, String flag) {
    return evaluate(TREATMENT_WITH_CONFIG, Key.of(key), flag, Map.of(), EvaluationOptions.none())
        .result();
  }

  /** Answers one flag's treatment and configuration. Rules may look at the attributes. */
  default SplitResult getTreatmentWithConfig(
      String key, String flag, Map<String, Object> attributes) {
    return evaluate(TREATMENT_WITH_CONFIG, Key.of(key), flag, attributes, EvaluationOptions.none())
        .result();
  }

  /** Answers one flag's treatment and configuration. The options go along with the impression. */
  default SplitResult getTreatmentWithConfig(String key, String flag, EvaluationOptions options) {
    return evaluate(TREATMENT_WITH_CONFIG, Key.of(key), flag, Map.of(), options).result();
  }

  /**
   * Answers one flag's treatment and configuration. Rules may look at the attributes; the options
   * go along with the impression.
   */
  default SplitResult getTreatmentWithConfig(
      String key, String flag, Map<String, Object> attributes, EvaluationOptions options) {
    return evaluate(TREATMENT_WITH_CONFIG, Key.of(key), flag, attributes, options).result();
  }

  /** Answers one flag's treatment and configuration. Rules may look at the attributes. */
  default SplitResult getTreatmentWithConfig(Key key, String flag, Map<String, Object> attributes) {
    return evaluate(TREATMENT_WITH_CONFIG, key, flag, attributes, EvaluationOptions.none())
        .result();
  }

  /**
   * Answers one flag's treatment and configuration. Rules may look at the attributes; the options
   * go along with the impression.
   */
  default SplitResult getTreatmentWithConfig(
      Key key, String flag, Map<String, Object> attributes, EvaluationOptions options) {
    return evaluate(TREATMENT_WITH_CONFIG, key, flag, attributes, options).result();
  }

  /** Answers the treatments of several flags. */
  default Map<String, String> getTreatments(String key, List<String> flags) {
    return evaluate(
        new TreatmentRequest(TREATMENTS, Key.of(key), flags, Map.of(), EvaluationOptions.none()),
        Evaluation::treatment);
  }

  /** Answers the treatments of several flags. Rules may look at the attributes. */
  default Map<String, String> getTreatments(
      String key, List<String> flags, Map<String, Object> attributes) {
    return evaluate(
        new TreatmentRequest(TREATMENTS, Key.of(key), flags, attributes, EvaluationOptions.none()),
        Evaluation::treatment);
  }

  /** Answers the treatments of several flags. The options go along with the impression. */
  default Map<String, String> getTreatments(
      String key, List<String> flags, EvaluationOptions options) {
    return evaluate(
        new TreatmentRequest(TREATMENTS, Key.of(key), flags, Map.of(), options),
        Evaluation::treatment);
  }

  /**
   * Answers the treatments of several flags. Rules may look at the attributes; the options go along
   * with the impression.
   */
  default Map<String, String> getTreatments(
      String key, List<String> flags, Map<String, Object> attributes, EvaluationOptions options) {
    return evaluate(
        new TreatmentRequest(TREATMENTS, Key.of(key), flags, attributes, options),
        Evaluation::treatment);
  }

  /** Answers the treatments of several flags. Rules may look at the attributes. */
  default Map<String, String> getTreatments(
      Key key, List<String> flags, Map<String, Object> attributes) {
    return evaluate(
        new TreatmentRequest(TREATMENTS, key, flags, attributes, EvaluationOptions.none()),
        Evaluation::treatment);
  }

  /**
   * Answers the treatments of several flags. Rules may look at the attributes; the options go along
   * with the impression.
   */
  default Map<String, String> getTreatments(
      Key key, List<String> flags, Map<String, Object> attributes, EvaluationOptions options) {
    return evaluate(
        new TreatmentRequest(TREATMENTS, key, flags, attributes, options), Evaluation::treatment);
  }

  /** Answers the treatments and configurations of several flags. */
  default Map<String, SplitResult> getTreatmentsWithConfig(String key, List<String> flags) {
    return evaluate(
        new TreatmentRequest(
            TREATMENTS_WITH_CONFIG, Key.of(key), flags, Map.of(), EvaluationOptions.none()),
        Evaluation::result);
  }

  /**
   * Answers the treatments and configurations of several flags. Rules may look at the attributes.
   */
  default Map<String, SplitResult> getTreatmentsWithConfig(
      String key, List<String> flags, Map<String, Object> attributes) {
    return evaluate(
        new TreatmentRequest(
            TREATMENTS_WITH_CONFIG, Key.of(key), flags, attributes, EvaluationOptions.none()),
        Evaluation::result);
  }

  /**
   * Answers the treatments and configurations of several flags. The options go along with the
   * impression.
   */
  default Map<String, SplitResult> getTreatmentsWithConfig(
      String key, List<String> flags, EvaluationOptions options) {
    return evaluate(
        new TreatmentRequest(TREATMENTS_WITH_CONFIG, Key.of(key), flags, Map.of(), options),
        Evaluation::result);
  }

  /**
   * Answers the treatments and configurations of several flags. Rules may look at the attributes;
   * the options go along with the impression.
   */
  default Map<String, SplitResult> getTreatmentsWithConfig(
      String key, List<String> flags, Map<String, Object> attributes, EvaluationOptions options) {
    return evaluate(
        new TreatmentRequest(TREATMENTS_WITH_CONFIG, Key.of(key), flags, attributes, options),
        Evaluation::result);
  }

  /**
   * Answers the treatments and configurations of several flags. Rules may look at the attributes.
   */
  default Map<String, SplitResult> getTreatmentsWithConfig(
      Key key, List<String> flags, Map<String, Object> attributes) {
    return evaluate(
        new TreatmentRequest(
            TREATMENTS_WITH_CONFIG, key, flags, attributes, EvaluationOptions.none()),
        Evaluation::result);
  }

  /**
   * Answers the treatments and configurations of several flags. Rules may look at the attributes;
   * the options go along with the impression.
   */
  default Map<String, SplitResult> getTreatmentsWithConfig(
      Key key, List<String> flags, Map<String, Object> attributes, EvaluationOptions options) {
    return evaluate(
        new TreatmentRequest(TREATMENTS_WITH_CONFIG, key, flags, attributes, options),
        Evaluation::result);
  }

  /** Answers the treatments of all flags in a set. */
  default Map<String, String> getTreatmentsByFlagSet(String key, String flagSet) {
    return evaluate(
        new TreatmentRequest(
            TREATMENTS_BY_FLAG_SET,
            Key.of(key),
            Collections.singletonList(flagSet),
            Map.of(),
            EvaluationOptions.none()),
        Evaluation::treatment);
  }

  /** Answers the treatments of all flags in a set. Rules may look at the attributes. */
  default Map<String, String> getTreatmentsByFlagSet(
      String key, String flagSet, Map<String, Object> attributes) {
    return evaluate(
        new TreatmentRequest(
            TREATMENTS_BY_FLAG_SET,
            Key.of(key),
            Collections.singletonList(flagSet),
            attributes,
            EvaluationOptions.none()),
        Evaluation::treatment);
  }

  /** Answers the treatments of all flags in a set. The options go along with the impression. */
  default Map<String, String> getTreatmentsByFlagSet(
      String key, String flagSet, EvaluationOptions options) {
    return evaluate(
        new TreatmentRequest(
            TREATMENTS_BY_FLAG_SET,
            Key.of(key),
            Collections.singletonList(flagSet),
            Map.of(),
            options),
        Evaluation::treatment);
  }

  /**
   * Answers the treatments of all flags in a set. Rules may look at the attributes; the options go
   * along with the impression.
   */
  default Map<String, String> getTreatmentsByFlagSet(
      String key, String flagSet, Map<String, Object> attributes, EvaluationOptions options) {
    return evaluate(
        new TreatmentRequest(
            TREATMENTS_BY_FLAG_SET,
            Key.of(key),
            Collections.singletonList(flagSet),
            attributes,
            options),
        Evaluation::treatment);
  }

  /** Answers the treatments of all flags in a set. Rules may look at the attributes. */
  default Map<String, String> getTreatmentsByFlagSet(
      Key key, String flagSet, Map<String, Object> attributes) {
    return evaluate(
        new TreatmentRequest(
            TREATMENTS_BY_FLAG_SET,
            key,
            Collections.singletonList(flagSet),
            attributes,
            EvaluationOptions.none()),
        Evaluation::treatment);
  }

  /**
   * Answers the treatments of all flags in a set. Rules may look at the attributes; the options go
   * along with the impression.
   */
  default Map<String, String> getTreatmentsByFlagSet(
      Key key, String flagSet, Map<String, Object> attributes, EvaluationOptions options) {
    return evaluate(
        new TreatmentRequest(
            TREATMENTS_BY_FLAG_SET, key, Collections.singletonList(flagSet), attributes, options),
        Evaluation::treatment);
  }

  /** Answers the treatments of all flags in any of several sets. */
  default Map<String, String> getTreatmentsByFlagSets(String key, List<String> flagSets) {
    return evaluate(
        new TreatmentRequest(
            TREATMENTS_BY_FLAG_SETS, Key.of(key), flagSets, Map.of(), EvaluationOptions.none()),
        Evaluation::treatment);
  }

  /**
   * Answers the treatments of all flags in any of several sets. Rules may look at the attributes.
   */
  default Map<String, String> getTreatmentsByFlagSets(
      String key, List<String> flagSets, Map<String, Object> attributes) {
    return evaluate(
        new TreatmentRequest(
            TREATMENTS_BY_FLAG_SETS, Key.of(key), flagSets, attributes, EvaluationOptions.none()),
        Evaluation::treatment);
  }

  /**
   * Answers the treatments of all flags in any of several sets. The options go along with the
   * impression.
   */
  default Map<String, String> getTreatmentsByFlagSets(
      String key, List<String> flagSets, EvaluationOptions options) {
    return evaluate(
        new TreatmentRequest(TREATMENTS_BY_FLAG_SETS, Key.of(key), flagSets, Map.of(), options),
        Evaluation::treatment);
  }

  /**
   * Answers the treatments of all flags in any of several sets. Rules may look at the attributes;
   * the options go along with the impression.
   */
  default Map<String, String> getTreatmentsByFlagSets(
      String key,
      List<String> flagSets,
      Map<String, Object> attributes,
      EvaluationOptions options) {
    return evaluate(
        new TreatmentRequest(TREATMENTS_BY_FLAG_SETS, Key.of(key), flagSets, attributes, options),
        Evaluation::treatment);
  }

  /**
   * Answers the treatments of all flags in any of several sets. Rules may look at the attributes.
   */
  default Map<String, String> getTreatmentsByFlagSets(
      Key key, List<String> flagSets, Map<String, Object> attributes) {
    return evaluate(
        new TreatmentRequest(
            TREATMENTS_BY_FLAG_SETS, key, flagSets, attributes, EvaluationOptions.none()),
        Evaluation::treatment);
  }

  /**
   * Answers the treatments of all flags in any of several sets. Rules may look at the attributes;
   * the options go along with the impression.
   */
  default Map<String, String> getTreatmentsByFlagSets(
      Key key, List<String> flagSets, Map<String, Object> attributes, EvaluationOptions options) {
    return evaluate(
        new TreatmentRequest(TREATMENTS_BY_FLAG_SETS, key, flagSets, attributes, options),
        Evaluation::treatment);
  }

  /** Answers the treatments and configurations of all flags in a set. */
  default Map<String, SplitResult> getTreatmentsWithConfigByFlagSet(String key, String flagSet) {
    return evaluate(
        new TreatmentRequest(
            TREATMENTS_WITH_CONFIG_BY_FLAG_SET,
            Key.of(key),
            Collections.singletonList(flagSet),
            Map.of(),
            EvaluationOptions.none()),
        Evaluation::result);
  }

  /**
   * Answers the treatments and configurations of all flags in a set. Rules may look at the
   * attributes.
   */
  default Map<String, SplitResult> getTreatmentsWithConfigByFlagSet(
      String key, String flagSet, Map<String, Object> attributes) {
    return evaluate(
        new TreatmentRequest(
            TREATMENTS_WITH_CONFIG_BY_FLAG_SET,
            Key.of(key),
            Collections.singletonList(flagSet),
            attributes,
            EvaluationOptions.none()),
        Evaluation::result);
  }

  /**
   * Answers the treatments and configurations of all flags in a set. The options go along with the
   * impression.
   */
  default Map<String, SplitResult> getTreatmentsWithConfigByFlagSet(
      String key, String flagSet, EvaluationOptions options) {
    return evaluate(
        new TreatmentRequest(
            TREATMENTS_WITH_CONFIG_BY_FLAG_SET,
            Key.of(key),
            Collections.singletonList(flagSet),
            Map.of(),
            options),
        Evaluation::result);
  }

  /**
   * Answers the treatments and configurations of all flags in a set. Rules may look at the
   * attributes; the options go along with the impression.
   */
  default Map<String, SplitResult> getTreatmentsWithConfigByFlagSet(
      String key, String flagSet, Map<String, Object> attributes, EvaluationOptions options) {
    return evaluate(
        new TreatmentRequest(
            TREATMENTS_WITH_CONFIG_BY_FLAG_SET,
            Key.of(key),
            Collections.singletonList(flagSet),
            attributes,
            options),
        Evaluation::result);
  }

  /**
   * Answers the treatments and configurations of all flags in a set. Rules may look at the
   * attributes.
   */
  default Map<String, SplitResult> getTreatmentsWithConfigByFlagSet(
      Key key, String flagSet, Map<String, Object> attributes) {
    return evaluate(
        new TreatmentRequest(
            TREATMENTS_WITH_CONFIG_BY_FLAG_SET,
            key,
            Collections.singletonList(flagSet),
            attributes,
            EvaluationOptions.none()),
        Evaluation::result);
  }

  /**
   * Answers the treatments and configurations of all flags in a set. Rules may look at the
   * attributes; the options go along with the impression.
   */
  default Map<String, SplitResult> getTreatmentsWithConfigByFlagSet(
      Key key, String flagSet, Map<String, Object> attributes, EvaluationOptions options) {
    return evaluate(
        new TreatmentRequest(
            TREATMENTS_WITH_CONFIG_BY_FLAG_SET,
            key,
            Collections.singletonList(flagSet),
            attributes,
            options),
        Evaluation::result);
  }

  /** Answers the treatments and configurations of all flags in any of several sets. */
  default Map<String, SplitResult> getTreatmentsWithConfigByFlagSets(
      String key, List<String> flagSets) {
    return evaluate(
        new TreatmentRequest(
            TREATMENTS_WITH_CONFIG_BY_FLAG_SETS,
            Key.of(key),
            flagSets,
            Map.of(),
            EvaluationOptions.none()),
        Evaluation::result);
  }

  /**
   * Answers the treatments and configurations of all flags in any of several sets. Rules may look
   * at the attributes.
   */
  default Map<String, SplitResult> getTreatmentsWithConfigByFlagSets(
      String key, List<String> flagSets, Map<String, Object> attributes) {
    return evaluate(
        new TreatmentRequest(
            TREATMENTS_WITH_CONFIG_BY_FLAG_SETS,
            Key.of(key),
            flagSets,
            attributes,
            EvaluationOptions.none()),
        Evaluation::result);
  }

  /**
   * Answers the treatments and configurations of all flags in any of several sets. The options go
   * along with the impression.
   */
  default Map<String, SplitResult> getTreatmentsWithConfigByFlagSets(
      String key, List<String> flagSets, EvaluationOptions options) {
    return evaluate(
        new TreatmentRequest(
            TREATMENTS_WITH_CONFIG_BY_FLAG_SETS, Key.of(key), flagSets, Map.of(), options),
        Evaluation::result);
  }

  /**
   * Answers the treatments and configurations of all flags in any of several sets. Rules may look
   * at the attributes; the options go along with the impression.
   */
  default Map<String, SplitResult> getTreatmentsWithConfigByFlagSets(
      String key,
      List<String> flagSets,
      Map<String, Object> attributes,
      EvaluationOptions options) {
    return evaluate(
        new TreatmentRequest(
            TREATMENTS_WITH_CONFIG_BY_FLAG_SETS, Key.of(key), flagSets, attributes, options),
        Evaluation::result);
  }

  /**
   * Answers the treatments and configurations of all flags in any of several sets. Rules may look
   * at the attributes.
   */
  default Map<String, SplitResult> getTreatmentsWithConfigByFlagSets(
      Key key, List<String> flagSets, Map<String, Object> attributes) {
    return evaluate(
        new TreatmentRequest(
            TREATMENTS_WITH_CONFIG_BY_FLAG_SETS,
            key,
            flagSets,
            attributes,
            EvaluationOptions.none()),
        Evaluation::result);
  }

  /**
   * Answers the treatments and configurations of all flags in any of several sets. Rules may look
   * at the attributes; the options go along with the impression.
   */
  default Map<String, SplitResult> getTreatmentsWithConfigByFlagSets(
      Key key, List<String> flagSets, Map<String, Object> attributes, EvaluationOptions options) {
    return evaluate(
        new TreatmentRequest(
            TREATMENTS_WITH_CONFIG_BY_FLAG_SETS, key, flagSets, attributes, options),
        Evaluation::result);
  }

  /**
   * Answers one flag's treatment with all that is known about it; recorded like
   * getTreatmentWithConfig.
   */
  default Evaluation evaluate(Key key, String flag, Map<String, Object> attributes) {
    return evaluate(TREATMENT_WITH_CONFIG, key, flag, attributes, EvaluationOptions.none());
  }

  /**
   * Answers one flag: what the methods about one flag come down to.
   *
   * @param method the public method that messages and latency figures name
   */
  Evaluation evaluate(
      TreatmentRequest.Method method,
      Key key,
      String flag,
      Map<String, Object> attributes,
      EvaluationOptions options);

  /**
   * Answers several flags from one moment: what the methods about several flags come down to.
   *
   * @param view what to keep of each evaluation
   */
  <T> Map<String, T> evaluate(TreatmentRequest request, Function<Evaluation, T> view);

  /**
   * Answers every flag at once, from one moment; no flag if the key is not valid or the SDK
   * destroyed. Records and counts nothing, and logs nothing but a failure.
   */
  Map<String, Evaluation> evaluateAll(Key key, Map<String, Object> attributes);

  /**
   * Answers one flag and shows each condition and test, what it saw, and who won; or why there is
   * nothing to show. Records and counts nothing, and logs nothing but a failure.
   */
  Explanation explain(Key key, String flag, Map<String, Object> attributes);

  /** Records an event without a value. False when it is not valid or the queue is full. */
  default boolean track(String key, String trafficType, String eventType) {
    return track(key, trafficType, eventType, null, null);
  }

  /** Records an event with a value. False when it is not valid or the queue is full. */
  default boolean track(String key, String trafficType, String eventType, double value) {
    return track(key, trafficType, eventType, (Double) value, null);
  }

  /** Records an event with properties. False when it is not valid or the queue is full. */
  default boolean track(
      String key, String trafficType, String eventType, Map<String, Object> properties) {
    return track(key, trafficType, eventType, null, properties);
  }

  /**
   * Records an event with a value and properties. False when it is not valid or the queue is full.
   */
  default boolean track(
      String key,
      String trafficType,
      String eventType,
      double value,
      Map<String, Object> properties) {
    return track(key, trafficType, eventType, (Double) value, properties);
  }

  /**
   * Records an event: what the other forms come down to.
   *
   * @param key whose event it is, 1 to 250 characters
   * @param trafficType what the key stands for, such as {@code user}; upper case is lowered
   * @param eventType what happened, 1 to 80 letters, digits, {@code - _ . :}, the first a letter or
   *     digit
   * @param value null for none
   * @param properties strings, numbers, booleans; at most 32 KB of text in all; null for none
   * @return whether it was accepted
   */
  boolean track(
      String key,
      String trafficType,
      String eventType,
      @Nullable Double value,
      @Nullable Map<String, Object> properties);

  /** The same questions, answered later. */
  AsyncSplitClient async();

  /**
   * Waits until the SDK is ready, at most for the configured time.
   *
   * @throws TimeoutException when that time has passed; the SDK works on in the background
   * @throws InterruptedException when the waiting thread is interrupted
   * @throws IllegalStateException after destroy
   */
  void blockUntilReady() throws TimeoutException, InterruptedException;

  /** Destroys the whole SDK instance, as {@code SplitFactory.destroy()} does. */
  void destroy();
}
