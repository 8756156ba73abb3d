package io.splitio.backend.split.keep;

import io.splitio.engine.Change;
import io.splitio.engine.Snapshot;
import io.splitio.engine.SnapshotStore;

/**
 * The store into which definitions are loaded. While kept ones may be in force, it is out of sight
 * of evaluations, so that these see either what was kept or all that was loaded, and what is loaded
 * never depends on what was kept. Later it may be so again for a moment. For one lane.
 */
public final class Staging {
  private final SnapshotStore shown;
  private final SnapshotStore loaded;
  private boolean open;
  private boolean showsKept;
  private boolean held;

  private Staging(SnapshotStore shown, boolean open) {
    this.shown = shown;
    this.open = open;
    this.loaded = new SnapshotStore((before, after) -> show(after));
  }

  /** Loads out of sight of those who see a store, until it is opened. */
  public static Staging before(SnapshotStore shown) {
    return new Staging(shown, false);
  }

  /** Shows what is loaded at once. */
  public static Staging over(SnapshotStore shown) {
    return new Staging(shown, true);
  }

  /** The store to load into. */
  public SnapshotStore store() {
    return loaded;
  }

  /** Puts kept definitions in force. Whether they are, as current ones might be there already. */
  public boolean showKept(Snapshot kept) {
    if (!open) {
      shown.apply(before -> kept);
      showsKept = true;
    }
    return showsKept;
  }

  /** Whether what was loaded is in force. */
  public boolean isOpen() {
    return open;
  }

  /** Whether kept definitions are in force. */
  public boolean showsKept() {
    return showsKept;
  }

  /** The version of the flags that are kept and newer than those loaded, or the given one. */
  public long newerKept(long otherwise) {
    long kept = shown.current().flagsTill();
    return showsKept && kept > loaded.current().flagsTill() ? kept : otherwise;
  }

  /**
   * Puts what was loaded in force, in one step and for good; what is equal to what was kept has not
   * changed.
   */
  public void open() {
    if (!open) {
      open = true;
      showsKept = false;
      Snapshot all = loaded.current();
      loaded.apply(before -> Change.everythingOf(all).applyTo(shown.current()));
    }
  }

  /** Shows nothing of what is loaded from now on. */
  void hold() {
    held = true;
  }

  /** Shows all that was loaded, in one step. */
  void release() {
    if (held) {
      held = false;
      show(loaded.current());
    }
  }

  private void show(Snapshot after) {
    if (open && !held) {
      shown.apply(before -> after);
    }
  }
}
