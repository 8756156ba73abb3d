package io.splitio.record;

import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Remembers when things were last seen, in a fixed amount of memory and without locks or garbage.
 * The memory is taken when the first thing is seen, and given back at the end.
 *
 * <p>Each slot is one long: 28 bits of the thing's hash and 36 bits of time, in milliseconds since
 * the table was made, so that one atomic write changes both. Other bits of the hash choose a group
 * of four slots; in a full group the slot that was seen longest ago is overwritten, and what it
 * remembered counts as new again. A thing that was never seen is taken for another one with a
 * probability below 2<sup>-25</sup>. Times wrap after two years, when things count as new once.
 */
final class SeenTable {
  /** What {@link #see} answers for something new. */
  static final long NEVER = 0;

  private static final int WAYS = 4;
  private static final long TIME = (1L << 36) - 1;
  private static final int NONE = -1;

  private final int size;
  private final int groups;
  private final long base;

  // written when first used, and by the destroying thread
  private volatile @Nullable AtomicLongArray slots;
  private volatile boolean closed;

  /**
   * An empty table.
   *
   * @param capacity how many things to remember, rounded up to a power of two
   * @param now the time, in milliseconds since 1970
   */
  SeenTable(int capacity, long now) {
    int wanted = Math.min(Math.max(WAYS, capacity), 1 << 28);
    size = Integer.highestOneBit(wanted * 2 - 1);
    groups = size / WAYS;
    base = now - 1; // so that no slot in use is zero
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
    long next = tag | Math.max(1, now - base & TIME);
    while (true) {
      int known = find(table, group, tag);
      int at = known == NONE ? oldest(table, group) : known;
      long before = table.get(at);
      boolean stillSo = known == NONE || (before & ~TIME) == tag;
      if (stillSo && table.compareAndSet(at, before, next)) {
        return known == NONE ? NEVER : Math.min(now, base + (before & TIME));
      }
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
  synchronized void close() {
    closed = true;
    slots = null;
  }

  /** Whether memory is in use. */
  boolean inUse() {
    return slots != null;
  }

  private synchronized @Nullable AtomicLongArray made() {
    AtomicLongArray table = slots;
    if (table == null && !closed) {
      table = new AtomicLongArray(size);
      slots = table;
    }
    return table;
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

  private static int oldest(AtomicLongArray table, int group) {
    int oldest = group;
    for (int i = group + 1; i < group + WAYS; i++) {
      if ((table.get(i) & TIME) < (table.get(oldest) & TIME)) {
        oldest = i;
      }
    }
    return oldest;
  }
}
