package io.splitio.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.AsyncSplitClient;
import io.splitio.api.Key;
import io.splitio.engine.Snapshot;
import io.splitio.telemetry.Telemetry.Counter;
import io.splitio.testing.LogCapture;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Definitions that cannot be had are answered with the fallback, and their true cause is told. */
class FailingSourceTest {
  private static final String CAUSE = "failed: 'java.lang.IllegalStateException'";

  private final LogCapture log = LogCapture.warnings();
  private final Parts parts = new Parts(new Parts.Asking(FailingSourceTest::broken));

  FailingSourceTest() {
    parts.readiness.becameReady();
  }

  @AfterEach
  void close() {
    log.close();
  }

  private static Snapshot broken() {
    throw new IllegalStateException("broken");
  }

  @Test
  void aQuestionThatIsAnsweredLaterIsAnsweredLikeOneThatIsAnsweredNow() {
    AsyncSplitClient later = parts.client.async();

    assertThat(parts.client.getTreatment("u", "a")).isEqualTo("fb");
    assertThat(later.getTreatmentWithConfig("u", "a").join().treatment()).isEqualTo("fb");
    assertThat(later.getTreatments("u", List.of("a", "b")).join())
        .isEqualTo(Map.of("a", "fb", "b", "fb"));
    assertThat(later.getTreatmentsByFlagSet("u", "set").join()).isEmpty();
    assertThat(log.lines())
        .containsExactly(
            "ERROR getTreatment: " + CAUSE,
            "ERROR getTreatmentWithConfig: " + CAUSE,
            "ERROR getTreatments: " + CAUSE,
            "ERROR getTreatmentsByFlagSet: " + CAUSE);
    assertThat(parts.telemetry.total(Counter.EVALUATION_ERRORS)).isEqualTo(4);
  }

  @Test
  void definitionsThatComeAfterTheEndMakeNothingReady() {
    Parts ended = new Parts(new Parts.Asking(FailingSourceTest::broken));
    ended.readiness.destroy();

    ended.readiness.becameReady();

    assertThat(ended.readiness.ready()).isCompletedExceptionally();
    assertThat(ended.readiness.isReady()).isFalse();
  }

  @Test
  void aDecisionForAnotherApiIsCountedAndToldOnceToo() {
    assertThat(parts.decisions.decide(Key.of("u"), "a", Map.of()).label()).contains("exception");
    assertThat(parts.decisions.decide(Key.of("u"), "a", Map.of()).treatment()).isEqualTo("fb");
    assertThat(parts.telemetry.total(Counter.EVALUATION_ERRORS)).isEqualTo(2);
    assertThat(log.lines()).hasSize(1);
    assertThat(log.lines().get(0)).contains("'a' could not be evaluated", "IllegalStateException");
  }

  @Test
  void diagnosticsAndViewsNameTheCauseToo() {
    assertThat(parts.client.async().explain(Key.of("u"), "a", Map.of()).join().toString())
        .contains("could not be had: java.lang.IllegalStateException");
    assertThat(parts.client.async().evaluateAll(Key.of("u"), Map.of()).join()).isEmpty();
    assertThat(parts.manager.async().splitNames().join()).isEmpty();
    assertThat(log.lines())
        .containsExactly("ERROR evaluateAll: " + CAUSE, "ERROR splitNames: " + CAUSE);
  }
}
