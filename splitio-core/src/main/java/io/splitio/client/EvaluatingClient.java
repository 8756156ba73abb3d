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
    this.async = new EvaluatingLater(source, questions, answers, tracker);
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
    try {
      String name = questions.flag(method, key, flag);
      return name == null
          ? answers.refused(flag)
          : answers
              .by(method)
              .one(source.snapshot(key.matchingKey(), name), key, name, attributes, options);
    } catch (Throwable cause) {
      return answers.failed(method, flag, cause);
    }
  }

  @Override
  public <T> Map<String, T> evaluate(TreatmentRequest request, Function<Evaluation, T> view) {
    try {
      Query query = questions.query(request);
      return query == null
          ? answers.refused(request, view)
          : answers.by(request.method()).many(source.snapshot(query), request, query, view);
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
