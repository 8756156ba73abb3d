package io.splitio.client;

import static io.splitio.testing.JsonText.allKeys;
import static io.splitio.testing.JsonText.changes;
import static io.splitio.testing.JsonText.dependsOn;
import static io.splitio.testing.JsonText.flag;
import static io.splitio.testing.JsonText.object;
import static io.splitio.testing.JsonText.rollout;
import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.DateUnit;
import io.splitio.api.Evaluation;
import io.splitio.api.Key;
import io.splitio.engine.Snapshot;
import io.splitio.telemetry.Telemetry.Counter;
import io.splitio.testing.Definitions;
import io.splitio.testing.LogCapture;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Explaining and evaluating everything leave no trace. */
class DiagnosticsTest {
  private static final Key USER = Key.of("u");
  private static final String DEFINITIONS =
      changes(
          flag("circle", rollout("on", dependsOn("circle", "on"))),
          flag(
              "fails",
              Map.of(
                  "conditionType",
                  "ROLLOUT",
                  "matcherGroup",
                  object("combiner", "OR", "matchers", List.of(allKeys())))));

  private final LogCapture log = LogCapture.warnings();
  private final Snapshot snapshot =
      Definitions.of(DEFINITIONS).change(DateUnit.MILLISECONDS).applyTo(Snapshot.EMPTY);
  private final Parts parts = new Parts(new Parts.Asking(() -> snapshot));

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void circlesErrorsAndEarlyQuestionsAreNeitherCountedNorLogged() {
    Map<String, Evaluation> all = parts.client.evaluateAll(USER, Map.of());
    all.keySet().forEach(flag -> parts.client.explain(USER, flag, Map.of()));
    parts.client.async().evaluateAll(USER, Map.of()).join();
    parts.client.async().explain(USER, "fails", Map.of()).join();
    parts.client.explain(USER, "nope", Map.of());
    parts.client.explain(Key.of(""), "bad#name", Map.of());

    assertThat(all).hasSize(2);
    assertThat(all.get("fails"))
        .isEqualTo(new Evaluation(all.get("fails").result(), "fallback - exception", 7L));
    for (Counter counter : Counter.values()) {
      assertThat(parts.telemetry.total(counter)).as(counter.name()).isZero();
    }
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void anExplanationSaysWhyThereIsNone() {
    assertThat(parts.client.explain(Key.of(""), "fails", Map.of()).toString())
        .contains("the key is not valid");
    assertThat(parts.client.explain(USER, "bad#name", Map.of()).toString())
        .contains("the flag name is not valid");
    parts.readiness.destroy();
    assertThat(parts.client.explain(USER, "fails", Map.of()).toString())
        .contains("the SDK is destroyed");
  }

  @Test
  void onlyAFailureOfAllAnswersIsLoggedBecauseAnEmptyAnswerDoesNotShowIt() {
    Parts broken =
        new Parts(
            new Parts.Asking(
                () -> {
                  throw new IllegalStateException("broken");
                }));

    assertThat(broken.client.evaluateAll(USER, Map.of())).isEmpty();
    assertThat(broken.client.explain(USER, "fails", Map.of()).toString())
        .contains("could not be had: java.lang.IllegalStateException");
    assertThat(log.lines())
        .containsExactly("ERROR evaluateAll: failed: 'java.lang.IllegalStateException'");
    assertThat(broken.telemetry.total(Counter.EVALUATION_ERRORS)).isZero();
  }
}
