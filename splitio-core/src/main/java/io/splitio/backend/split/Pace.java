package io.splitio.backend.split;

import java.util.function.LongSupplier;

/** Tells a flood of notifications from the usual trickle. For one lane. */
final class Pace {
  private static final long SECOND = 1_000_000_000L;
  private static final int FLOOD = 100;

  private final LongSupplier nanoTime;
  private long second;
  private int count;
  private int before;

  /**
   * Nothing counted yet.
   *
   * @param nanoTime as {@link System#nanoTime()}
   */
  Pace(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Counts one. */
  void count() {
    turnOver();
    count++;
  }

  /** Whether more than a hundred came in this second or the one before. */
  boolean isFlood() {
    turnOver();
    return Math.max(count, before) > FLOOD;
  }

  private void turnOver() {
    long now = Math.floorDiv(nanoTime.getAsLong(), SECOND);
    if (now != second) {
      before = now == second + 1 ? count : 0;
      count = 0;
      second = now;
    }
  }
}
