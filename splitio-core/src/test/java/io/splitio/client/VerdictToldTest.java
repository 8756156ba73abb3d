package io.splitio.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.splitio.backend.SyncReport;
import io.splitio.telemetry.Telemetry;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Somebody wishes for another attempt when only half of the verdict is told. */
class VerdictToldTest {
  private final SyncReport report = new SyncReport(Clock.systemUTC());
  private final Readiness readiness =
      new Readiness(report, Duration.ofDays(1), Clock.systemUTC(), new Telemetry());

  VerdictToldTest() {
    report.whenFatal(problem -> readiness.failed(problem, null));
    report.whenInVain(readiness::inVain);
  }

  @Test
  void theOtherHalfIsNotToldToWhoAsksAfterTheWish() throws Exception {
    report.failedForGood("refused");
    assertThat(readiness.ready()).isCompletedExceptionally();

    readiness.verdict().doubt();
    CompletableFuture<Void> asked = readiness.ready();
    report.waitingIsInVain();

    assertThat(asked).isNotDone();
    assertThatThrownBy(() -> readiness.await(Duration.ofMillis(50)))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining("is not ready after PT0.05S");
    readiness.verdict().lift();
    readiness.becameReady();
    assertThat(asked).succeedsWithin(Duration.ofSeconds(20));
    readiness.await(Duration.ofSeconds(20));
  }
}
