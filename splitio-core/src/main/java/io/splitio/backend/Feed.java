package io.splitio.backend;

import io.splitio.engine.SnapshotStore;
import java.util.concurrent.CompletableFuture;

/** Keeps a store up to date with definitions kept elsewhere. */
public interface Feed extends AutoCloseable {

  /**
   * Starts in the background; the future completes when the store holds a complete set, and fails
   * when that will not happen before a person mends something.
   */
  CompletableFuture<Void> start(SnapshotStore store);

  /**
   * Whether its flags have the traffic types of an environment. Flags that somebody wrote down on
   * this machine have any, or none.
   */
  default boolean knowsTrafficTypes() {
    return true;
  }

  /** Stops for good. */
  @Override
  void close();
}
