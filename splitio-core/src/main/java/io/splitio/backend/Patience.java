package io.splitio.backend;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets those go who wait for definitions, when the service does not answer and kept definitions are
 * in force. For one lane.
 */
public final class Patience {
  /** How long an answer is awaited by those who could go on with what was kept. */
  public static final Duration LONGEST = Duration.ofSeconds(2);

  private final Lane lane;
  private final CompletableFuture<Void> loaded;
  private final BooleanSupplier kept;
  private @Nullable Future<?> timer;
  private boolean failedOnce;

  /**
   * Nobody waits yet.
   *
   * @param loaded what they wait for
   * @param kept whether kept definitions are in force
   */
  public Patience(Lane lane, CompletableFuture<Void> loaded, BooleanSupplier kept) {
    this.lane = lane;
    this.loaded = loaded;
    this.kept = kept;
  }

  /** An answer is awaited; whoever waits is let go soon, or now if it was in vain before. */
  public void begin() {
    end();
    if (!kept.getAsBoolean() || loaded.isDone()) {
      return;
    }
    if (failedOnce) {
      loaded.complete(null);
    } else {
      timer = lane.after(LONGEST, () -> loaded.complete(null));
    }
  }

  /** The service did not answer. */
  public void inVain() {
    failedOnce = true;
    begin();
  }

  /** Nothing is awaited any more. */
  public void end() {
    timer = Lane.cancelled(timer);
  }
}
