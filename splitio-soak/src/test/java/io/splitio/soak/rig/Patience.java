package io.splitio.soak.rig;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** Waits for what is said to come. */
public final class Patience {
  private static final Duration LOOK = Duration.ofMillis(5);

  private Patience() {}

  /** Waits until there is nothing to say against it any more. */
  public static void await(Duration limit, String what, Supplier<List<String>> objections) {
    long end = System.nanoTime() + limit.toNanos();
    for (List<String> left = objections.get(); !left.isEmpty(); left = objections.get()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(what + ": after " + limit + " still " + left);
      }
      pass(LOOK);
    }
  }

  /** Lets time go by. */
  public static void pass(Duration time) {
    try {
      boolean unused = new CountDownLatch(1).await(time.toNanos(), NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
