package io.splitio.backend.featbit.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.ImpressionListener;
import io.splitio.api.ImpressionMode;
import io.splitio.record.Identity;
import io.splitio.record.Recorder;
import io.splitio.record.Recorder.Queueing;
import io.splitio.record.Sinks;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class InsightSettingsTest {
  private static int observed(List<ImpressionListener> listeners) {
    Queueing queueing = new Queueing(100, 10, Duration.ofSeconds(1));
    Recorder.Settings wanted =
        new Recorder.Settings(
            ImpressionMode.OPTIMIZED,
            true,
            500_000,
            queueing,
            queueing,
            null,
            listeners,
            100,
            new Identity("java-test", () -> "test"),
            Sinks.USUAL_INTEREST);
    return InsightSettings.USUAL.fitted(wanted).observerSize();
  }

  @Test
  void whatWasSeenBeforeIsRememberedForListenersOnly() {
    assertThat(observed(List.of())).isZero();
    assertThat(observed(List.of(impression -> {}))).isPositive();
  }
}
