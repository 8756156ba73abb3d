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
 *
 * <p>A table for half a million things is larger than what processors keep at hand, and a slot that
 * all threads write to is one they take from one another. Therefore a {@link Lately} stands before
 * it for those who need no exact times: what was seen in this tick already, which is 128 ms or a
 * minute, is answered from there, and nothing is written.
 */
final class SeenTable {
  /** What {@link #see} answers for something new. */
  static final long NEVER = 0;

  private static final int WAYS = 4;
  private static final int TIME_BITS = 36;
  private static final long TIME = (1L << TIME_BITS) - 1;
  private static final int NONE = -1;
  private static final long HASTE = 10_000; // milliseconds

  private final int size;
  private final int groups;
  private final Tick tick;
  private final AtomicBoolean making = new AtomicBoolean();

  // written by whoever makes it, and by the destroying thread
  private volatile @Nullable Slots slots;
  private volatile boolean closed; // from the start, or written once by the destroying thread

  /** What is seen twice within one is seen once, for those who need no exact times. */
  enum Tick {
    /** 128 ms, which divide an hour evenly. */
    MOMENT {
      @Override
      long of(long time) {
        return time >>> 7;
      }
    },
    /** A minute, which divides a day evenly. */
    MINUTE {
      @Override
      long of(long time) {
        return time / MILLIS_OF_MINUTE;
      }
    };

    private static final long MILLIS_OF_MINUTE = 60_000;

    /** The number of the tick that a time is in. */
    abstract long of(long time);
  }

  /** The memory in use. */
  private record Slots(AtomicLongArray table, Lately lately) {}

  /**
   * An empty table.
   *
   * @param capacity how many things to remember, rounded up to a power of two; 0 is nothing at all,
   *     so that everything is new and no memory is taken
   * @param tick how rough {@link #seeRoughly} may be
   */
  SeenTable(int capacity, Tick tick) {
    this.tick = tick;
    closed = capacity == 0;
    int wanted = Math.min(Math.max(WAYS, capacity), 1 << 28);
    size = Integer.highestOneBit(wanted * 2 - 1);
    groups = size / WAYS;
  }

  /**
   * Stores the time of a thing, and answers when it was seen before, at most now, or {@link
   * #NEVER}.
   */
  long see(long hash, long now) {
    Slots memory = memory();
    return memory == null ? NEVER : see(memory.table, hash, now);
  }

  /** The same, to within a tick: cheaper for what is seen often. */
  long seeRoughly(long hash, long now) {
    Slots memory = memory();
    if (memory == null) {
      return NEVER;
    }
    long current = tick.of(now);
    if (memory.lately.has(hash, current)) {
      return now;
    }
    long before = see(memory.table, hash, now);
    memory.lately.add(hash, current);
    if (find(memory.table, group(hash), hash & ~TIME) == NONE) { // forgotten meanwhile
      memory.lately.remove(hash);
    }
    return before;
  }

  private @Nullable Slots memory() {
    Slots present = slots;
    return present == null ? made() : present;
  }

  private long see(AtomicLongArray table, long hash, long now) {
    long tag = hash & ~TIME;
    int group = group(hash);
    long next = tag | Math.max(1, now & TIME); // no slot in use is zero
    while (true) {
      int known = find(table, group, tag);
      int at = known == NONE ? oldest(table, group, now) : known;
      long before = table.get(at);
      if (known != NONE && isAhead(before, now)) {
        return now; // whoever came later was faster
      }
      boolean stillSo = known == NONE || (before & ~TIME) == tag;
      if (stillSo && table.compareAndSet(at, before, next)) {
        return known == NONE ? NEVER : now - Math.max(0, age(before, now));
      }
    }
  }

  private int group(long hash) {
    return ((int) hash & groups - 1) * WAYS;
  }

  /** Whether a slot was written by somebody whose moment is a little later than this. */
  private static boolean isAhead(long slot, long now) {
    long age = age(slot, now);
    return age < 0 && age > -HASTE;
  }

  /** Takes the memory now, so that nobody who has something to do pays for it. */
  void prepare() {
    if (slots == null) {
      Slots unused = made();
    }
  }

  /** Lets a thing count as new again. */
  void forget(long hash) {
    Slots memory = slots;
    if (memory == null) {
      return;
    }
    AtomicLongArray table = memory.table;
    long tag = hash & ~TIME;
    int known = find(table, group(hash), tag);
    if (known != NONE) {
      long before = table.get(known);
      if ((before & ~TIME) == tag) {
        table.compareAndSet(known, before, 0);
      }
    }
    memory.lately.remove(hash); // after the table, as who adds it looks there afterwards
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
  private @Nullable Slots made() {
    if (closed || !making.compareAndSet(false, true)) {
      return slots;
    }
    slots = new Slots(new AtomicLongArray(size), new Lately(size));
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

  /**
   * What was seen in the current tick, as far as it fits into memory that processors keep at hand.
   * It forgets at will, and its slots may be written by several threads at once, each in one piece
   * and without an order: who finds nothing asks elsewhere.
   *
   * <p>Each slot is one long: 40 bits of a hash and 24 bits of the tick, which come round after 24
   * days at the earliest. Other bits of the hash choose a group of four slots: with two, an eighth
   * of 10,000 things that are asked for in turn drove one another out.
   */
  private static final class Lately {
    private static final int MOST = 1 << 15;
    private static final int SHARE = 16;
    private static final long TICKS = (1L << 24) - 1;

    private final AtomicLongArray slots;

    /** For a table of so many slots, a power of two. */
    Lately(int size) {
      slots = new AtomicLongArray(Math.max(WAYS, Math.min(MOST, size / SHARE)));
    }

    /** Whether a thing was seen in a tick. */
    boolean has(long hash, long tick) {
      long mark = mark(hash, tick);
      int group = group(hash);
      return slots.getOpaque(group) == mark
          || slots.getOpaque(group + 1) == mark
          || slots.getOpaque(group + 2) == mark
          || slots.getOpaque(group + 3) == mark;
    }

    /** A thing was seen; it takes the place of one of an earlier tick, or else of any. */
    void add(long hash, long tick) {
      int group = group(hash);
      long mark = mark(hash, tick);
      int at = group + ((int) (hash >>> Integer.SIZE) & WAYS - 1);
      for (int i = group; i < group + WAYS; i++) {
        if (((slots.getOpaque(i) ^ mark) & TICKS) != 0) {
          at = i;
        }
      }
      slots.setOpaque(at, mark);
    }

    /** Forgets a thing. */
    void remove(long hash) {
      int group = group(hash);
      for (int i = group; i < group + WAYS; i++) {
        if (((slots.getOpaque(i) ^ mark(hash, 0)) & ~TICKS) == 0) {
          slots.setOpaque(i, 0);
        }
      }
    }

    private int group(long hash) {
      return (int) hash & slots.length() - WAYS;
    }

    /** Never 0, the content of an empty slot, as the lowest bit of the hash's part is set. */
    private static long mark(long hash, long tick) {
      return ((hash | (TICKS + 1)) & ~TICKS) | (tick & TICKS);
    }
  }
}
