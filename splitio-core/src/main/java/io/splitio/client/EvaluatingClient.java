package io.splitio.client;

import io.splitio.api.AsyncSplitClient;
import io.splitio.api.Evaluation;
import io.splitio.api.EvaluationOptions;
import io.splitio.api.Explanation;
import io.splitio.api.Key;
import io.splitio.api.SplitClient;
import io.splitio.api.TreatmentRequest;
import io.splitio.api.TreatmentRequest.Method;
import io.splitio.backend.Source;
import io.splitio.engine.Query;
import io.splitio.telemetry.Call;
import io.splitio.telemetry.TimeOfDay;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Check the question, take a snapshot, answer from it: the same three steps behind every method.
 * What they are is in {@link Answers}; here and in {@link EvaluatingLater} is only how the snapshot
 * comes.
 */
public final class EvaluatingClient implements SplitClient {
  private final Source source;
  private final Questions questions;
  private final Answers answers;
  private final Diagnostics diagnostics;
  private final Tracker tracker;
  private final Recording recording;
  private final Lifecycle lifecycle;
  private final AsyncSplitClient async;

  /** A client over a source. */
  public EvaluatingClient(
      Source source, Questions questions, Answers answers, Lifecycle lifecycle) {
    this.source = source;
    this.questions = questions;
    this.answers = answers;
    this.diagnostics = answers.diagnostics();
    this.tracker = answers.tracker(source);
    this.lifecycle = lifecycle;
    this.recording = answers.recording();
    AsyncSplitClient later = new EvaluatingLater(source, questions, answers, tracker);
    this.async = recording.timed() ? new MeasuredLater(later, recording.telemetry()) : later;
  }

  /** The instance behind a client. */
  public interface Lifecycle {
    /** Waits until the instance is ready, at most for the configured time. */
    void blockUntilReady() throws TimeoutException, InterruptedException;

    /** Ends the instance. */
    void destroy();
  }

  @Override
  public Evaluation evaluate(
      Method method,
      Key key,
      String flag,
      Map<String, Object> attributes,
      EvaluationOptions options) {
    Call call = method == null ? null : Call.of(method); // a caller may pass null
    long moment = recording.called(call);
    Evaluation evaluation;
    try {
      String name = questions.flag(method, key, flag);
      evaluation =
          name == null
              ? answers.refused(flag)
              : answers
                  .by(method)
                  .sending(options)
                  .one(source.snapshot(key.matchingKey(), name), key, name, attributes, moment);
    } catch (Throwable cause) {
      evaluation = answers.failed(method, flag, cause);
    }
    if (call != null) {
      recording.answered(call, moment);
      if (recording.timed() && Measured.isFailure(evaluation)) {
        recording.telemetry().failed(call);
      }
    }
    return evaluation;
  }

  @Override
  public <T> Map<String, T> evaluate(TreatmentRequest request, Function<Evaluation, T> view) {
    if (!recording.timed()) {
      return answered(request, view, TimeOfDay.NOW);
    }
    Method method = request == null ? null : request.method();
    Measured measured = new Measured(recording.telemetry(), method);
    return measured.over(answered(request, measured.watching(view), measured.began()));
  }

  private <T> Map<String, T> answered(
      TreatmentRequest request, Function<Evaluation, T> view, long moment) {
    try {
      Query query = questions.query(request);
      return query == null
          ? answers.refused(request, view)
          : answers.by(request.method()).many(source.snapshot(query), request, query, view, moment);
    } catch (Throwable cause) {
      return answers.failed(request, view, cause);
    }
  }

  @Override
  public Map<String, Evaluation> evaluateAll(Key key, Map<String, Object> attributes) {
    try {
      return diagnostics.areAnswered(key)
          ? diagnostics.all(source.snapshot(Questions.everything(key)), key, attributes)
          : new HashMap<>();
    } catch (Throwable cause) {
      return diagnostics.failedForAll(cause);
    }
  }

  @Override
  public Explanation explain(Key key, String flag, Map<String, Object> attributes) {
    try {
      String name = diagnostics.flag(key, flag);
      return name == null
          ? diagnostics.refused(key, flag)
          : diagnostics.explain(source.snapshot(Questions.one(key, name)), key, name, attributes);
    } catch (Throwable cause) {
      return diagnostics.failed(key, flag, cause);
    }
  }

  @Override
  public boolean track(
      String key,
      String trafficType,
      String eventType,
      @Nullable Double value,
      @Nullable Map<String, Object> properties) {
    return tracker.track(key, trafficType, eventType, value, properties);
  }

  @Override
  public AsyncSplitClient async() {
    return async;
  }

  @Override
  public void blockUntilReady() throws TimeoutException, InterruptedException {
    lifecycle.blockUntilReady();
  }

  @Override
  public void destroy() {
    lifecycle.destroy();
  }
}
