package io.splitio.record;

import io.splitio.api.Evaluation;
import io.splitio.api.Key;
import java.time.Duration;
import java.util.Map;

/** Takes what was served. Never makes the caller wait, and never throws. */
public interface ImpressionRecorder {

  /** Takes the evaluation of a flag. */
  void record(
      Key key,
      String flag,
      Evaluation evaluation,
      Map<String, Object> attributes,
      Map<String, Object> properties);

  /** Takes the evaluation of a flag whose impressions are only counted. */
  void count(
      Key key,
      String flag,
      Evaluation evaluation,
      Map<String, Object> attributes,
      Map<String, Object> properties);

  /** Whether anybody will hear of what is taken, so that it is worth preparing. */
  default boolean isHeard() {
    return true;
  }

  /** Delivers what is queued, for at most so long, and takes nothing any more. */
  void close(Duration timeout);

  /** Forgets everything. */
  static ImpressionRecorder none() {
    return NoImpressions.NONE;
  }
}
