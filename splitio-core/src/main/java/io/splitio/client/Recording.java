package io.splitio.client;

import io.splitio.record.EventRecorder;
import io.splitio.record.ImpressionRecorder;
import io.splitio.telemetry.Call;
import io.splitio.telemetry.Telemetry;
import io.splitio.telemetry.TimeOfDay;
import org.jspecify.annotations.Nullable;

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

  /**
   * A public method is called: this moment, as {@link System#nanoTime()}, if it is to be known how
   * long this call takes, or else {@link TimeOfDay#NOW}.
   */
  long called(@Nullable Call call) {
    return timed && call != null && telemetry.isDue(call) ? System.nanoTime() : TimeOfDay.NOW;
  }

  /** A public method answers that was called at a moment. */
  void answered(Call call, long moment) {
    if (!timed) {
      return;
    }
    if (moment == TimeOfDay.NOW) {
      telemetry.answered(call);
    } else {
      telemetry.answeredWhenDue(call, System.nanoTime() - moment);
    }
  }
}
