package io.splitio.telemetry;

import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The time of day of moments of {@link System#nanoTime()}: whoever has looked at that clock to tell
 * how long something takes need not look at another one, which costs as much as half an evaluation.
 *
 * <p>The two are compared once a second while somebody asks, so that a time of day that is set anew
 * is noticed within that. A clock that a test moves by hand is looked at each time.
 */
public final class TimeOfDay {
  /** Stands for the moment at which it is asked about. */
  public static final long NOW = 0;

  private static final long GOOD_FOR = TimeUnit.SECONDS.toNanos(1);
  private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Clock clock;
  private final long goodFor;
  private volatile @Nullable Mark mark; // by whoever finds it too old

  private TimeOfDay(Clock clock, long goodFor) {
    this.clock = clock;
    this.goodFor = goodFor;
  }

  /** What both clocks showed at a moment. */
  private record Mark(long nanos, long millis) {}

  /** The time of day that a clock shows. */
  public static TimeOfDay of(Clock clock) {
    return new TimeOfDay(clock, clock.equals(Clock.systemUTC()) ? GOOD_FOR : 0);
  }

  /**
   * The time of day at a moment not long ago, in milliseconds since 1970-01-01T00:00:00Z.
   *
   * @param moment the moment, as {@link System#nanoTime()}, or {@link #NOW}
   */
  public long at(long moment) {
    long nanoTime = moment == NOW ? System.nanoTime() : moment;
    Mark known = mark;
    if (known == null || Math.abs(nanoTime - known.nanos) >= goodFor) {
      known = new Mark(System.nanoTime(), clock.millis());
      if (System.nanoTime() - known.nanos < NANOS) { // else it was kept from looking at both
        mark = known;
      }
    }
    return known.millis + (nanoTime - known.nanos) / NANOS;
  }
}
