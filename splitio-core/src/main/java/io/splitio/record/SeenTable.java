package io.splitio.record;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Remembers when things were last seen, in a fixed amount of memory and without locks or garbage.
 * The memory is taken when that is asked for, or else when the first thing is seen, and given back
 * at the end.
 *
 * <p>Each slot is one long: 28 bits of the thing's hash and the last 36 bits of the time, in
 * milliseconds, so that one atomic write changes both. Other bits of the hash choose a group of
 * four slots; in a full group the slot that was seen longest ago is overwritten, and what it
 * remembered counts as new again. A thing that was never seen is taken for another one with a
 * probability below 2<sup>-25</sup>. Times are read as those nearest to now, which is right for a
 * year, and if the clock was set back, for a year of that too.
 */
final class SeenTable {
  /** What {@link #see} answers for something new. */
  static final long NEVER = 0;

  private static final int WAYS = 4;
  private static final int TIME_BITS = 36;
  private static final long TIME = (1L << TIME_BITS) - 1;
  private static final int NONE = -1;

  private final int size;
  private final int groups;
  private final AtomicBoolean making = new AtomicBoolean();

  // written by whoever makes it, and by the destroying thread
  private volatile @Nullable AtomicLongArray slots;
  private volatile boolean closed; // written once by the destroying thread

  /**
   * An empty table.
   *
   * @param capacity how many things to remember, rounded up to a power of two
   */
  SeenTable(int capacity) {
    int wanted = Math.min(Math.max(WAYS, capacity), 1 << 28);
    size = Integer.highestOneBit(wanted * 2 - 1);
    groups = size / WAYS;
  }

  /**
   * Stores the time of a thing, and answers when it was seen before, at most now, or {@link
   * #NEVER}.
   */
  long see(long hash, long now) {
    AtomicLongArray present = slots;
    AtomicLongArray table = present == null ? made() : present;
    if (table == null) {
      return NEVER;
    }
    long tag = hash & ~TIME;
    int group = ((int) hash & groups - 1) * WAYS;
    long next = tag | Math.max(1, now & TIME); // no slot in use is zero
    while (true) {
      int known = find(table, group, tag);
      int at = known == NONE ? oldest(table, group, now) : known;
      long before = table.get(at);
      boolean stillSo = known == NONE || (before & ~TIME) == tag;
      if (stillSo && table.compareAndSet(at, before, next)) {
        return known == NONE ? NEVER : now - Math.max(0, age(before, now));
      }
    }
  }

  /** Takes the memory now, so that nobody who has something to do pays for it. */
  void prepare() {
    if (slots == null) {
      AtomicLongArray unused = made();
    }
  }

  /** Lets a thing count as new again. */
  void forget(long hash) {
    AtomicLongArray table = slots;
    long tag = hash & ~TIME;
    int group = ((int) hash & groups - 1) * WAYS;
    int known = table == null ? NONE : find(table, group, tag);
    if (table != null && known != NONE) {
      long before = table.get(known);
      if ((before & ~TIME) == tag) {
        table.compareAndSet(known, before, 0);
      }
    }
  }

  /** Forgets everything, for good. */
  void close() {
    closed = true;
    slots = null;
  }

  /** Whether memory is in use. */
  boolean inUse() {
    return slots != null;
  }

  /**
   * Nobody waits for it: until it is there, everything is new to all but the thread that makes it.
   */
  private @Nullable AtomicLongArray made() {
    if (closed || !making.compareAndSet(false, true)) {
      return slots;
    }
    AtomicLongArray table = new AtomicLongArray(size);
    slots = table;
    if (closed) {
      slots = null;
    }
    return slots;
  }

  private static int find(AtomicLongArray table, int group, long tag) {
    for (int i = group; i < group + WAYS; i++) {
      long slot = table.get(i);
      if (slot != 0 && (slot & ~TIME) == tag) {
        return i;
      }
    }
    return NONE;
  }

  private static int oldest(AtomicLongArray table, int group, long now) {
    int oldest = group;
    long oldestAge = Long.MIN_VALUE;
    for (int i = group; i < group + WAYS; i++) {
      long slot = table.get(i);
      long age = slot == 0 ? Long.MAX_VALUE : age(slot, now);
      if (age > oldestAge) {
        oldest = i;
        oldestAge = age;
      }
    }
    return oldest;
  }

  /** How long ago a slot was written; below zero when the clock was set back since. */
  private static long age(long slot, long now) {
    int sign = Long.SIZE - TIME_BITS;
    return ((now - slot) << sign) >> sign;
  }
}
