package io.splitio.engine;

/** Told of each new snapshot, in order, after it is in force. Must return at once and not throw. */
@FunctionalInterface
public interface SnapshotListener {
  /** One snapshot followed another. */
  void changed(Snapshot before, Snapshot after);

  /**
   * A snapshot is in force that nobody is told of yet; {@link #changed} follows. Whoever listens
   * from now on hears of later ones only.
   */
  default void inForce(Snapshot now) {}
}
