package io.splitio.backend.featbit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When the server of one connection is to be asked whether it is there, and when it is taken for
 * gone. Times are {@link System#nanoTime()}s. For one lane.
 */
final class Heartbeat {
  private static final Duration INSTANT = Duration.ofMillis(1);

  private final Pace pace;
  private final long opened;
  private long next; // when to ask
  private boolean synced;

  /** Of a connection that was just opened. */
  Heartbeat(Pace pace, long now) {
    this.pace = pace;
    this.opened = now;
    this.next = now + pace.ping().toNanos();
  }

  /** Definitions came over it. */
  void synced() {
    synced = true;
  }

  boolean isSynced() {
    return synced;
  }

  /** Whether it is time to ask; then the next time is later. */
  boolean isDue(long now) {
    if (now - next < 0) {
      return false;
    }
    next = now + pace.ping().toNanos();
    return true;
  }

  /**
   * Why it is to be given up, or null.
   *
   * @param heard when it was heard last
   * @param receiving whether a message is arriving, which may be the definitions
   */
  @Nullable String trouble(long now, long heard, boolean receiving) {
    long idle = pace.idle().toNanos();
    if (now - heard > idle) {
      return "nothing was heard for " + pace.idle();
    }
    return !synced && !receiving && now - opened > idle
        ? "no definitions came for " + pace.idle()
        : null;
  }

  /** Until the next question, or until it would have been silent for too long. */
  Duration pause(long now, long heard) {
    long idle = pace.idle().toNanos();
    long quiet = Math.min(next - now, heard + idle - now);
    boolean waits = !synced && opened + idle - now > 0;
    Duration pause = Duration.ofNanos(waits ? Math.min(quiet, opened + idle - now) : quiet);
    return pause.isNegative() ? INSTANT : pause.plus(INSTANT);
  }
}
