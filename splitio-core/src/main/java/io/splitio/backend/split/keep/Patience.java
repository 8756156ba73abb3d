package io.splitio.backend.split.keep;

import io.splitio.backend.Lane;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Lets those go who wait for definitions, when the service does not answer and kept definitions are
 * in force. For one lane.
 */
public final class Patience {
  /** How long an answer is awaited by those who could go on with what was kept. */
  private static final Duration LONGEST = Duration.ofSeconds(2);

  private final Lane lane;
  private final CompletableFuture<Void> loaded;
  private @Nullable Future<?> timer;
  private boolean failedOnce;

  /**
   * Nobody waits yet.
   *
   * @param loaded what they wait for
   */
  public Patience(Lane lane, CompletableFuture<Void> loaded) {
    this.lane = lane;
    this.loaded = loaded;
  }

  /** An answer is awaited; whoever waits is let go soon, or now if it was in vain before. */
  public void begin(@Nullable Staging staging) {
    end();
    if (staging == null || !staging.showsKept() || loaded.isDone()) {
      return;
    }
    if (failedOnce) {
      loaded.complete(null);
    } else {
      timer = lane.after(LONGEST, () -> loaded.complete(null));
    }
  }

  /** The service did not answer. */
  public void inVain(@Nullable Staging staging) {
    failedOnce = true;
    begin(staging);
  }

  /** Nothing is awaited any more. */
  public void end() {
    timer = Lane.cancelled(timer);
  }
}
