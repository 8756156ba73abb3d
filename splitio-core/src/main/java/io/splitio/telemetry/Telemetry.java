package io.splitio.telemetry;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
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

  private final Map<Counter, LongAdder> counts = new EnumMap<>(Counter.class);

  /** Everything at zero. */
  public Telemetry() {
    for (Counter counter : Counter.values()) {
      counts.put(counter, new LongAdder());
    }
  }

  /** Counts one. */
  public void count(Counter counter) {
    of(counter).increment();
  }

  /** How many were counted so far. */
  public long total(Counter counter) {
    return of(counter).sum();
  }

  private LongAdder of(Counter counter) {
    return Objects.requireNonNull(counts.get(counter));
  }
}
