package io.splitio.benchmarks.jmh;

import io.splitio.benchmarks.Child;
import io.splitio.benchmarks.contest.CloudMain;
import io.splitio.benchmarks.contest.Contest;
import io.splitio.benchmarks.contest.Contestant;
import io.splitio.benchmarks.contest.Entry;
import io.splitio.benchmarks.contest.Fairness;
import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One contestant, ready and checked, and what it is asked. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH sets parameters, and calls open first
public class Stage {
  /** Who answers. */
  @Param public Entry entry;

  /** What is asked for. */
  @Param public Question question;

  Contestant contestant;
  String[] keys;
  String[] flags;
  List<String> hundred;
  private Child cloud;

  /** What may be asked for. */
  public enum Question {
    /** A rollout by halves. */
    ROLLOUT,
    /** Five rules, of which the last one decides. */
    RULES,
    /** A flag that does not exist. */
    MISSING;

    String flag(int number) {
      return switch (this) {
        case ROLLOUT -> Contest.rollout(number);
        case RULES -> Contest.rules(number);
        case MISSING -> "no-flag-" + number % Contest.ROLLOUTS;
      };
    }
  }

  /** Starts the contestant, and checks that it does what the others do. */
  @Setup(Level.Trial)
  public void open() throws Exception {
    cloud = Child.start(CloudMain.class.getName());
    contestant = entry.ready(cloud.line());
    hundred = IntStream.range(0, 100).mapToObj(Contest::rollout).toList();
    List<String> all = IntStream.range(0, Contest.KEYS).mapToObj(question::flag).toList();
    keys = Contest.keys().toArray(String[]::new);
    flags = all.toArray(String[]::new);
    if (question != Question.MISSING) {
      Fairness.check(entry, contestant, all);
    }
  }

  /** Ends it. */
  @TearDown(Level.Trial)
  public void close() {
    contestant.close();
    cloud.close();
  }
}
