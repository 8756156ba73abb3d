package io.splitio.client;

import io.splitio.api.AsyncSplitClient;
import io.splitio.api.Evaluation;
import io.splitio.api.EvaluationOptions;
import io.splitio.api.Explanation;
import io.splitio.api.Key;
import io.splitio.api.SplitClient;
import io.splitio.api.TreatmentRequest;
import io.splitio.api.TreatmentRequest.Method;
import io.splitio.telemetry.Call;
import io.splitio.telemetry.Telemetry;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A client whose answers are timed, for a backend that reports how long they take. */
public final class MeasuredClient implements SplitClient {
  private final SplitClient client;
  private final AsyncSplitClient async;
  private final Telemetry telemetry;

  /** Times the answers of a client. */
  public MeasuredClient(SplitClient client, Telemetry telemetry) {
    this.client = client;
    this.async = new MeasuredLater(client.async(), telemetry);
    this.telemetry = telemetry;
  }

  @Override
  public Evaluation evaluate(
      Method method,
      Key key,
      String flag,
      Map<String, Object> attributes,
      EvaluationOptions options) {
    long began = System.nanoTime();
    Evaluation evaluation = client.evaluate(method, key, flag, attributes, options);
    if (method != null) { // a caller may pass null
      Call call = Call.of(method);
      telemetry.answered(call, System.nanoTime() - began);
      if (Measured.isFailure(evaluation)) {
        telemetry.failed(call);
      }
    }
    return evaluation;
  }

  @Override
  public <T> Map<String, T> evaluate(TreatmentRequest request, Function<Evaluation, T> view) {
    Measured measured = new Measured(telemetry, request == null ? null : request.method());
    return measured.over(client.evaluate(request, measured.watching(view)));
  }

  @Override
  public Map<String, Evaluation> evaluateAll(Key key, Map<String, Object> attributes) {
    return client.evaluateAll(key, attributes);
  }

  @Override
  public Explanation explain(Key key, String flag, Map<String, Object> attributes) {
    return client.explain(key, flag, attributes);
  }

  @Override
  public boolean track(
      String key,
      String trafficType,
      String eventType,
      @Nullable Double value,
      @Nullable Map<String, Object> properties) {
    long began = System.nanoTime();
    boolean taken = client.track(key, trafficType, eventType, value, properties);
    telemetry.answered(Call.TRACK, System.nanoTime() - began);
    return taken;
  }

  @Override
  public AsyncSplitClient async() {
    return async;
  }

  @Override
  public void blockUntilReady() throws TimeoutException, InterruptedException {
    client.blockUntilReady();
  }

  @Override
  public void destroy() {
    client.destroy();
  }
}
