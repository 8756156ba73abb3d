package io.splitio.record;

import io.splitio.api.Evaluation;
import io.splitio.api.Key;
import java.time.Duration;
import java.util.Map;

/** Forgets everything: nobody wants to hear of it. */
enum NoImpressions implements ImpressionRecorder {
  NONE;

  @Override
  public void record(
      Key key,
      String flag,
      Evaluation evaluation,
      Map<String, Object> attributes,
      Map<String, Object> properties) {}

  @Override
  public void count(
      Key key,
      String flag,
      Evaluation evaluation,
      Map<String, Object> attributes,
      Map<String, Object> properties) {}

  @Override
  public boolean isHeard() {
    return false;
  }

  @Override
  public void close(Duration timeout) {}
}
