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
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates feature flags, later: for backends that ask a server, without holding a thread.
 *
 * <p>The same questions as {@link SplitClient}, with the same rules. The futures never fail; what
 * is chained to them may run on a thread of the SDK and must not block it.
 */
public interface AsyncSplitClient {

  /** Answers one flag's treatment, later. */
  default CompletableFuture<String> getTreatment(String key, String flag) {
    return evaluate(TREATMENT, Key.of(key), flag, Map.of(), EvaluationOptions.none())
        .thenApply(Evaluation::treatment);
  }

  /** Answers one flag's treatment, later. Rules may look at the attributes. */
  default CompletableFuture<String> getTreatment(
      String key, String flag, Map<String, Object> attributes) {
    return evaluate(TREATMENT, Key.of(key), flag, attributes, EvaluationOptions.none())
        .thenApply(Evaluation::treatment);
  }

  /** Answers one flag's treatment, later. The options go along with the impression. */
  default CompletableFuture<String> getTreatment(
      String key, String flag, EvaluationOptions options) {
    return evaluate(TREATMENT, Key.of(key), flag, Map.of(), options)
        .thenApply(Evaluation::treatment);
  }

  /**
   * Answers one flag's treatment, later. Rules may look at the attributes; the options go along
   * with the impression.
   */
  default CompletableFuture<String> getTreatment(
      String key, String flag, Map<String, Object> attributes, EvaluationOptions options) {
    return evaluate(TREATMENT, Key.of(key), flag, attributes, options)
        .thenApply(Evaluation::treatment);
  }

  /** Answers one flag's treatment, later. Rules may look at the attributes. */
  default CompletableFuture<String> getTreatment(
      Key key, String flag, Map<String, Object> attributes) {
    return evaluate(TREATMENT, key, flag, attributes, EvaluationOptions.none())
        .thenApply(Evaluation::treatment);
  }

  /**
   * Answers one flag's treatment, later. Rules may look at the attributes; the options go along
   * with the impression.
   */
  default CompletableFuture<String> getTreatment(
      Key key, String flag, Map<String, Object> attributes, EvaluationOptions options) {
    return evaluate(TREATMENT, key, flag, attributes, options).thenApply(Evaluation::treatment);
  }

  /** Answers one flag's treatment and configuration, later. */
  default CompletableFuture<SplitResult> getTreatmentWithConfig(String key, String flag) {
    return evaluate(TREATMENT_WITH_CONFIG, Key.of(key), flag, Map.of(), EvaluationOptions.none())
        .thenApply(Evaluation::result);
  }

  /** Answers one flag's treatment and configuration, later. Rules may look at the attributes. */
  default CompletableFuture<SplitResult> getTreatmentWithConfig(
      String key, String flag, Map<String, Object> attributes) {
    return evaluate(TREATMENT_WITH_CONFIG, Key.of(key), flag, attributes, EvaluationOptions.none())
        .thenApply(Evaluation::result);
  }

  /**
   * Answers one flag's treatment and configuration, later. The options go along with the
   * impression.
   */
  default CompletableFuture<SplitResult> getTreatmentWithConfig(
      String key, String flag, EvaluationOptions options) {
    return evaluate(TREATMENT_WITH_CONFIG, Key.of(key), flag, Map.of(), options)
        .thenApply(Evaluation::result);
  }

  /**
   * Answers one flag's treatment and configuration, later. Rules may look at the attributes; the
   * options go along with the impression.
   */
  default CompletableFuture<SplitResult> getTreatmentWithConfig(
      String key, String flag, Map<String, Object> attributes, EvaluationOptions options) {
    return evaluate(TREATMENT_WITH_CONFIG, Key.of(key), flag, attributes, options)
        .thenApply(Evaluation::result);
  }

  /** Answers one flag's treatment and configuration, later. Rules may look at the attributes. */
  default CompletableFuture<SplitResult> getTreatmentWithConfig(
      Key key, String flag, Map<String, Object> attributes) {
    return evaluate(TREATMENT_WITH_CONFIG, key, flag, attributes, EvaluationOptions.none())
        .thenApply(Evaluation::result);
  }

  /**
   * Answers one flag's treatment and configuration, later. Rules may look at the attributes; the
   * options go along with the impression.
   */
  default CompletableFuture<SplitResult> getTreatmentWithConfig(
      Key key, String flag, Map<String, Object> attributes, EvaluationOptions options) {
    return evaluate(TREATMENT_WITH_CONFIG, key, flag, attributes, options)
        .thenApply(Evaluation::result);
  }

  /** Answers the treatments of several flags, later. */
  default CompletableFuture<Map<String, String>> getTreatments(String key, List<String> flags) {
    return evaluate(
        new TreatmentRequest(TREATMENTS, Key.of(key), flags, Map.of(), EvaluationOptions.none()),
        Evaluation::treatment);
  }

