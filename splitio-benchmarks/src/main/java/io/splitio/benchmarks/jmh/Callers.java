package io.splitio.benchmarks.jmh;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * What those who ask spend: the CPU time and the bytes of the threads that call, without what is
 * done in the background.
 */
public final class Callers implements InternalProfiler {
  /** The label of the CPU time of one operation, in nanoseconds. */
  public static final String CPU = "callers.cpu";

  /** The label of what one operation allocates, in bytes. */
  public static final String BYTES = "callers.bytes";

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Spent before = new Spent(0, 0);

  private record Spent(long nanos, long bytes) {
    static Spent byNow() {
      long nanos = 0;
      long bytes = 0;
      for (Thread thread : Thread.getAllStackTraces().keySet()) {
        if (thread.getName().contains("jmh-worker")) {
          nanos += THREADS.getThreadCpuTime(thread.getId());
          bytes += THREADS.getThreadAllocatedBytes(thread.getId());
        }
      }
      return new Spent(nanos, bytes);
    }
  }

  @Override
  public String getDescription() {
    return "CPU time and allocation of the threads that call";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    before = Spent.byNow();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    Spent after = Spent.byNow();
    double operations = Math.max(1, result.getMetadata().getAllOps());
    return List.of(
        new ScalarResult(
            CPU, (after.nanos - before.nanos) / operations, "ns/op", AggregationPolicy.AVG),
        new ScalarResult(
            BYTES, (after.bytes - before.bytes) / operations, "B/op", AggregationPolicy.AVG));
  }
}
