package io.splitio.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.record.Delivery.Fate;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How the SDK is set up and doing, on its way to the service (protocol specification 10). */
class ReportsTest {
  private final RecorderFixture fixture = new RecorderFixture();

  private Recorder started() {
    Recorder recorder = fixture.recorder();
    recorder.start();
    fixture.scheduler.runDue();
    return recorder;
  }

  @Test
  void theSetUpIsToldOnceAndTriedThreeTimes() {
    fixture.sinks.then(Fate.TRY_AGAIN, Fate.TRY_AGAIN, Fate.TRY_AGAIN);
    started();
    fixture.scheduler.advance(Duration.ofMinutes(2));

    assertThat(fixture.sinks.order()).containsExactly("config", "config", "config");
  }

  @Test
  void aSetUpThatWasNotToldBeforeARestIsToldAfterIt() {
    fixture.sinks.then(Fate.TRY_AGAIN);
    Recorder recorder = started();
    fixture.suspend(recorder);
    assertThat(fixture.scheduler.waiting()).isZero();
    recorder.resume();
    fixture.scheduler.advance(Duration.ofMinutes(2));

    assertThat(fixture.sinks.configs()).hasSize(1);
    assertThat(fixture.sinks.order()).containsExactly("config", "config");
  }

  @Test
  void usageThatWasNotDeliveredGoesWithTheNextReport() {
    started();
    fixture.telemetry.tokenRefreshed();
    fixture.sinks.then(Fate.TRY_AGAIN);
    fixture.scheduler.advance(Duration.ofHours(1));
    fixture.telemetry.tokenRefreshed();
    fixture.scheduler.advance(Duration.ofHours(1));

    assertThat(fixture.sinks.usages())
        .singleElement()
        .satisfies(
            report -> {
              assertThat(report.interval().tokenRefreshes()).isEqualTo(2);
              assertThat(report.sessionMillis()).isZero();
            });
  }

  /** Whoever is ready and over at once tells both. */
  @Test
  void aSetUpThatNobodyWasToldOfGoesWithTheLastReport() {
    fixture.sinks.then(Fate.TRY_AGAIN);
    Recorder recorder = started();
    fixture.close(recorder);

    assertThat(fixture.sinks.order()).containsExactly("config", "config", "usage");
    assertThat(fixture.sinks.configs()).hasSize(1);
  }
}
