package io.splitio.benchmarks.report;

import io.splitio.benchmarks.jmh.Callers;
import java.util.Map;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What one operation costs.
 *
 * @param nanos by the clock
 * @param cpu nanoseconds that its callers ran
 * @param bytes that its callers allocated
 */
record Cost(double nanos, double cpu, double bytes) {

  static Cost of(RunResult run) {
    Map<String, ? extends Result<?>> more = secondary(run);
    return new Cost(
        run.getPrimaryResult().getScore(), score(more, Callers.CPU), score(more, Callers.BYTES));
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // JMH declares a raw type
  private static Map<String, ? extends Result<?>> secondary(RunResult run) {
    return (Map) run.getSecondaryResults();
  }

  private static double score(Map<String, ? extends Result<?>> results, String label) {
    Result<?> result = results.get(label);
    return result == null ? Double.NaN : result.getScore();
  }
}
