package io.splitio.client;

import io.splitio.api.Evaluation;
import io.splitio.api.FallbackTreatments;
import io.splitio.api.TreatmentRequest;
import io.splitio.api.TreatmentRequest.Method;
import io.splitio.backend.Source;
import io.splitio.engine.Evaluator;
import io.splitio.engine.Failures;
import io.splitio.engine.Fallbacks;
import io.splitio.telemetry.Call;
import io.splitio.telemetry.Telemetry.Counter;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is answered, and recorded with it. */
public final class Answers {
  private final Questions questions;
  private final Readiness readiness;
  private final Recording recording;
  private final Fallbacks fallbacks;
  private final Diagnostics diagnostics;
  private final LoggedMishaps mishaps;
  private final Map<Method, Answering> byMethod = new EnumMap<>(Method.class);

  /**
   * Answers to questions that were checked; fallback treatments that are not valid are left out.
   *
   * @param source says which are valid
   */
  public Answers(
      Questions questions,
      Readiness readiness,
      Recording recording,
      FallbackTreatments treatments,
      Source source) {
    this.questions = questions;
    this.readiness = readiness;
    this.recording = recording;
    FallbackCheck check = new FallbackCheck(questions.check("fallbackTreatments"));
    this.fallbacks = new Fallbacks(source.namesAreSplits() ? check.valid(treatments) : treatments);
    this.diagnostics = new Diagnostics(questions, readiness, fallbacks);
    this.mishaps = new LoggedMishaps(recording.telemetry());
    Evaluator evaluator = new Evaluator(fallbacks, mishaps);
    for (Method method : Method.values()) {
      InputCheck named = questions.check(method);
      byMethod.put(
          method, new Answering(named, readiness, recording.impressions(), fallbacks, evaluator));
    }
  }

  /** The answers in the name of a public method. */
  Answering by(Method method) {
    return Objects.requireNonNull(byMethod.get(method));
  }

  Readiness readiness() {
    return readiness;
  }

  Fallbacks fallbacks() {
    return fallbacks;
  }

  /** Where it is told, once for all APIs, what could not be evaluated. */
  LoggedMishaps mishaps() {
    return mishaps;
  }

  /** Where what is answered is recorded. */
  Recording recording() {
    return recording;
  }

  /** The answers that leave no trace. */
  Diagnostics diagnostics() {
    return diagnostics;
  }

  /** Decisions from the definitions of a source, which are recorded when they are used. */
  public Decisions decisions(Source source, Decisions.Surroundings surroundings) {
    return new Decisions(source, this, surroundings);
  }

  /** What takes events, told apart by the traffic types of a source. */
  Tracker tracker(Source source) {
    return new Tracker(questions.check("track"), readiness, recording, source);
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

  /** The answer when the definitions could not be had. */
  Evaluation failed(@Nullable Method method, @Nullable String flag, Throwable cause) {
    report(method, cause);
    return fallbacks.refused(flag);
  }

  /** The answers when the definitions could not be had, or the names or the view failed. */
  <T> Map<String, T> failed(
      @Nullable TreatmentRequest request, Function<Evaluation, T> view, Throwable cause) {
    Method method = request == null ? null : request.method();
    report(method, cause);
    if (request == null || method == null) {
      return new HashMap<>();
    }
    try {
      return refused(request, view);
    } catch (Throwable again) { // the names or the view themselves are the trouble
      Failures.rethrowIfFatal(again);
      return new HashMap<>();
    }
  }

  private void report(@Nullable Method method, Throwable cause) {
    String name = method == null ? "evaluate" : method.methodName();
    Failures.rethrowIfFatal(cause);
    recording.telemetry().count(Counter.EVALUATION_ERRORS);
    if (method != null) {
      recording.telemetry().failed(Call.of(method));
    }
    questions.check(name).failed(cause);
  }

  /** The attributes a caller gave; null means none. */
  static Map<String, Object> given(@Nullable Map<String, Object> attributes) {
    return attributes == null ? Map.of() : attributes;
  }
}
