package io.splitio.record;

import io.splitio.api.Evaluation;
import io.splitio.api.Key;
import java.util.Map;

/** Forgets everything: nobody wants to hear of it. */
enum NoImpressions implements ImpressionRecorder {
  NONE;

  @Override
  public void record(
      Key key, String flag, Evaluation evaluation, Map<String, Object> attributes, long moment) {}

  @Override
  public void count(
      Key key, String flag, Evaluation evaluation, Map<String, Object> attributes, long moment) {}

  @Override
  public ImpressionRecorder with(Map<String, Object> properties) {
    return this;
  }

  @Override
  public boolean isHeard() {
    return false;
  }
}
