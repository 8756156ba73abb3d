package io.splitio.benchmarks.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** An event of one key. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Tracking {

  /** Tells of a purchase. */
  @Benchmark
  public boolean track(Stage stage, Turn turn) {
    return stage.contestant.track(stage.keys[turn.next()], "purchase");
  }
}
