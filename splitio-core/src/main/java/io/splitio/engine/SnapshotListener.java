package io.splitio.engine;

/** Told of each new snapshot, in order, after it is in force. Must return at once and not throw. */
@FunctionalInterface
public interface SnapshotListener {
  /** One snapshot followed another. */
  void changed(Snapshot before, Snapshot after);

  /**
   * The same for a snapshot that somebody waits for. Whoever listened before hears of it after the
   * release; who is released on another thread and listens then hears of later ones only.
   *
   * @param release lets those go on who wait
   */
  default void changed(Snapshot before, Snapshot after, Runnable release) {
    release.run();
    changed(before, after);
  }
}
