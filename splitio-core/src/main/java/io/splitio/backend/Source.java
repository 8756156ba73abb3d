package io.splitio.backend;

import io.splitio.engine.Query;
import io.splitio.engine.Snapshot;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Answers with definitions. Each source implements the form natural to it; the other form follows.
 */
public interface Source extends AutoCloseable {

  /**
   * Starts in the background; the future completes when the first evaluation can be trusted, and
   * fails when that will not happen before a person mends something.
   */
  CompletableFuture<Void> start();

  /** A consistent snapshot that holds at least what one flag needs for one key. */
  Snapshot snapshot(String key, String flag);

  /** A consistent snapshot that holds at least what the query needs. */
  Snapshot snapshot(Query query);

  /** The same, later. The future may fail. */
  default CompletableFuture<Snapshot> snapshotAsync(Query query) {
    return CompletableFuture.completedFuture(snapshot(query));
  }

  /** The definitions held in memory now, for counts in health reports. Answers at once. */
  Snapshot held();

  /**
   * Whether no flag of the environment is for this traffic type, as far as that can be told at
   * once. Asked when an event is recorded, to warn of a misspelled type.
   */
  default boolean lacksTrafficType(String trafficType) {
    return false;
  }

  /**
   * Whether flags and treatments have names as the Split service accepts them; else they are any
   * text.
   */
  default boolean namesAreSplits() {
    return true;
  }

  /**
   * Loads once in the background, and then leaves nothing running until {@link #resume()}; the
   * future is that of {@link #start}. One that leaves nothing running anyway may simply start.
   */
  default CompletableFuture<Void> load() {
    return start();
  }

  /** Stops for now; completes when nothing runs by itself any more. */
  default CompletableFuture<Void> suspend() {
    return CompletableFuture.completedFuture(null);
  }

  /** Goes on after {@link #suspend()} or {@link #load}, or does not stop once it has loaded. */
  default void resume() {}

  /** Tries at once what waits for its next attempt. */
  default void retryNow() {}

  /** Stops for good, within the time that is left, which is longer than zero. */
  default void close(Duration left) {
    close();
  }

  /** Stops for good. */
  @Override
  void close();
}
