package io.splitio.benchmarks.size;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.LongConsumer;

/** Measures time, garbage of this thread, and what is left on the heap. */
final class Meter {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int COLLECTIONS = 4;

  private Meter() {}

  /** What one of many runs takes: the median of nanoseconds and of bytes. */
  record Taken(double nanos, double bytes) {}

  /**
   * Runs something often; it gets the number of the run, below zero for those that do not count.
   */
  static Taken median(int warmUps, int runs, LongConsumer action) {
    double[] nanos = new double[runs];
    double[] bytes = new double[runs];
    for (int run = -warmUps; run < runs; run++) {
      long bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
      long before = System.nanoTime();
      action.accept(run);
      long after = System.nanoTime();
      if (run >= 0) {
        nanos[run] = after - before;
        bytes[run] = THREADS.getCurrentThreadAllocatedBytes() - bytesBefore;
      }
    }
    Arrays.sort(nanos);
    Arrays.sort(bytes);
    return new Taken(nanos[runs / 2], bytes[runs / 2]);
  }

  /** What is in use after a collection. */
  static long used() {
    for (int turn = 0; turn < COLLECTIONS; turn++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** A row of a table. */
  static void row(String format, Object... cells) {
    System.out.printf(Locale.ROOT, format + "%n", cells);
  }
}
