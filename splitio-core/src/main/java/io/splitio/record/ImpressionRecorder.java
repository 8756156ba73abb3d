package io.splitio.record;

import io.splitio.api.Evaluation;
import io.splitio.api.Key;
import java.util.Map;

/** Takes what was served. Never makes the caller wait, and never throws. */
public interface ImpressionRecorder {

  /**
   * Takes the evaluation of a flag.
   *
   * @param moment when, as {@link System#nanoTime()}, or {@link io.splitio.telemetry.TimeOfDay#NOW}
   */
  void record(
      Key key, String flag, Evaluation evaluation, Map<String, Object> attributes, long moment);

  /**
   * Takes the evaluation of a flag whose impressions are only counted.
   *
   * @param moment when, as {@link System#nanoTime()}, or {@link io.splitio.telemetry.TimeOfDay#NOW}
   */
  void count(
      Key key, String flag, Evaluation evaluation, Map<String, Object> attributes, long moment);

  /** Takes what goes with these properties, which were checked. */
  ImpressionRecorder with(Map<String, Object> properties);

  /** Whether anybody will hear of what is taken, so that it is worth preparing. */
  default boolean isHeard() {
    return true;
  }

  /** Forgets everything. */
  static ImpressionRecorder none() {
    return NoImpressions.NONE;
  }
}
