package io.splitio.fake.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Wakes those who wait for something to become true. */
public final class Bell {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition rung = lock.newCondition();

  /** Says that something has changed. */
  public void ring() {
    lock.lock();
    try {
      rung.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns as soon as {@code wanted} is true.
   *
   * @throws AssertionError with the words of {@code complaint}, if it is not true in time
   */
  public void await(BooleanSupplier wanted, Duration limit, Supplier<String> complaint) {
    long left = limit.toNanos();
    lock.lock();
    try {
      while (!wanted.getAsBoolean()) {
        if (left <= 0) {
          throw new AssertionError(complaint.get() + " after " + limit);
        }
        left = rung.awaitNanos(Math.min(left, TimeUnit.DAYS.toNanos(1)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting", e);
    } finally {
      lock.unlock();
    }
  }
}
