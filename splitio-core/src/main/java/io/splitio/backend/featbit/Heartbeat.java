package io.splitio.backend.featbit;

import io.splitio.net.frame.FrameReader.Progress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When the server of one connection is to be asked whether it is there, and when it is taken for
 * gone. Times are {@link System#nanoTime()}s. For one lane.
 */
final class Heartbeat {
  private static final Duration INSTANT = Duration.ofMillis(1);
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final long SLOWEST = 1_024; // bytes of a message in a second

  private final Pace pace;
  private final long opened;
  private long next; // when to ask
  private boolean synced;
  private @Nullable Progress seen; // of a message that was under way already
  private long seenAt;

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

  /**
   * Whether the message under way hardly came nearer while it could have been silent for too long.
   *
   * @param progress how far it has come, or null when there is none
   */
  boolean crawls(long now, @Nullable Progress progress) {
    Progress before = seen;
    if (before == null || progress == null || before.begun() != progress.begun()) {
      see(now, progress);
      return false;
    }
    long window = now - seenAt;
    if (window < pace.idle().toNanos()) {
      return false;
    }
    see(now, progress);
    return progress.bytes() - before.bytes() < SLOWEST * window / SECOND;
  }

  private void see(long now, @Nullable Progress progress) {
    seen = progress;
    seenAt = now;
  }

  /** Until the next question, or until it would have been silent for too long. */
  Duration pause(long now, long heard) {
    long idle = pace.idle().toNanos();
    long quiet = Math.min(next - now, heard + idle - now);
    boolean waits = !synced && opened + idle - now > 0;
    long calm = waits ? Math.min(quiet, opened + idle - now) : quiet;
    Duration pause = Duration.ofNanos(seen == null ? calm : Math.min(calm, seenAt + idle - now));
    return pause.isNegative() ? INSTANT : pause.plus(INSTANT);
  }
}
