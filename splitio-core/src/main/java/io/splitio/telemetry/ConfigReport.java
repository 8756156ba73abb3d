package io.splitio.telemetry;

import io.splitio.api.ImpressionMode;
import java.time.Duration;

/**
 * How the SDK is set up (protocol specification 10.1), apart from what only its backend knows.
 *
 * @param mode how much is reported about treatments
 * @param impressions how impressions are sent
 * @param events how events are sent
 * @param usagePeriod how often the SDK reports how it is doing
 * @param listener whether somebody listens to impressions
 * @param activeFactories how many environments this process has instances for
 * @param redundantFactories how many more instances than that there are
 * @param timeToReady how long it took from its making until it was ready
 * @param readyTimeouts how many waits for that timed out
 * @param notReadyUses how many questions were asked before
 * @param flagSets how many flag sets the application named
 * @param flagSetsDiscarded how many of them were not valid
 */
public record ConfigReport(
    ImpressionMode mode,
    Queue impressions,
    Queue events,
    Duration usagePeriod,
    boolean listener,
    int activeFactories,
    int redundantFactories,
    Duration timeToReady,
    long readyTimeouts,
    long notReadyUses,
    int flagSets,
    int flagSetsDiscarded) {

  /**
   * A queue.
   *
   * @param capacity how much it holds
   * @param period how often it is emptied
   */
  public record Queue(int capacity, Duration period) {}
}