  /** Answers the treatments of several flags, later. Rules may look at the attributes. */
  default CompletableFuture<Map<String, String>> getTreatments(
      String key, List<String> flags, Map<String, Object> attributes) {
    return evaluate(
        new TreatmentRequest(TREATMENTS, Key.of(key), flags, attributes, EvaluationOptions.none()),
        Evaluation::treatment);
  }

  /** Answers the treatments of several flags, later. The options go along with the impression. */
  default CompletableFuture<Map<String, String>> getTreatments(
      String key, List<String> flags, EvaluationOptions options) {
    return evaluate(
        new TreatmentRequest(TREATMENTS, Key.of(key), flags, Map.of(), options),
        Evaluation::treatment);
  }

  /**
   * Answers the treatments of several flags, later. Rules may look at the attributes; the options
   * go along with the impression.
   */
  default CompletableFuture<Map<String, String>> getTreatments(
      String key, List<String> flags, Map<String, Object> attributes, EvaluationOptions options) {
    return evaluate(
        new TreatmentRequest(TREATMENTS, Key.of(key), flags, attributes, options),
        Evaluation::treatment);
  }

  /** Answers the treatments of several flags, later. Rules may look at the attributes. */
  default CompletableFuture<Map<String, String>> getTreatments(
      Key key, List<String> flags, Map<String, Object> attributes) {
    return evaluate(
        new TreatmentRequest(TREATMENTS, key, flags, attributes, EvaluationOptions.none()),
        Evaluation::treatment);
  }

  /**
   * Answers the treatments of several flags, later. Rules may look at the attributes; the options
   * go along with the impression.
   */
  default CompletableFuture<Map<String, String>> getTreatments(
      Key key, List<String> flags, Map<String, Object> attributes, EvaluationOptions options) {
    return evaluate(
        new TreatmentRequest(TREATMENTS, key, flags, attributes, options), Evaluation::treatment);
  }

  /** Answers the treatments and configurations of several flags, later. */
  default CompletableFuture<Map<String, SplitResult>> getTreatmentsWithConfig(
      String key, List<String> flags) {
    return evaluate(
        new TreatmentRequest(
            TREATMENTS_WITH_CONFIG, Key.of(key), flags, Map.of(), EvaluationOptions.none()),
        Evaluation::result);
  }

  /**
   * Answers the treatments and configurations of several flags, later. Rules may look at the
   * attributes.
   */
  default CompletableFuture<Map<String, SplitResult>> getTreatmentsWithConfig(
      String key, List<String> flags, Map<String, Object> attributes) {
    return evaluate(
        new TreatmentRequest(
            TREATMENTS_WITH_CONFIG, Key.of(key), flags, attributes, EvaluationOptions.none()),
        Evaluation::result);
  }

  /**
   * Answers the treatments and configurations of several flags, later. The options go along with
   * the impression.
   */
  default CompletableFuture<Map<String, SplitResult>> getTreatmentsWithConfig(
      String key, List<String> flags, EvaluationOptions options) {
    return evaluate(
        new TreatmentRequest(TREATMENTS_WITH_CONFIG, Key.of(key), flags, Map.of(), options),
        Evaluation::result);
  }

  /**
   * Answers the treatments and configurations of several flags, later. Rules may look at the
   * attributes; the options go along with the impression.
   */
  default CompletableFuture<Map<String, SplitResult>> getTreatmentsWithConfig(
      String key, List<String> flags, Map<String, Object> attributes, EvaluationOptions options) {
    return evaluate(
        new TreatmentRequest(TREATMENTS_WITH_CONFIG, Key.of(key), flags, attributes, options),
        Evaluation::result);
  }

  /**
   * Answers the treatments and configurations of several flags, later. Rules may look at the
   * attributes.
   */
  default CompletableFuture<Map<String, SplitResult>> getTreatmentsWithConfig(
      Key key, List<String> flags, Map<String, Object> attributes) {
    return evaluate(
        new TreatmentRequest(
            TREATMENTS_WITH_CONFIG, key, flags, attributes, EvaluationOptions.none()),
        Evaluation::result);
  }

  /**
   * Answers the treatments and configurations of several flags, later. Rules may look at the
   * attributes; the options go along with the impression.
   */
  default CompletableFuture<Map<String, SplitResult>> getTreatmentsWithConfig(
      Key key, List<String> flags, Map<String, Object> attributes, EvaluationOptions options) {
    return evaluate(
        new TreatmentRequest(TREATMENTS_WITH_CONFIG, key, flags, attributes, options),
        Evaluation::result);
  }

