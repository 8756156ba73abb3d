package io.splitio.telemetry;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Makes counters that many threads add to. Each lies in several stripes, and a thread keeps to one,
 * so that threads which count the same do not take memory from one another. A stripe holds the
 * counters that were made one after the other side by side, so that a thousand of them need 8 KB of
 * what each processor keeps at hand.
 *
 * <p>A {@link java.util.concurrent.atomic.LongAdder} for each would not do: it goes into stripes
 * only when two threads add at the same instant, which at a counter in a thousand hardly ever
 * happens, while its memory goes to and fro all the same.
 *
 * <p>The first counter takes memory for 512 in all stripes, 64 KB at most.
 */
public final class Counters {
  private static final int BLOCK = 512;
  private static final int MOST_STRIPES = 16;

  /** A power of two; more than processors if they are few, as threads come in no order. */
  private static final int STRIPES =
      Integer.highestOneBit(
          Math.min(MOST_STRIPES, 4 * Runtime.getRuntime().availableProcessors() - 1));

  private AtomicLongArray block = new AtomicLongArray(0); // guarded by this
  private int used = BLOCK; // guarded by this

  /** None made yet. */
  public Counters() {}

  /** Another counter, at zero. Its memory is free again when its neighbours are forgotten, too. */
  public synchronized Counter next() {
    if (used == BLOCK) {
      block = new AtomicLongArray(BLOCK * STRIPES);
      used = 0;
    }
    return new Counter(block, used++);
  }

  /** One counter. */
  public static final class Counter {
    private final AtomicLongArray block;
    private final int at;

    private Counter(AtomicLongArray block, int at) {
      this.block = block;
      this.at = at;
    }

    /** Adds one. */
    public void increment() {
      int stripe = (int) Thread.currentThread().getId() & STRIPES - 1;
      block.getAndIncrement(stripe * BLOCK + at);
    }

    /** The sum of all that was added before this call, and some of what is added meanwhile. */
    public long sum() {
      long sum = 0;
      for (int i = at; i < block.length(); i += BLOCK) {
        sum += block.get(i);
      }
      return sum;
    }
  }
}
