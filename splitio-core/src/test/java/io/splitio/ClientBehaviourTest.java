package io.splitio;

import static io.splitio.testing.JsonText.flag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.splitio.api.Evaluation;
import io.splitio.api.FallbackTreatments;
import io.splitio.api.Key;
import io.splitio.api.SplitClient;
import io.splitio.api.SplitResult;
import io.splitio.testing.Definitions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What clients answer and record, row by row of the evaluation specification 3.3, 3.4, 8 and 10.
 */
@SuppressWarnings("NullAway") // null is among what is passed in
class ClientBehaviourTest {
  private final ClientFixture sdk = new ClientFixture();

  @AfterEach
  void close() {
    sdk.close();
  }

  @Test
  void eachEvaluatedFlagGivesOneImpression() {
    SplitClient client = sdk.client();
    client.getTreatment("u", "on1");
    client.getTreatments("u", List.of("killed", "on2", "killed"));
    client.getTreatmentsByFlagSet("u", "back");

    assertThat(sdk.impressions())
        .containsExactlyInAnyOrder(
            "on1=on (rule) 7",
            "killed=off (killed) 7",
            "on2=on (rule) 7",
            "on1=on (rule) 7",
            "on2=on (rule) 7");
  }

  @Test
  void aFlagThatIsOnlyCountedIsHeardAllTheSame() {
    sdk.client().getTreatment("u", "quiet");

    assertThat(sdk.impressions()).containsExactly("quiet=on (rule) 7");
  }

  @Test
  void anEvaluationErrorIsAnImpressionToo() {
    Evaluation evaluation = sdk.client().evaluate(Key.of("u"), "fails", Map.of());

    assertThat(evaluation.treatment()).isEqualTo("control");
    assertThat(sdk.impressions()).containsExactly("fails=control (exception) 7");
  }

  @Test
  void dependenciesGiveNoImpression() {
    sdk.client().getTreatment("u", "depends");

    assertThat(sdk.impressions()).containsExactly("depends=on (rule) 7");
  }

  @Test
  void anUnknownFlagIsToldOnceAndGivesNoImpression() {
    SplitClient client = sdk.client();
    client.getTreatment("u", "nope");
    client.getTreatments("u", List.of("nope"));

    assertThat(sdk.logged("WARN")).singleElement().asString().contains("'nope' does not exist");
    assertThat(sdk.impressions()).isEmpty();
  }

  @Test
  void labelsCanBeLeftOutOfImpressionsButNotOfEvaluations() {
    SplitClient client =
        sdk.made(Definitions.of(ClientFixture.DEFINITIONS), sdk.config.withoutLabels()).client();

    assertThat(client.evaluate(Key.of("u"), "on1", Map.of()).label()).isEqualTo("rule");
    assertThat(sdk.impressions()).containsExactly("on1=on (null) 7");
  }

  @Test
  void explainingAndEvaluatingAllRecordNothing() {
    SplitClient client = sdk.client();
    client.explain(Key.of("u"), "on1", Map.of());
    client.evaluateAll(Key.of("u"), Map.of());

    assertThat(sdk.impressions()).isEmpty();
  }

  @Test
  void beforeItIsReadyKnownFlagsAreEvaluatedAndUnknownOnesAreNotReady() {
    SplitConfig fallback =
        sdk.config.withFallbackTreatments(FallbackTreatments.of("fb").with("x", "own"));
    SplitFactory plain =
        sdk.made(Definitions.of(ClientFixture.DEFINITIONS).neverReady(), sdk.config);
    SplitFactory withFallback =
        sdk.made(Definitions.of(ClientFixture.DEFINITIONS).neverReady(), fallback);

    assertThat(plain.client().getTreatment("u", "on1")).isEqualTo("on");
    assertThat(plain.client().getTreatment("u", "nope")).isEqualTo("control");
    assertThat(plain.client().getTreatments("u", List.of("nope2")))
        .containsEntry("nope2", "control");
    assertThat(withFallback.client().getTreatment("u", "x")).isEqualTo("own");
    assertThat(plain.client().explain(Key.of("u"), "nope", Map.of()).evaluation().label())
        .isEqualTo("not ready");
    assertThat(sdk.impressions())
        .containsExactlyInAnyOrder(
            "on1=on (rule) 7",
            "nope=control (not ready) null",
            "nope2=control (not ready) null",
            "x=own (fallback - not ready) null");
    assertThat(sdk.logged("WARN"))
        .anyMatch(line -> line.contains("getTreatment: the SDK is not ready"));
    assertThat(sdk.log.lines()).noneMatch(line -> line.contains("does not exist"));
  }

  @Test
  void waitingForAnSdkThatIsNeverReadyTimesOut() {
    SplitFactory factory =
        sdk.made(Definitions.of(ClientFixture.DEFINITIONS).neverReady(), sdk.config);

    assertThatThrownBy(() -> factory.blockUntilReady(Duration.ofMillis(20)))
        .isInstanceOf(TimeoutException.class);
    assertThatThrownBy(() -> factory.blockUntilReady(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    factory.destroy();
    assertThatThrownBy(() -> factory.blockUntilReady(Duration.ofMillis(20)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void afterDestroyEverythingIsRefused() {
    SplitFactory factory =
        sdk.made(
            Definitions.of(ClientFixture.DEFINITIONS),
            sdk.config.withFallbackTreatments(FallbackTreatments.of("fb", "c")));
    SplitClient client = factory.client();
    factory.destroy();

    assertThat(client.getTreatmentWithConfig("u", "on1")).isEqualTo(new SplitResult("fb", "c"));
    assertThat(client.getTreatments("u", Arrays.asList("on1", " x ", "", null)))
        .isEqualTo(Map.of("on1", "fb", " x ", "fb", "", "fb"));
    assertThat(client.getTreatmentsByFlagSet("u", "back")).isEmpty();
    assertThat(client.evaluateAll(Key.of("u"), Map.of())).isEmpty();
    assertThat(client.track("u", "user", "e")).isFalse();
    assertThat(client.async().getTreatment("u", "on1").join()).isEqualTo("fb");
    assertThat(factory.manager().splits()).isEmpty();
    assertThat(factory.manager().split("on1")).isNull();
    assertThat(factory.manager().splitNames()).isEmpty();
    assertThat(sdk.impressions()).isEmpty();
    assertThat(sdk.logged("ERROR")).isNotEmpty().allMatch(line -> line.contains("destroyed"));
  }

  @Test
  void oneFailingFlagSpoilsNoOther() {
    assertThat(sdk.client().getTreatments("u", List.of("fails", "on1")))
        .isEqualTo(Map.of("fails", "control", "on1", "on"));
  }

  @Test
  void answersOfEveryFlagAtOnceEqualTheSingleOnes() {
    SplitClient client = sdk.client();
    Map<String, Evaluation> all = client.evaluateAll(Key.of("u"), Map.of());

    assertThat(all).hasSize(7);
    all.forEach(
        (flag, evaluation) ->
            assertThat(client.evaluate(Key.of("u"), flag, Map.of())).isEqualTo(evaluation));
  }
}
