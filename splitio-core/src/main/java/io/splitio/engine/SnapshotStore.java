package io.splitio.engine;

/** The one mutable cell: many threads read it, and changes are applied one at a time. */
public final class SnapshotStore {
  private final SnapshotListener listener;

  private volatile Snapshot current = Snapshot.EMPTY; // written under the lock of this store

  /** An empty store that tells a listener of each change. */
  public SnapshotStore(SnapshotListener listener) {
    this.listener = listener;
  }

  /** What is in force now. */
  public Snapshot current() {
    return current;
  }

  /** Puts a change in force. */
  public synchronized void apply(Change change) {
    Snapshot before = current;
    Snapshot after = change.applyTo(before);
    if (after != before) {
      current = after;
      listener.changed(before, after);
    }
  }
}
