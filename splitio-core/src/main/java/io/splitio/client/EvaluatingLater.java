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
import io.splitio.engine.Snapshot;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The client whose snapshots come later. */
final class EvaluatingLater implements AsyncSplitClient {
  private final Source source;
  private final Questions questions;
  private final Answers answers;

  EvaluatingLater(Source source, Questions questions, Answers answers) {
    this.source = source;
    this.questions = questions;
    this.answers = answers;
  }

  @Override
  public CompletableFuture<Evaluation> evaluate(
      Method method,
      Key key,
      String flag,
      Map<String, Object> attributes,
      EvaluationOptions options) {
    try {
      String name = questions.flag(method, key, flag);
      if (name == null) {
        return completedFuture(answers.refused(flag));
      }
      return snapshot(Questions.one(key, name))
          .thenApply(snapshot -> answers.one(snapshot, key, name, attributes, options))
          .exceptionally(cause -> answers.failed(method, flag, cause));
    } catch (Throwable cause) {
      return completedFuture(answers.failed(method, flag, cause));
    }
  }

  @Override
  public <T> CompletableFuture<Map<String, T>> evaluate(
      TreatmentRequest request, Function<Evaluation, T> view) {
    try {
      Query query = questions.query(request);
      if (query == null) {
        return completedFuture(answers.refused(request, view));
      }
      return snapshot(query)
          .thenApply(snapshot -> answers.many(snapshot, request, query, view))
          .exceptionally(cause -> answers.failed(request, view, cause));
    } catch (Throwable cause) {
      return completedFuture(answers.failed(request, view, cause));
    }
  }

  @Override
  public CompletableFuture<Map<String, Evaluation>> evaluateAll(
      Key key, Map<String, Object> attributes) {
    try {
      if (!questions.areAnswered(Method.TREATMENTS_WITH_CONFIG, key)) {
        return completedFuture(Map.of());
      }
      return snapshot(Questions.everything(key))
          .thenApply(snapshot -> answers.all(snapshot, key, attributes))
          .exceptionally(answers::failedForAll);
    } catch (Throwable cause) {
      return completedFuture(answers.failedForAll(cause));
    }
  }

  @Override
  public CompletableFuture<Explanation> explain(
      Key key, String flag, Map<String, Object> attributes) {
    try {
      String name = questions.flag(Method.TREATMENT, key, flag);
      if (name == null) {
        return completedFuture(answers.refusedExplanation(key, flag));
      }
      return snapshot(Questions.one(key, name))
          .thenApply(snapshot -> answers.explain(snapshot, key, name, attributes))
          .exceptionally(cause -> answers.failedExplanation(key, flag, cause));
    } catch (Throwable cause) {
      return completedFuture(answers.failedExplanation(key, flag, cause));
    }
  }

  @Override
  public CompletableFuture<Boolean> track(
      String key,
      String trafficType,
      String eventType,
      @Nullable Double value,
      @Nullable Map<String, Object> properties) {
    return completedFuture(answers.track(key, trafficType, eventType, value, properties));
  }

  private CompletableFuture<Snapshot> snapshot(Query query) {
    return source.snapshotAsync(query);
  }
}
