package io.splitio.client;

import io.splitio.record.EventRecorder;
import io.splitio.record.ImpressionRecorder;
import io.splitio.telemetry.Call;
import io.splitio.telemetry.Telemetry;
import io.splitio.telemetry.TimeOfDay;

/**
 * Where a client takes what happened.
 *
 * @param impressions takes what was served
 * @param events takes what the application tells of
 * @param telemetry counts
 * @param time tells the time of day
 * @param timed whether anybody wants to know how long answers take
 */
public record Recording(
    ImpressionRecorder impressions,
    EventRecorder events,
    Telemetry telemetry,
    TimeOfDay time,
    boolean timed) {

  /** This moment, as {@link System#nanoTime()}, if anybody will want to know it. */
  long moment() {
    return timed || impressions.isHeard() ? System.nanoTime() : 0;
  }

  /** A public method, which was called at a moment, answers. */
  void answered(Call call, long moment) {
    if (timed) {
      telemetry.answered(call, System.nanoTime() - moment);
    }
  }
}
