package io.splitio.benchmarks.jmh;

import io.splitio.benchmarks.contest.Contest;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** A hundred flags for one key. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ManyFlags {

  /** Asks for them by name. */
  @Benchmark
  public Map<String, String> byName(Stage stage, Turn turn) {
    return stage.contestant.treatments(
        stage.keys[turn.nextOfFew()], stage.hundred, Contest.ATTRIBUTES);
  }

  /** Asks for their flag set. */
  @Benchmark
  public Map<String, String> bySet(Stage stage, Turn turn) {
    return stage.contestant.treatmentsBySet(
        stage.keys[turn.nextOfFew()], Contest.HUNDRED, Contest.ATTRIBUTES);
  }
}
