package io.splitio.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.testing.ManualScheduler;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a backend says of itself. */
class SyncReportTest {
  private final ManualScheduler time = new ManualScheduler();
  private final SyncReport report = new SyncReport(time.clock());

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
}
