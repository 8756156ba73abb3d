package io.splitio.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.testing.ManualScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a backend says of itself. */
class SyncReportTest {
  private final ManualScheduler time = new ManualScheduler();
  private final SyncReport report = new SyncReport(time.clock());
  private final List<String> told = new ArrayList<>();

  private boolean stale(Duration allowed) {
    return report.latest().stale(Instant.now(time.clock()), allowed);
  }

  @Test
  void definitionsGrowStaleAfterTheAllowedTime() {
    report.succeeded();
    time.advance(Duration.ofSeconds(60));
    assertThat(stale(Duration.ofSeconds(60))).isFalse();

    time.advance(Duration.ofNanos(1));
    assertThat(stale(Duration.ofSeconds(60))).isTrue();
  }

  @Test
  void theLongestTimeThereIsIsNeverOver() {
    report.succeeded();
    time.advance(Duration.ofDays(1));

    assertThat(stale(Duration.ofSeconds(Long.MAX_VALUE))).isFalse();
  }

  @Test
  void aProblemIsOneHarmlessLine() {
    report.failed("a\nb");
    assertThat(report.latest().problem()).isEqualTo("a\\u000ab");

    report.failedForGood("c\u2028d");
    assertThat(report.latest().problem()).isEqualTo("c\\u2028d");
  }

  private void holdBack() {
    report.whenFatal(problem -> told.add("fatal " + problem));
    report.whenInVain(problem -> told.add("vain " + problem));
    report.whenWishedFor(Verdict.NONE);
    report.hold();
    report.failedForGood("refused");
    report.waitingIsInVain();
    assertThat(told).isEmpty();
  }

  @Test
  void whatIsHeldBackIsToldWhenItIsReleasedOnce() {
    holdBack();
    report.release();
    report.release();
    assertThat(told).containsExactly("fatal refused", "vain refused");

    report.waitingIsInVain();
    assertThat(told).hasSize(3);
  }

  @Test
  void whatIsHeldBackAndHasPassedIsNotTold() {
    holdBack();
    report.succeeded();
    report.release();
    assertThat(told).isEmpty();
  }

  @Test
  void whatIsHeldBackIsNotToldOnceAnotherAttemptHasBegun() {
    holdBack();
    report.verdict().doubt();
    report.verdict().lift();
    report.release();
    assertThat(told).isEmpty();
  }
}
