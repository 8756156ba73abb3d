package io.splitio.client;

import io.splitio.api.Evaluation;
import io.splitio.api.EvaluationOptions;
import io.splitio.api.Explanation;
import io.splitio.api.FallbackTreatments;
import io.splitio.api.Key;
import io.splitio.api.TreatmentRequest;
import io.splitio.api.TreatmentRequest.Method;
import io.splitio.engine.Evaluator;
import io.splitio.engine.Explainer;
import io.splitio.engine.Failures;
import io.splitio.engine.Fallbacks;
import io.splitio.engine.Query;
import io.splitio.engine.Snapshot;
import io.splitio.flag.FeatureFlag;
import io.splitio.log.LogSafe;
import io.splitio.record.Event;
import io.splitio.telemetry.Telemetry.Counter;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is answered once the definitions are at hand, and recorded with it. */
public final class Answers {
  private final Readiness readiness;
  private final Recording recording;
  private final InputCheck check;
  private final EventCheck events;
  private final Fallbacks fallbacks;
  private final Evaluator evaluator;
  private final Explainer explainer;

  /**
   * Answers to questions that were checked; fallback treatments that are not valid are left out.
   */
  public Answers(
      Questions questions,
      Readiness readiness,
      Recording recording,
      FallbackTreatments treatments) {
    this.readiness = readiness;
    this.recording = recording;
    this.check = questions.check();
    this.events = new EventCheck(check, recording.clock());
    this.fallbacks = new Fallbacks(new FallbackCheck(check).valid(treatments));
    this.evaluator = new Evaluator(fallbacks, new LoggedMishaps(recording.telemetry()));
    this.explainer = new Explainer(evaluator);
  }

  /** One flag. */
  Evaluation one(
      Snapshot snapshot,
      Key key,
      String name,
      @Nullable Map<String, Object> attributes,
      @Nullable EvaluationOptions options) {
    FeatureFlag flag = snapshot.flag(name);
    Map<String, Object> seen = attributes == null ? Map.of() : attributes;
    if (flag == null) {
      return missing(key, name, seen, options);
    }
    Evaluation evaluation =
        evaluator.evaluate(snapshot, flag, key.matchingKey(), bucketingKey(key), seen);
    if (flag.impressionsDisabled()) {
      recording.impressions().count(key, name, evaluation, seen, check.properties(options));
    } else {
      recording.impressions().record(key, name, evaluation, seen, check.properties(options));
    }
    return evaluation;
  }

  /** A flag that is not known: no impression, unless the definitions were not there yet. */
  private Evaluation missing(
      Key key, String name, Map<String, Object> attributes, @Nullable EvaluationOptions options) {
    if (readiness.isReady()) {
      check.unknownFlag(name);
      return fallbacks.missing(name);
    }
    Evaluation evaluation = fallbacks.notReady(name);
    recording.impressions().record(key, name, evaluation, attributes, check.properties(options));
    return evaluation;
  }

  /** Several flags, or those of flag sets. */
  <T> Map<String, T> many(
      Snapshot snapshot, TreatmentRequest request, Query query, Function<Evaluation, T> view) {
    Key key = request.key();
    if (key == null) {
      return new HashMap<>();
    }
    Collection<String> names =
        request.method().asksBySet() ? flagsIn(snapshot, query) : query.flags();
    Map<String, T> answers = new HashMap<>(names.size() * 4 / 3 + 1);
    for (String name : names) {
      answers.put(
          name, view.apply(one(snapshot, key, name, request.attributes(), request.options())));
    }
    return answers;
  }

  private Set<String> flagsIn(Snapshot snapshot, Query query) {
    Set<String> names = new LinkedHashSet<>();
    for (String set : query.flagSets()) {
      Set<String> flags = snapshot.flagsIn(set);
      if (flags.isEmpty()) {
        check.warn("flag sets", "no flag belongs to the set '" + set + "'");
      }
      names.addAll(flags);
    }
    return names;
  }

