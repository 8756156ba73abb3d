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
  private volatile End end = new End(NONE, 0);
  private long lastVersion = -1; // guarded by this
  private List<String> lastStored = List.of(); // guarded by this

  /** Until when an epoch lasted, as {@link System#nanoTime()}. */
  private record End(long epoch, long at) {}

  /** The present epoch, or {@link #NONE}. */
  long epoch() {
    return epoch;
  }

  /** Differs after each change of anything. */
  long version() {
    return versions.get();
  }

  /**
   * Redis tells of all changes from now on, and may have told of none before. For the one who has
   * the connection, and ends what it began.
   */
  synchronized void begins() {
    remember();
    epoch = epochs.incrementAndGet();
    changed();
  }

  /**
   * What is loaded may have changed unheard; Redis goes on telling, if it does. Whoever hears of it
   * may be a connection that is gone by now, so this begins nothing.
   */
  synchronized void doubted() {
    if (epoch != NONE) {
      begins();
    } else {
      changed();
    }
  }

  /** Redis tells of nothing any more. */
  synchronized void ends() {
    remember();
    epoch = NONE;
    changed();
  }

  private void remember() {
    if (epoch != NONE) {
      end = new End(epoch, System.nanoTime());
    }
  }

  /**
   * How long ago, in nanoseconds, something was last known to be so: while Redis tells of changes,
   * all is so that it has not told of.
   */
  long age(long loadedAt, long of) {
    long now = System.nanoTime();
    End last = end;
    if (of == NONE || (of != epoch && of != last.epoch)) {
      return now - loadedAt;
    }
    return of == epoch ? 0 : Math.min(now - last.at, now - loadedAt);
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
