package io.splitio.backend.split;

import io.splitio.backend.Lane;
import io.splitio.net.Backoff;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Fetches what changed while nobody listened, again and again until that succeeds; less often while
 * a trouble lasts that only somebody else can mend. For one lane.
 */
final class CatchUp {
  private final Lane lane;
  private final Supplier<CompletableFuture<Synced>> sync;
  private final Backoff normal = Backoff.normal();
  private final Backoff extended = Backoff.extended();
  private int round;
  private @Nullable Future<?> timer;

  /** Does nothing yet; the future of an attempt completes on the lane. */
  CatchUp(Lane lane, Supplier<CompletableFuture<Synced>> sync) {
    this.lane = lane;
    this.sync = sync;
  }

  /** Begins, or begins anew. */
  void begin() {
    attempt();
  }

  /** Begins anew, without regard to how often it failed. */
  void hurry() {
    normal.reset();
    extended.reset();
    begin();
  }

  /** Gives up; what is under way ends by itself. */
  void stop() {
    round++;
    cancelTimer();
  }

  private void attempt() {
    int mine = ++round;
    cancelTimer();
    CompletableFuture<Void> unused = sync.get().thenAccept(synced -> done(mine, synced));
  }

  private void done(int mine, Synced synced) {
    if (mine != round) {
      return;
    }
    if (synced.ok()) {
      normal.succeeded();
      extended.reset();
    } else if (!synced.addressTooLong()) { // else only hurry() tries it again
      Duration wait = synced.lasting() ? extended.failed() : normal.failed(synced.retryAfter());
      timer = lane.after(wait, () -> again(mine));
    }
  }

  private void again(int mine) {
    if (mine == round) {
      attempt();
    }
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }
}
