package io.splitio.client;

import io.splitio.api.AsyncSplitClient;
import io.splitio.api.Evaluation;
import io.splitio.api.EvaluationOptions;
import io.splitio.api.Explanation;
import io.splitio.api.Key;
import io.splitio.api.TreatmentRequest;
import io.splitio.api.TreatmentRequest.Method;
import io.splitio.telemetry.Telemetry;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A client whose answers are timed: from the call to the completion of its future. */
final class MeasuredLater implements AsyncSplitClient {
  private final AsyncSplitClient client;
  private final Telemetry telemetry;

  MeasuredLater(AsyncSplitClient client, Telemetry telemetry) {
    this.client = client;
    this.telemetry = telemetry;
  }

  @Override
  public CompletableFuture<Evaluation> evaluate(
      Method method,
      Key key,
      String flag,
      Map<String, Object> attributes,
      EvaluationOptions options) {
    Measured measured = new Measured(telemetry, method);
    return client.evaluate(method, key, flag, attributes, options).thenApply(measured::over);
  }

  @Override
  public <T> CompletableFuture<Map<String, T>> evaluate(
      TreatmentRequest request, Function<Evaluation, T> view) {
    Measured measured = new Measured(telemetry, request == null ? null : request.method());
    return client.evaluate(request, measured.watching(view)).thenApply(measured::over);
  }

  @Override
  public CompletableFuture<Map<String, Evaluation>> evaluateAll(
      Key key, Map<String, Object> attributes) {
    return client.evaluateAll(key, attributes);
  }

  @Override
  public CompletableFuture<Explanation> explain(
      Key key, String flag, Map<String, Object> attributes) {
    return client.explain(key, flag, attributes);
  }

  @Override
  public CompletableFuture<Boolean> track(
      String key,
      String trafficType,
      String eventType,
      @Nullable Double value,
      @Nullable Map<String, Object> properties) {
    return client.track(key, trafficType, eventType, value, properties);
  }
}
