package io.splitio.official;

import static io.splitio.testing.JsonText.allKeys;
import static io.splitio.testing.JsonText.changes;
import static io.splitio.testing.JsonText.flag;
import static io.splitio.testing.JsonText.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.split.client.dtos.FallbackTreatment;
import io.split.client.dtos.FallbackTreatmentsConfiguration;
import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.api.FallbackTreatments;
import io.splitio.api.SplitResult;
import io.splitio.testing.Definitions;
import io.splitio.testing.LogCapture;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where fallbacks differ from the official Java SDK on purpose. */
class FallbackDeviationsTest {
  private static final String DEFINITIONS =
      changes(
          flag(
              "fails",
              object(
                  "conditionType",
                  "ROLLOUT",
                  "matcherGroup",
                  object("combiner", "OR", "matchers", List.of(allKeys())))));

  private static SplitFactory ours(FallbackTreatments fallbacks) {
    return SplitFactory.create(
        Definitions.of(DEFINITIONS),
        SplitConfig.defaults().withoutShutdownHook().withFallbackTreatments(fallbacks));
  }

  private static OfficialSdk official(String treatment, String config) {
    FallbackTreatment fallback = new FallbackTreatment(treatment, config);
    return new OfficialSdk(DEFINITIONS, Map.of(), new FallbackTreatmentsConfiguration(fallback));
  }

  @Test
  void theFallbackOfAFailedEvaluationKeepsItsConfiguration() {
    try (LogCapture log = LogCapture.warnings();
        SplitFactory ours = ours(FallbackTreatments.of("fb", "config"));
        OfficialSdk official = official("fb", "config")) {
      assertThat(ours.client().getTreatmentWithConfig("u", "fails"))
          .isEqualTo(new SplitResult("fb", "config"));
      assertThat(official.client().getTreatmentWithConfig("u", "fails").treatment())
          .isEqualTo("fb");
      assertThat(official.client().getTreatmentWithConfig("u", "fails").config()).isNull();
      assertThat(log.lines()).anyMatch(line -> line.contains("could not be evaluated"));
    }
  }

  @Test
  void aGlobalFallbackThatIsNotValidIsLeftOut() {
    try (LogCapture log = LogCapture.warnings();
        SplitFactory ours = ours(FallbackTreatments.of("not valid"));
        OfficialSdk official = official("not valid", "config")) {
      assertThat(ours.client().getTreatment("u", "nope")).isEqualTo("control");
      assertThat(official.client().getTreatment("u", "nope")).isNull();
      assertThat(log.lines()).anyMatch(line -> line.contains("'not valid'"));
    }
  }
}
