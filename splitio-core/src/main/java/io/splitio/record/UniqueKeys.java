package io.splitio.record;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which keys each flag was evaluated for, each once a day (protocol specification 8.5).
 *
 * <p>A table of fingerprints tells, without a lock, that a key was seen today already; only a new
 * one is noted down. What is noted is bounded: beyond it keys are counted as lost and will be new
 * again.
 */
public final class UniqueKeys {
  private static final long DAY = 86_400_000;

  private final SeenTable seen;
  private final int most;
  private final Runnable whenMany;
  private final ReentrantLock lock = new ReentrantLock();
  private final int many;
  private Map<String, Set<String>> keys = new HashMap<>(); // guarded by the lock
  private int size; // guarded by the lock
  private long lost; // guarded by the lock

  /**
   * Nothing seen yet.
   *
   * @param seen remembers what was noted today
   * @param many from so many keys on it is time to send
   * @param most no more keys are held than this
   * @param whenMany called when it is time to send; must return at once
   */
  public UniqueKeys(SeenTable seen, int many, int most, Runnable whenMany) {
    this.seen = seen;
    this.many = many;
    this.most = most;
    this.whenMany = whenMany;
  }

  /**
   * Keys of one flag.
   *
   * @param flag the flag
   * @param keys who it was evaluated for
   */
  public record Keys(String flag, List<String> keys) {}

  /** Notes that a flag was evaluated for a key. */
  public void track(String flag, String key, long now) {
    long hash = Fingerprint.of(key, flag);
    long before = seen.see(hash, now);
    if (before == SeenTable.NEVER || Math.floorDiv(before, DAY) != Math.floorDiv(now, DAY)) {
      note(flag, key);
    }
  }

  private void note(String flag, String key) {
    boolean timeToSend = false;
    lock.lock();
    try {
      if (size >= most) {
        lost++;
      } else if (keys.computeIfAbsent(flag, name -> new HashSet<>()).add(key)) {
        timeToSend = ++size == many;
      }
    } finally {
      lock.unlock();
    }
    if (timeToSend) {
      whenMany.run();
    }
  }

  /** All that was noted, and forgets it. */
  public List<Keys> take() {
    lock.lock();
    try {
      List<Keys> taken = new ArrayList<>();
      keys.forEach((flag, ofFlag) -> taken.add(new Keys(flag, List.copyOf(ofFlag))));
      keys = new HashMap<>();
      size = 0;
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Keys that could not be delivered. */
  public void giveBack(List<Keys> undelivered) {
    undelivered.forEach(keysOfFlag -> keysOfFlag.keys.forEach(key -> note(keysOfFlag.flag, key)));
  }

  /** How many keys found no room. */
  public long lost() {
    lock.lock();
    try {
      return lost;
    } finally {
      lock.unlock();
    }
  }
}
