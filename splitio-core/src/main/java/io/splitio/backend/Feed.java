package io.splitio.backend;

import io.splitio.engine.SnapshotStore;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Keeps a store up to date with definitions kept elsewhere. */
public interface Feed extends AutoCloseable {

  /**
   * Starts in the background; the future completes when the store holds a complete set, and fails
   * when that will not happen before a person mends something.
   */
  CompletableFuture<Void> start(SnapshotStore store);

  /**
   * Loads once in the background, and then leaves nothing running until {@link #resume()}; the
   * future is that of {@link #start}. One that leaves nothing running anyway may simply start.
   */
  default CompletableFuture<Void> load(SnapshotStore store) {
    return start(store);
  }

  /** Stops for now; completes when nothing runs by itself any more. */
  default CompletableFuture<Void> suspend() {
    return CompletableFuture.completedFuture(null);
  }

  /** Goes on after {@link #suspend()} or {@link #load}, or does not stop once it has loaded. */
  default void resume() {}

  /** Tries at once what waits for its next attempt. */
  default void retryNow() {}

  /**
   * Whether its flags have the traffic types of an environment. Flags that somebody wrote down on
   * this machine have any, or none.
   */
  default boolean knowsTrafficTypes() {
    return true;
  }

  /**
   * Whether flags and treatments have names as the Split service accepts them; else they are any
   * text.
   */
  default boolean namesAreSplits() {
    return true;
  }

  /** Stops for good, within the time that is left, which is longer than zero. */
  default void close(Duration left) {
    close();
  }

  /** Stops for good. */
  @Override
  void close();
}
