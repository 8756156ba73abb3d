package io.splitio.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.splitio.benchmarks.contest.CloudMain;
import io.splitio.benchmarks.contest.Contest;
import io.splitio.benchmarks.contest.Contestant;
import io.splitio.benchmarks.contest.Entry;
import io.splitio.benchmarks.contest.Fairness;
import io.splitio.benchmarks.jmh.Callers;
import io.splitio.benchmarks.jmh.OneFlag;
import io.splitio.fake.SplitCloud;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Everything that is measured can be measured: each contestant answers, and one iteration runs. */
class SmokeTest {
  private static final List<String> ROLLOUTS =
      IntStream.range(0, Contest.KEYS).mapToObj(Contest::rollout).toList();

  @Test
  void allContestantsDoTheSameWork() throws Exception {
    try (SplitCloud cloud = SplitCloud.start()) {
      CloudMain.settleIn(cloud);
      for (Entry entry :
          new Entry[] {
            Entry.OURS,
            Entry.OURS_LOCALHOST,
            Entry.LAUNCHDARKLY_SILENT,
            Entry.UNLEASH,
            Entry.CONFIGCAT,
            Entry.OPENFEATURE,
            Entry.TOGGLZ,
            Entry.RECORDING_FLOOR
          }) {
        try (Contestant contestant = entry.ready(cloud.url())) {
          Fairness.check(entry, contestant, ROLLOUTS);
        }
      }
    }
  }

  @Test
  void whoAnswersDifferentlyIsFoundOut() {
    Contestant alwaysOn = (key, flag, attributes) -> "on";

    assertThatThrownBy(() -> Fairness.check(Entry.OURS, alwaysOn, ROLLOUTS))
        .hasMessageContaining("does not do the same work");
    assertThatThrownBy(() -> Fairness.check(Entry.UNLEASH, alwaysOn, ROLLOUTS))
        .hasMessageContaining("10000 keys get on");
  }

  @Test
  void oneIterationRuns() throws Exception {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(OneFlag.class.getSimpleName())
                    .param("entry", Entry.OURS_LOCALHOST.name())
                    .param("question", "ROLLOUT")
                    .forks(0)
                    .warmupIterations(0)
                    .measurementIterations(1)
                    .measurementTime(TimeValue.milliseconds(50))
                    .addProfiler(Callers.class)
                    .shouldFailOnError(true)
                    .build())
            .run();

    assertThat(results).hasSize(1);
    assertThat(results.iterator().next().getSecondaryResults())
        .containsKeys(Callers.CPU, Callers.BYTES);
  }
}
