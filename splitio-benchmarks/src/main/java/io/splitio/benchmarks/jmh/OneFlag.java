package io.splitio.benchmarks.jmh;

import io.splitio.benchmarks.contest.Contest;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** One flag for one key. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class OneFlag {

  /** Asks for one treatment. */
  @Benchmark
  public String treatment(Stage stage, Turn turn) {
    int at = turn.next();
    return stage.contestant.treatment(stage.keys[at], stage.flags[at], Contest.ATTRIBUTES);
  }
}
