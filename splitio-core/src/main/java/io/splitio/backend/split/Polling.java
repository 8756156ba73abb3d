package io.splitio.backend.split;

import io.splitio.backend.Lane;
import io.splitio.net.Backoff;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Does something every period, give or take a tenth, so that many processes do not ask together;
 * less often while a trouble lasts that only somebody else can mend (protocol specification 5). For
 * one lane.
 */
final class Polling {
  private final Lane lane;
  private final Duration period;
  private final Supplier<CompletableFuture<Synced>> action;
  private final Backoff extended =
      Backoff.extended(() -> ThreadLocalRandom.current().nextDouble(), System::nanoTime);
  private boolean active;
  private int round;
  private @Nullable Future<?> timer;

  /** Does nothing yet; the action's future completes on the lane. */
  Polling(Lane lane, Duration period, Supplier<CompletableFuture<Synced>> action) {
    this.lane = lane;
    this.period = period;
    this.action = action;
  }

  /** Begins, for the first time after one period. */
  void start() {
    if (!active) {
      active = true;
      schedule(period, 0.9);
    }
  }

  void stop() {
    active = false;
    round++;
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  /** Begins the next round at once, if it polls at all. */
  void hurry() {
    if (active) {
      stop();
      extended.reset();
      active = true;
      tick(round);
    }
  }

  /** What the service asks for is never cut short. */
  private void schedule(Duration wait, double least) {
    int mine = round;
    double jitter = least + (1.1 - least) * ThreadLocalRandom.current().nextDouble();
    timer =
        lane.after(
            Duration.ofNanos((long) (TimeUnit.NANOSECONDS.convert(wait) * jitter)),
            () -> tick(mine));
  }

  private void tick(int mine) {
    if (mine == round) {
      CompletableFuture<Void> unused = action.get().thenAccept(synced -> done(mine, synced));
    }
  }

  private void done(int mine, Synced synced) {
    if (mine == round) {
      Duration pause = pause(synced);
      schedule(pause, pause.equals(period) ? 0.9 : 1);
    }
  }

  private Duration pause(Synced synced) {
    if (synced.ok()) {
      extended.reset();
      return period;
    }
    Duration wish = synced.retryAfter();
    Duration pause = synced.lasting() ? extended.failed() : wish == null ? period : wish;
    return pause.compareTo(period) < 0 ? period : pause;
  }
}
