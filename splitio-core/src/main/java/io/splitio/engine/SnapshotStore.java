package io.splitio.engine;

/** The one mutable cell: many threads read it, and changes are applied one at a time. */
public final class SnapshotStore {
  public Snapshot current() {
    throw new UnsupportedOperationException();
  }
}
