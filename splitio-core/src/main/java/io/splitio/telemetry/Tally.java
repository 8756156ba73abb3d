package io.splitio.telemetry;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts from any thread, and hands out what was counted since the last time.
 *
 * <p>The count itself only grows, so that no increment is lost to a concurrent hand-over, and what
 * could not be delivered is simply given back.
 */
final class Tally {
  private final LongAdder count = new LongAdder();
  private long taken; // by the reporting thread only, under the telemetry's lock

  void increment() {
    count.increment();
  }

  long take() {
    long fresh = count.sum() - taken;
    taken += fresh;
    return fresh;
  }

  void giveBack(long undelivered) {
    taken -= undelivered;
  }
}
