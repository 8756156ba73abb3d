package io.splitio.engine;

/** Told of each new snapshot, in order, after it is in force. Must return at once and not throw. */
@FunctionalInterface
public interface SnapshotListener {
  /** One snapshot followed another. */
  void changed(Snapshot before, Snapshot after);
}
