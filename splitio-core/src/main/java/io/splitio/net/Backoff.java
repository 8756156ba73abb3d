package io.splitio.net;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait after a failure: twice as long each time, with jitter, from the start again once
 * things went well for a minute.
 *
 * <p>For one thread at a time. It neither waits nor reads a clock of its own.
 */
public final class Backoff {
  private static final Duration HEALTHY = Duration.ofSeconds(60);

  private final Duration first;
  private final Duration longest;
  private final boolean full;
  private final DoubleSupplier random;
  private final LongSupplier nanoTime;
  private int failures;
  private boolean healthy;
  private long healthySince;

  private Backoff(
      Duration first,
      Duration longest,
      boolean full,
      DoubleSupplier random,
      LongSupplier nanoTime) {
    this.first = first;
    this.longest = longest;
    this.full = full;
    this.random = random;
    this.nanoTime = nanoTime;
  }

  /** For troubles that pass, with the time and the chance of this machine. */
  public static Backoff normal() {
    return normal(Duration.ofSeconds(1));
  }

  /** For troubles that pass, between these bounds, with the time and the chance of this machine. */
  public static Backoff normal(Duration first, Duration longest) {
    return new Backoff(
        first, longest, true, () -> ThreadLocalRandom.current().nextDouble(), System::nanoTime);
  }

  /** For troubles that pass, from this bound on, with the time and the chance of this machine. */
  public static Backoff normal(Duration first) {
    return normal(first, () -> ThreadLocalRandom.current().nextDouble(), System::nanoTime);
  }

  /** For troubles that last, with the time and the chance of this machine. */
  public static Backoff extended() {
    return extended(() -> ThreadLocalRandom.current().nextDouble(), System::nanoTime);
  }

  /**
   * For troubles that pass: up to 1, 2, 4 … 60 seconds, anywhere between 100 ms and that.
   *
   * @param random numbers from 0 inclusive to 1 exclusive
   * @param nanoTime as {@link System#nanoTime()}
   */
  public static Backoff normal(DoubleSupplier random, LongSupplier nanoTime) {
    return normal(Duration.ofSeconds(1), random, nanoTime);
  }

  /**
   * The same with another bound in place of the first second.
   *
   * @param first at most a minute
   * @param random numbers from 0 inclusive to 1 exclusive
   * @param nanoTime as {@link System#nanoTime()}
   */
  public static Backoff normal(Duration first, DoubleSupplier random, LongSupplier nanoTime) {
    return new Backoff(first, Duration.ofSeconds(60), true, random, nanoTime);
  }

  /**
   * For troubles that last: 5, 10, 20 … 60 minutes, and up to a fifth more but never over an hour.
   *
   * @param random numbers from 0 inclusive to 1 exclusive
   * @param nanoTime as {@link System#nanoTime()}
   */
  public static Backoff extended(DoubleSupplier random, LongSupplier nanoTime) {
    return new Backoff(Duration.ofMinutes(5), Duration.ofMinutes(60), false, random, nanoTime);
  }

  /** Notes that things go well from now on, if they did not already. */
  public void succeeded() {
    if (!healthy) {
      healthy = true;
      healthySince = nanoTime.getAsLong();
    }
  }

  /** Notes a failure and says how long to wait. */
  public Duration failed() {
    return failed(null);
  }

  /**
   * Notes a failure and says how long to wait.
   *
   * @param atLeast what the server asks for, or null
   */
  public Duration failed(@Nullable Duration atLeast) {
    if (healthy && nanoTime.getAsLong() - healthySince >= HEALTHY.toNanos()) {
      failures = 0;
    }
    healthy = false;
    Duration wait = wait(failures++);
    return atLeast != null && atLeast.compareTo(wait) > 0 ? atLeast : wait;
  }

  /** Forgets all failures, as after a wish to try at once. */
  public void reset() {
    failures = 0;
    healthy = false;
  }

  private Duration wait(int earlier) {
    double bound = first.toMillis() * Math.pow(2, Math.min(earlier, 30));
    double cap = longest.toMillis();
    double high = Math.min(full ? bound : bound * 1.2, cap);
    double low = full ? 100 : Math.min(bound, cap * 0.8);
    return Duration.ofMillis((long) (low + random.getAsDouble() * (high - low)));
  }
}