  /** Every flag; nothing is recorded. */
  Map<String, Evaluation> all(
      Snapshot snapshot, Key key, @Nullable Map<String, Object> attributes) {
    Map<String, Object> seen = attributes == null ? Map.of() : attributes;
    Map<String, Evaluation> answers = new HashMap<>();
    snapshot.forEachFlag(
        flag ->
            answers.put(
                flag.name(),
                evaluator.evaluate(snapshot, flag, key.matchingKey(), bucketingKey(key), seen)));
    return answers;
  }

  /** How one flag decides; nothing is recorded. */
  Explanation explain(
      Snapshot snapshot, Key key, String name, @Nullable Map<String, Object> attributes) {
    Map<String, Object> seen = attributes == null ? Map.of() : attributes;
    if (snapshot.flag(name) == null && !readiness.isReady()) {
      return Unexplained.because(
          "the SDK is not ready and the flag is not known yet",
          key,
          name,
          fallbacks.notReady(name));
    }
    return explainer.explain(snapshot, name, key, seen);
  }

  /** The answer to a question that is not valid, or comes too late. */
  Evaluation refused(@Nullable String flag) {
    return fallbacks.refused(flag);
  }

  /**
   * The answers to such a question: none for flag sets, else one for each name as it was passed.
   */
  <T> Map<String, T> refused(TreatmentRequest request, Function<Evaluation, T> view) {
    Map<String, T> answers = new HashMap<>();
    Collection<String> names = request.names();
    if (names != null && !request.method().asksBySet()) {
      for (String name : names) {
        if (name != null) {
          answers.put(name, view.apply(fallbacks.refused(name)));
        }
      }
    }
    return answers;
  }

  Explanation refusedExplanation(@Nullable Key key, @Nullable String flag) {
    return Unexplained.because(
        "the key or the flag name is not valid, or the SDK is destroyed", key, flag, refused(flag));
  }

  /** The answer when the definitions could not be had, or a view failed. */
  Evaluation failed(@Nullable Method method, @Nullable String flag, Throwable cause) {
    report(method == null ? "evaluate" : method.methodName(), cause);
    failed(method);
    return fallbacks.refused(flag);
  }

  <T> Map<String, T> failed(
      @Nullable TreatmentRequest request, Function<Evaluation, T> view, Throwable cause) {
    if (request == null || request.method() == null) {
      report("evaluate", cause);
      return new HashMap<>();
    }
    report(request.method().methodName(), cause);
    failed(request.method());
    try {
      return refused(request, view);
    } catch (Throwable again) { // the names or the view themselves are the trouble
      Failures.rethrowIfFatal(again);
      return new HashMap<>();
    }
  }

  Map<String, Evaluation> failedForAll(Throwable cause) {
    report("evaluateAll", cause);
    return new HashMap<>();
  }

  Explanation failedExplanation(@Nullable Key key, @Nullable String flag, Throwable cause) {
    report("explain", cause);
    return Unexplained.because(
        "the definitions could not be had: " + cause.getClass().getName(),
        key,
        flag,
        refused(flag));
  }

  /** Records an event; false when it is not valid, comes too late, or finds no room. */
  boolean track(
      @Nullable String key,
      @Nullable String trafficType,
      @Nullable String eventType,
      @Nullable Double value,
      @Nullable Map<String, Object> properties) {
    try {
      if (readiness.isDestroyed()) {
        check.error(Method.TRACK, "the SDK is destroyed; the event is not recorded");
        return false;
      }
      Event event = events.event(key, trafficType, eventType, value, properties);
      return event != null && recording.events().offer(event);
    } catch (Throwable cause) {
      report(Method.TRACK.methodName(), cause);
      failed(Method.TRACK);
      return false;
    }
  }

  private void failed(@Nullable Method method) {
    if (method != null) {
      recording.telemetry().failed(method);
    }
  }

  private void report(String method, Throwable cause) {
    Failures.rethrowIfFatal(cause);
    recording.telemetry().count(Counter.EVALUATION_ERRORS);
    check.error(method, "failed: " + LogSafe.quote(cause.getClass().getName()));
  }

  private static String bucketingKey(Key key) {
    String bucketingKey = key.bucketingKey();
    return bucketingKey == null ? key.matchingKey() : bucketingKey;
  }
}
