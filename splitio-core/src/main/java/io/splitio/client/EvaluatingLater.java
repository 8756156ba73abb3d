package io.splitio.client;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.splitio.api.AsyncSplitClient;
import io.splitio.api.Evaluation;
import io.splitio.api.EvaluationOptions;
import io.splitio.api.Explanation;
import io.splitio.api.Key;
import io.splitio.api.TreatmentRequest;
import io.splitio.api.TreatmentRequest.Method;
import io.splitio.backend.Source;
import io.splitio.engine.Query;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The client whose snapshots come later. */
final class EvaluatingLater implements AsyncSplitClient {
  private final Source source;
  private final Questions questions;
  private final Answers answers;
  private final Diagnostics diagnostics;
  private final Tracker tracker;

  EvaluatingLater(Source source, Questions questions, Answers answers, Tracker tracker) {
    this.source = source;
    this.questions = questions;
    this.answers = answers;
    this.diagnostics = answers.diagnostics();
    this.tracker = tracker;
  }

  @Override
  public CompletableFuture<Evaluation> evaluate(
      Method method,
      Key key,
      String flag,
      Map<String, Object> attributes,
      EvaluationOptions options) {
    long moment = System.nanoTime();
    try {
      String name = questions.flag(method, key, flag);
      if (name == null) {
        return completedFuture(answers.refused(flag));
      }
      return Later.answer(
          source.snapshotAsync(Questions.one(key, name)),
          snapshot ->
              answers.by(method).sending(options).one(snapshot, key, name, attributes, moment),
          cause -> answers.failed(method, flag, cause));
    } catch (Throwable cause) {
      return completedFuture(answers.failed(method, flag, cause));
    }
  }

  @Override
  public <T> CompletableFuture<Map<String, T>> evaluate(
      TreatmentRequest request, Function<Evaluation, T> view) {
    long moment = System.nanoTime();
    try {
      Query query = questions.query(request);
      if (query == null) {
        return completedFuture(answers.refused(request, view));
      }
      return Later.answer(
          source.snapshotAsync(query),
          snapshot -> answers.by(request.method()).many(snapshot, request, query, view, moment),
          cause -> answers.failed(request, view, cause));
    } catch (Throwable cause) {
      return completedFuture(answers.failed(request, view, cause));
    }
  }

  @Override
  public CompletableFuture<Map<String, Evaluation>> evaluateAll(
      Key key, Map<String, Object> attributes) {
    try {
      if (!diagnostics.areAnswered(key)) {
        return completedFuture(new HashMap<>());
      }
      return Later.answer(
          source.snapshotAsync(Questions.everything(key)),
          snapshot -> diagnostics.all(snapshot, key, attributes),
          diagnostics::failedForAll);
    } catch (Throwable cause) {
      return completedFuture(diagnostics.failedForAll(cause));
    }
  }

  @Override
  public CompletableFuture<Explanation> explain(
      Key key, String flag, Map<String, Object> attributes) {
    try {
      String name = diagnostics.flag(key, flag);
      if (name == null) {
        return completedFuture(diagnostics.refused(key, flag));
      }
      return Later.answer(
          source.snapshotAsync(Questions.one(key, name)),
          snapshot -> diagnostics.explain(snapshot, key, name, attributes),
          cause -> diagnostics.failed(key, flag, cause));
    } catch (Throwable cause) {
      return completedFuture(diagnostics.failed(key, flag, cause));
    }
  }

  @Override
  public CompletableFuture<Boolean> track(
      String key,
      String trafficType,
      String eventType,
      @Nullable Double value,
      @Nullable Map<String, Object> properties) {
    return completedFuture(tracker.track(key, trafficType, eventType, value, properties));
  }
}
