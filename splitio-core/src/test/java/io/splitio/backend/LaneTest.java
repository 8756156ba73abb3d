package io.splitio.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.testing.LogCapture;
import io.splitio.testing.ManualScheduler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tasks one after another, whatever becomes of one of them. */
class LaneTest {
  @Test
  void aTaskThatFailsIsLoggedAndTheNextOneRuns() {
    ManualScheduler scheduler = new ManualScheduler();
    Lane lane = new Lane(scheduler);
    List<String> ran = new ArrayList<>();
    try (LogCapture log = LogCapture.warnings()) {
      lane.execute(
          () -> {
            throw new IllegalStateException("on purpose");
          });
      lane.execute(
          () -> {
            throw new AssertionError("on purpose");
          });
      lane.execute(() -> ran.add("next"));
      scheduler.runDue();
      assertThat(log.lines()).hasSize(2).allMatch(line -> line.startsWith("ERROR"));
    }
    assertThat(ran).containsExactly("next");
  }
}
