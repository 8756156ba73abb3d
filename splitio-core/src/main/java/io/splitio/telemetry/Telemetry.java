package io.splitio.telemetry;

import java.util.concurrent.atomic.LongAdder;

/** What the SDK counts about itself. Any thread may count. */
public final class Telemetry {

  /** What is counted. */
  public enum Counter {
    /** Evaluations that ended in an error. */
    EVALUATION_ERRORS,
    /** Questions asked before definitions were there. */
    NOT_READY_USES,
    /** Waits for readiness that timed out. */
    READY_TIMEOUTS,
    /** Flags or segments that lead back to themselves, each time one was met. */
    CYCLES,
    /** Definitions that could not be read. */
    BAD_DEFINITIONS,
    /** Impressions that a listener's queue had no room for. */
    LISTENER_DROPS,
    /** Calls in which a listener failed. */
    LISTENER_ERRORS
  }

  private final LongAdder[] counts = new LongAdder[Counter.values().length];

  /** Everything at zero. */
  public Telemetry() {
    for (int i = 0; i < counts.length; i++) {
      counts[i] = new LongAdder();
    }
  }

  /** Counts one. */
  public void count(Counter counter) {
    counts[counter.ordinal()].increment();
  }

  /** How many were counted so far. */
  public long total(Counter counter) {
    return counts[counter.ordinal()].sum();
  }
}
