package io.splitio.benchmarks.report;

import io.splitio.benchmarks.contest.Entry;
import io.splitio.benchmarks.jmh.Callers;
import io.splitio.benchmarks.jmh.Stage.Question;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs benchmarks of JMH.
 *
 * @param forks JVMs for each contestant; 0 stays in this one
 * @param iterations of one second each that count, after as many that warm up
 */
record Suite(int forks, int iterations) {

  /** A benchmark of the contest, for some contestants. */
  Map<Entry, Cost> contest(String benchmark, Question question, int threads, Entry... entries)
      throws RunnerException {
    ChainedOptionsBuilder options =
        options(benchmark, threads)
            .param("question", question.name())
            .param("entry", Stream.of(entries).map(Entry::name).toArray(String[]::new));
    Map<Entry, Cost> costs = new EnumMap<>(Entry.class);
    for (RunResult run : new Runner(options.build()).run()) {
      costs.put(Entry.valueOf(run.getParams().getParam("entry")), Cost.of(run));
    }
    return costs;
  }

  /** Benchmarks of a class, by the names of its methods. */
  Map<String, Cost> methods(String benchmark) throws RunnerException {
    Map<String, Cost> costs = new LinkedHashMap<>();
    for (RunResult run : new Runner(options(benchmark, 1).build()).run()) {
      String name = run.getParams().getBenchmark();
      costs.put(name.substring(name.lastIndexOf('.') + 1), Cost.of(run));
    }
    return costs;
  }

  private ChainedOptionsBuilder options(String benchmark, int threads) {
    return new OptionsBuilder()
        .include(benchmark.replace(".", "\\.") + "$")
        .addProfiler(Callers.class)
        .forks(forks)
        .threads(threads)
        .warmupIterations(iterations)
        .warmupTime(TimeValue.seconds(1))
        .measurementIterations(iterations)
        .measurementTime(TimeValue.seconds(1))
        .jvmArgs("-Xmx1g")
        .shouldFailOnError(true);
  }
}
