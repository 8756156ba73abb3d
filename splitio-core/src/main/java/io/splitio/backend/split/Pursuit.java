package io.splitio.backend.split;

import io.splitio.backend.Lane;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Fetches until something announced has arrived: ten times in quick succession, in case the service
 * is not there yet itself, then ten times past caches, with pauses of 10, 20, 40 and 60 seconds;
 * then it is left to the next notification (protocol specification 6.6.1). While the service cannot
 * be reached it goes on, as nobody else would fetch when that is over. For one lane.
 */
final class Pursuit {
  private static final int QUICK = 10;
  private static final int ALL = 20;
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration LONGER = Duration.ofMillis(500);
  private static final Duration LASTING = Duration.ofMinutes(5);
  private static final long[] SECONDS = {10, 20, 40, 60};

  private final Lane lane;
  private final Pace pace;
  private final Quarry quarry;
  private int attempts;
  private int pauses;
  private boolean asking;
  private boolean again;
  private boolean troubled;
  private boolean patient;
  private boolean stopped;
  private @Nullable Future<?> timer;

  /** What is pursued. */
  interface Quarry {
    /** Whether all that was announced is there. */
    boolean caught();

    /** Fetches once; the future completes on the lane. */
    CompletableFuture<Synced> fetch(boolean bypassCaches);

    /** The pursuit is over, successfully or not. */
    void over();
  }

  /**
   * A pursuit that was not begun.
   *
   * @param pace in a flood there are longer pauses between attempts, as after a failure
   */
  Pursuit(Lane lane, Pace pace, Quarry quarry) {
    this.lane = lane;
    this.pace = pace;
    this.quarry = quarry;
  }

  /** Begins, or begins anew because more was announced. */
  void start() {
    attempts = 0;
    pauses = 0;
    if (asking) {
      again = true;
    } else if (!pace.isFlood() && !troubled) {
      cancelTimer();
      attempt();
    } else if (timer == null || !patient) {
      cancelTimer();
      patient = true;
      timer = lane.after(LONGER, this::attempt);
    }
  }

  /** Gives up; what is under way ends by itself. */
  void stop() {
    stopped = true;
    cancelTimer();
  }

  private void attempt() {
    timer = null;
    patient = false;
    if (stopped) {
      return;
    }
    if (quarry.caught()) {
      quarry.over();
      return;
    }
    attempts++;
    asking = true;
    CompletableFuture<Void> unused = quarry.fetch(attempts > QUICK).thenAccept(this::fetched);
  }

  private void fetched(Synced synced) {
    asking = false;
    if (stopped) {
      return;
    }
    troubled = !synced.ok();
    if (again && !troubled && !pace.isFlood()) {
      again = false;
      attempt();
    } else if (quarry.caught() || synced.addressTooLong() || (synced.ok() && attempts >= ALL)) {
      quarry.over();
    } else {
      timer = lane.after(pause(synced), this::attempt);
    }
  }

  private Duration pause(Synced synced) {
    again = false;
    if (synced.ok() && attempts <= QUICK) {
      return pace.isFlood() ? LONGER : SHORT;
    }
    if (synced.lasting()) {
      return LASTING;
    }
    Duration pause = Duration.ofSeconds(SECONDS[Math.min(pauses++, SECONDS.length - 1)]);
    Duration wished = synced.retryAfter();
    patient = wished != null;
    return wished != null && wished.compareTo(pause) > 0 ? wished : pause;
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }
}
