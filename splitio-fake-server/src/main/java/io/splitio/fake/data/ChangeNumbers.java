package io.splitio.fake.data;

import java.util.concurrent.atomic.AtomicLong;

/** Gives out change numbers: the time in milliseconds, but each greater than the one before. */
public final class ChangeNumbers {
  private final AtomicLong last = new AtomicLong(-1);

  /** A number greater than all before it. */
  public long next() {
    return last.updateAndGet(number -> Math.max(number + 1, System.currentTimeMillis()));
  }
}
