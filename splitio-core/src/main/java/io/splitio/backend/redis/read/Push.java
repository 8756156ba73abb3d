package io.splitio.backend.redis.read;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether Redis tells of changes at present. Each time that begins, an epoch begins: what was
 * loaded before it may have changed unheard.
 */
final class Push {
  /** The epoch of what was loaded while Redis told of nothing. */
  static final long NONE = 0;

  private final AtomicLong versions = new AtomicLong();
  private final AtomicLong epochs = new AtomicLong();
  private volatile long epoch = NONE;
  private long lastVersion = -1; // guarded by this
  private List<String> lastStored = List.of(); // guarded by this

  /** The present epoch, or {@link #NONE}. */
  long epoch() {
    return epoch;
  }

  /** Differs after each change of anything. */
  long version() {
    return versions.get();
  }

  /** Redis tells of all changes from now on, and may have told of none before. */
  void begins() {
    epoch = epochs.incrementAndGet();
    changed();
  }

  /** Redis tells of nothing any more. */
  void ends() {
    epoch = NONE;
    changed();
  }

  /**
   * Compares the versions of what is stored with those of the last time. If they differ, and Redis
   * told of nothing in between, then it does not tell of everything.
   *
   * @return whether something went unheard
   */
  synchronized boolean missed(List<String> stored) {
    boolean missed = epoch != NONE && lastVersion == version() && !stored.equals(lastStored);
    changed(); // what is served again and again is looked at again now and then
    lastVersion = version();
    lastStored = stored;
    return missed;
  }

  /** A definition changed, or may have. */
  void changed() {
    versions.incrementAndGet();
  }
}
