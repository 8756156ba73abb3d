package io.splitio.spring.toggle;

import io.splitio.api.AsyncSplitClient;
import io.splitio.api.Evaluation;
import io.splitio.api.EvaluationOptions;
import io.splitio.api.Explanation;
import io.splitio.api.Key;
import io.splitio.api.SplitClient;
import io.splitio.api.TreatmentRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The real client, and what it was asked. */
final class Asked implements SplitClient {
  private final SplitClient client;
  private final List<Question> questions = new CopyOnWriteArrayList<>();

  Asked(SplitClient client) {
    this.client = client;
  }

  record Question(Key key, String flag, Map<String, Object> attributes, String thread) {}

  List<Question> questions() {
    return questions;
  }

  Question only() {
    if (questions.size() != 1) {
      throw new AssertionError("expected one question, not " + questions);
    }
    return questions.get(0);
  }

  @Override
  public Evaluation evaluate(
      TreatmentRequest.Method method,
      Key key,
      String flag,
      Map<String, Object> attributes,
      EvaluationOptions options) {
    questions.add(new Question(key, flag, attributes, Thread.currentThread().getName()));
    return client.evaluate(method, key, flag, attributes, options);
  }

  @Override
  public <T> Map<String, T> evaluate(TreatmentRequest request, Function<Evaluation, T> view) {
    return client.evaluate(request, view);
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
    return client.track(key, trafficType, eventType, value, properties);
  }

  @Override
  public AsyncSplitClient async() {
    return client.async();
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