  /** Answers the treatments of all flags in a set, later. */
  default CompletableFuture<Map<String, String>> getTreatmentsByFlagSet(
      String key, String flagSet) {
    return evaluate(
        new TreatmentRequest(
            TREATMENTS_BY_FLAG_SET,
            Key.of(key),
            Collections.singletonList(flagSet),
            Map.of(),
            EvaluationOptions.none()),
        Evaluation::treatment);
  }

  /** Answers the treatments of all flags in a set, later. Rules may look at the attributes. */
  default CompletableFuture<Map<String, String>> getTreatmentsByFlagSet(
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

  /**
   * Answers the treatments of all flags in a set, later. The options go along with the impression.
   */
  default CompletableFuture<Map<String, String>> getTreatmentsByFlagSet(
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
   * Answers the treatments of all flags in a set, later. Rules may look at the attributes; the
   * options go along with the impression.
   */
  default CompletableFuture<Map<String, String>> getTreatmentsByFlagSet(
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

  /** Answers the treatments of all flags in a set, later. Rules may look at the attributes. */
  default CompletableFuture<Map<String, String>> getTreatmentsByFlagSet(
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
   * Answers the treatments of all flags in a set, later. Rules may look at the attributes; the
   * options go along with the impression.
   */
  default CompletableFuture<Map<String, String>> getTreatmentsByFlagSet(
      Key key, String flagSet, Map<String, Object> attributes, EvaluationOptions options) {
    return evaluate(
        new TreatmentRequest(
            TREATMENTS_BY_FLAG_SET, key, Collections.singletonList(flagSet), attributes, options),
        Evaluation::treatment);
  }

  /** Answers the treatments of all flags in any of several sets, later. */
  default CompletableFuture<Map<String, String>> getTreatmentsByFlagSets(
      String key, List<String> flagSets) {
    return evaluate(
        new TreatmentRequest(
            TREATMENTS_BY_FLAG_SETS, Key.of(key), flagSets, Map.of(), EvaluationOptions.none()),
        Evaluation::treatment);
  }

  /**
   * Answers the treatments of all flags in any of several sets, later. Rules may look at the
   * attributes.
   */
  default CompletableFuture<Map<String, String>> getTreatmentsByFlagSets(
      String key, List<String> flagSets, Map<String, Object> attributes) {
    return evaluate(
        new TreatmentRequest(
            TREATMENTS_BY_FLAG_SETS, Key.of(key), flagSets, attributes, EvaluationOptions.none()),
        Evaluation::treatment);
  }

  /**
   * Answers the treatments of all flags in any of several sets, later. The options go along with
   * the impression.
   */
  default CompletableFuture<Map<String, String>> getTreatmentsByFlagSets(
      String key, List<String> flagSets, EvaluationOptions options) {
    return evaluate(
        new TreatmentRequest(TREATMENTS_BY_FLAG_SETS, Key.of(key), flagSets, Map.of(), options),
        Evaluation::treatment);
  }

  /**
   * Answers the treatments of all flags in any of several sets, later. Rules may look at the
   * attributes; the options go along with the impression.
   */
  default CompletableFuture<Map<String, String>> getTreatmentsByFlagSets(
      String key,
      List<String> flagSets,
      Map<String, Object> attributes,
      EvaluationOptions options) {
    return evaluate(
        new TreatmentRequest(TREATMENTS_BY_FLAG_SETS, Key.of(key), flagSets, attributes, options),
        Evaluation::treatment);
  }

  /**
   * Answers the treatments of all flags in any of several sets, later. Rules may look at the
   * attributes.
   */
  default CompletableFuture<Map<String, String>> getTreatmentsByFlagSets(
      Key key, List<String> flagSets, Map<String, Object> attributes) {
    return evaluate(
        new TreatmentRequest(
            TREATMENTS_BY_FLAG_SETS, key, flagSets, attributes, EvaluationOptions.none()),
        Evaluation::treatment);
  }

  /**
   * Answers the treatments of all flags in any of several sets, later. Rules may look at the
   * attributes; the options go along with the impression.
   */
  default CompletableFuture<Map<String, String>> getTreatmentsByFlagSets(
      Key key, List<String> flagSets, Map<String, Object> attributes, EvaluationOptions options) {
    return evaluate(
        new TreatmentRequest(TREATMENTS_BY_FLAG_SETS, key, flagSets, attributes, options),
        Evaluation::treatment);
  }

  /** Answers the treatments and configurations of all flags in a set, later. */
  default CompletableFuture<Map<String, SplitResult>> getTreatmentsWithConfigByFlagSet(
      String key, String flagSet) {
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
   * Answers the treatments and configurations of all flags in a set, later. Rules may look at the
   * attributes.
   */
  default CompletableFuture<Map<String, SplitResult>> getTreatmentsWithConfigByFlagSet(
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
   * Answers the treatments and configurations of all flags in a set, later. The options go along
   * with the impression.
   */
  default CompletableFuture<Map<String, SplitResult>> getTreatmentsWithConfigByFlagSet(
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
   * Answers the treatments and configurations of all flags in a set, later. Rules may look at the
   * attributes; the options go along with the impression.
   */
  default CompletableFuture<Map<String, SplitResult>> getTreatmentsWithConfigByFlagSet(
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
   * Answers the treatments and configurations of all flags in a set, later. Rules may look at the
   * attributes.
   */
  default CompletableFuture<Map<String, SplitResult>> getTreatmentsWithConfigByFlagSet(
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
   * Answers the treatments and configurations of all flags in a set, later. Rules may look at the
   * attributes; the options go along with the impression.
   */
  default CompletableFuture<Map<String, SplitResult>> getTreatmentsWithConfigByFlagSet(
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

  /** Answers the treatments and configurations of all flags in any of several sets, later. */
  default CompletableFuture<Map<String, SplitResult>> getTreatmentsWithConfigByFlagSets(
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
   * Answers the treatments and configurations of all flags in any of several sets, later. Rules may
   * look at the attributes.
   */
  default CompletableFuture<Map<String, SplitResult>> getTreatmentsWithConfigByFlagSets(
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
   * Answers the treatments and configurations of all flags in any of several sets, later. The
   * options go along with the impression.
   */
  default CompletableFuture<Map<String, SplitResult>> getTreatmentsWithConfigByFlagSets(
      String key, List<String> flagSets, EvaluationOptions options) {
    return evaluate(
        new TreatmentRequest(
            TREATMENTS_WITH_CONFIG_BY_FLAG_SETS, Key.of(key), flagSets, Map.of(), options),
        Evaluation::result);
  }

  /**
   * Answers the treatments and configurations of all flags in any of several sets, later. Rules may
   * look at the attributes; the options go along with the impression.
   */
  default CompletableFuture<Map<String, SplitResult>> getTreatmentsWithConfigByFlagSets(
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
   * Answers the treatments and configurations of all flags in any of several sets, later. Rules may
   * look at the attributes.
   */
  default CompletableFuture<Map<String, SplitResult>> getTreatmentsWithConfigByFlagSets(
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
   * Answers the treatments and configurations of all flags in any of several sets, later. Rules may
   * look at the attributes; the options go along with the impression.
   */
  default CompletableFuture<Map<String, SplitResult>> getTreatmentsWithConfigByFlagSets(
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
  default CompletableFuture<Evaluation> evaluate(
      Key key, String flag, Map<String, Object> attributes) {
    return evaluate(TREATMENT_WITH_CONFIG, key, flag, attributes, EvaluationOptions.none());
  }

  /**
   * Answers one flag: what the methods about one flag come down to.
   *
   * @param method the public method that messages and latency figures name
   */
  CompletableFuture<Evaluation> evaluate(
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
  <T> CompletableFuture<Map<String, T>> evaluate(
      TreatmentRequest request, Function<Evaluation, T> view);

  /**
   * Answers every flag at once, from one moment; no flag if the key is not valid or the SDK
   * destroyed. Records and counts nothing, and logs nothing but a failure.
   */
  CompletableFuture<Map<String, Evaluation>> evaluateAll(Key key, Map<String, Object> attributes);

  /**
   * Answers one flag and shows each condition and test, what it saw, and who won; or why there is
   * nothing to show. Records and counts nothing, and logs nothing but a failure.
   */
  CompletableFuture<Explanation> explain(Key key, String flag, Map<String, Object> attributes);

  /** Records an event without a value. */
  default CompletableFuture<Boolean> track(String key, String trafficType, String eventType) {
    return track(key, trafficType, eventType, null, null);
  }

  /** Records an event with a value. */
  default CompletableFuture<Boolean> track(
      String key, String trafficType, String eventType, double value) {
    return track(key, trafficType, eventType, (Double) value, null);
  }

  /** Records an event with properties. */
  default CompletableFuture<Boolean> track(
      String key, String trafficType, String eventType, Map<String, Object> properties) {
    return track(key, trafficType, eventType, null, properties);
  }

  /** Records an event with a value and properties. */
  default CompletableFuture<Boolean> track(
      String key,
      String trafficType,
      String eventType,
      double value,
      Map<String, Object> properties) {
    return track(key, trafficType, eventType, (Double) value, properties);
  }

  /** Records an event, as {@link SplitClient#track(String, String, String, Double, Map)} does. */
  CompletableFuture<Boolean> track(
      String key,
      String trafficType,
      String eventType,
      @Nullable Double value,
      @Nullable Map<String, Object> properties);
}
