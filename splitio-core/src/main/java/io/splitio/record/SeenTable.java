package io.splitio.record;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Remembers when things were last seen, in a fixed amount of memory and without locks or garbage.
 *
 * <p>Each slot is one long: 28 bits of the thing's hash and 36 bits of time, in milliseconds since
 * the table was made, so that one atomic write changes both. Other bits of the hash choose a group
 * of four slots; in a full group the slot that was seen longest ago is overwritten, and what it
 * remembered counts as new again. A thing that was never seen is taken for another one with a
 * probability below 2<sup>-25</sup>. Times wrap after two years, when things count as new once.
 */
public final class SeenTable {
  /** What {@link #see} answers for something new. */
  public static final long NEVER = 0;

  private static final int WAYS = 4;
  private static final long TIME = (1L << 36) - 1;
  private static final int NONE = -1;

  private final AtomicLongArray slots;
  private final int groups;
  private final long base;

  /**
   * An empty table.
   *
   * @param capacity how many things to remember, rounded up to a power of two
   * @param now the time, in milliseconds since 1970
   */
  public SeenTable(int capacity, long now) {
    int size = Integer.highestOneBit(Math.max(WAYS, capacity) * 2 - 1);
    slots = new AtomicLongArray(size);
    groups = size / WAYS;
    base = now - 1; // so that no slot in use is zero
  }

  /**
   * Stores the time of a thing, and answers when it was seen before, at most now, or {@link
   * #NEVER}.
   */
  public long see(long hash, long now) {
    long tag = hash & ~TIME;
    int group = ((int) hash & groups - 1) * WAYS;
    long next = tag | Math.max(1, now - base & TIME);
    while (true) {
      int known = find(group, tag);
      int at = known == NONE ? oldest(group) : known;
      long present = slots.get(at);
      boolean stillSo = known == NONE || (present & ~TIME) == tag;
      if (stillSo && slots.compareAndSet(at, present, next)) {
        return known == NONE ? NEVER : Math.min(now, base + (present & TIME));
      }
    }
  }

  /** Forgets everything. */
  public void clear() {
    for (int i = 0; i < slots.length(); i++) {
      slots.set(i, 0);
    }
  }

  private int find(int group, long tag) {
    for (int i = group; i < group + WAYS; i++) {
      long slot = slots.get(i);
      if (slot != 0 && (slot & ~TIME) == tag) {
        return i;
      }
    }
    return NONE;
  }

  private int oldest(int group) {
    int oldest = group;
    for (int i = group + 1; i < group + WAYS; i++) {
      if ((slots.get(i) & TIME) < (slots.get(oldest) & TIME)) {
        oldest = i;
      }
    }
    return oldest;
  }
}
