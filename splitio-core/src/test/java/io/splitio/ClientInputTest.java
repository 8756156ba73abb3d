package io.splitio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.splitio.api.EvaluationOptions;
import io.splitio.api.FallbackTreatments;
import io.splitio.api.Key;
import io.splitio.api.SplitClient;
import io.splitio.testing.Definitions;
import io.splitio.testing.LogCapture;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients take and refuse, and say of it, row by row of the evaluation specification 9. */
@SuppressWarnings("NullAway") // null is among what is passed in
class ClientInputTest {
  private final ClientFixture sdk = new ClientFixture();

  @AfterEach
  void close() {
    sdk.close();
  }

  @Test
  void keysThatAreNotValidAreAnsweredWithTheFallbackAndNotRecorded() {
    SplitClient client = sdk.client();
    String tooLong = "k".repeat(251);
    for (Key key :
        Arrays.asList(
            null,
            Key.of(null),
            Key.of(""),
            Key.of(tooLong),
            Key.of("u", ""),
            Key.of("u", tooLong))) {
      assertThat(client.getTreatment(key, "on1", Map.of())).isEqualTo("control");
      assertThat(client.getTreatments(key, Arrays.asList("on1", " on1 ", "bad#", null), Map.of()))
          .isEqualTo(Map.of("on1", "control", " on1 ", "control", "bad#", "control"));
      assertThat(client.getTreatmentsByFlagSet(key, "back", Map.of())).isEmpty();
      assertThat(client.getTreatmentsWithConfigByFlagSets(key, List.of("back"), Map.of()))
          .isEmpty();
    }
    assertThat(sdk.impressions()).isEmpty();
    assertThat(sdk.logged("ERROR"))
        .anyMatch(line -> line.contains("matchingKey has 251 characters"));
    assertThat(sdk.logged("ERROR")).anyMatch(line -> line.contains("bucketingKey is empty"));
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "  u  ", "\t"})
  void whiteSpaceIsAKeyLikeAnyOther(String key) {
    assertThat(sdk.client().getTreatment(key, "on1")).isEqualTo("on");
  }

  @ParameterizedTest
  @CsvSource({
    "' on1 ',on",
    "'on1\t',on",
    "a.b,control",
    "_a,control",
    "é,control",
    "a b,control",
    "'',control",
    "' ',control",
    "9.b,control",
    "bad#name,control"
  })
  void flagNamesAreTrimmedAndChecked(String name, String treatment) {
    assertThat(sdk.client().getTreatment("u", name)).isEqualTo(treatment);
  }

  @Test
  void flagNamesHaveAtMostAHundredCharacters() {
    SplitClient client = sdk.client();
    client.getTreatment("u", "a".repeat(100));
    assertThat(sdk.logged("ERROR")).isEmpty();

    client.getTreatment("u", "a".repeat(101));
    assertThat(sdk.logged("ERROR")).hasSize(1);
  }

  @Test
  void namesThatAreNotValidAreLeftOutAndDuplicatesCollapse() {
    Map<String, String> answers =
        sdk.client()
            .getTreatments(
                "u",
                Arrays.asList("killed", "killed", " killed ", null, "", "bad#name", "nope", "on1"));

    assertThat(answers).isEqualTo(Map.of("killed", "off", "nope", "control", "on1", "on"));
    assertThat(sdk.impressions())
        .containsExactlyInAnyOrder("killed=off (killed) 7", "on1=on (rule) 7");
  }

  @Test
  void noNamesGiveNoAnswers() {
    SplitClient client = sdk.client();

    assertThat(client.getTreatments("u", null)).isEmpty();
    assertThat(client.getTreatments("u", List.of())).isEmpty();
    assertThat(client.getTreatments((Key) null, List.of(), Map.of(), EvaluationOptions.none()))
        .isEmpty();
    assertThat(client.getTreatmentsByFlagSets("u", null)).isEmpty();
    assertThat(client.getTreatmentsByFlagSets("u", List.of())).isEmpty();
    assertThat(sdk.logged("ERROR"))
        .containsExactly(
            "ERROR getTreatments: no flag names given; name at least one",
            "ERROR getTreatments: matchingKey is null; it must have 1 to 250 characters");
    assertThat(sdk.logged("WARN")).hasSize(1);
  }

  @Test
  void messagesStartWithTheMethodAndNameWhatWasAskedFor() {
    SplitClient client = sdk.client();
    client.getTreatmentsWithConfig("u", List.of("nope"));
    client.getTreatmentsByFlagSet("u", "nobody");
    client.getTreatment("u", "on1", new EvaluationOptions(Map.of("p", List.of())));
    SplitClient early =
        sdk.made(Definitions.of(ClientFixture.DEFINITIONS).neverReady(), sdk.config).client();
    early.getTreatment("u", "on1");
    early.getTreatments("u", List.of("on1", "a\nb"));
    early.getTreatmentsByFlagSets("u", List.of("back", "0_"));

    assertThat(sdk.logged("WARN"))
        .filteredOn(line -> !line.contains("SplitFactory"))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("WARN getTreatmentsWithConfig: flag 'nope' does"),
            line -> assertThat(line).startsWith("WARN getTreatmentsByFlagSet: no flag belongs to"),
            line -> assertThat(line).startsWith("WARN getTreatment: property 'p' is no text"),
            line ->
                assertThat(line)
                    .startsWith(
                        "WARN getTreatment: the SDK is not ready; the answer for 'on1' may"),
            line ->
                assertThat(line)
                    .startsWith(
                        "WARN getTreatments: the SDK is not ready; the answer for 'on1', 'a\\u000ab'"),
            line ->
                assertThat(line)
                    .startsWith(
                        "WARN getTreatmentsByFlagSets: the SDK is not ready; the answer for '0_', 'back'"));
  }

  @Test
  void propertiesAreLookedAtOncePerCallAndOnlyIfSomebodyHearsOfThem() {
    EvaluationOptions options = new EvaluationOptions(Map.of("k", "v".repeat(31_744)));
    try (LogCapture everything = LogCapture.everything()) {
      sdk.made(
              Definitions.of(ClientFixture.DEFINITIONS),
              SplitConfig.defaults().withoutShutdownHook())
          .client()
          .getTreatments("u", List.of("on1", "on2", "killed"), options);
      assertThat(everything.lines()).noneMatch(line -> line.contains("32769"));

      sdk.client().getTreatments("u", List.of("on1", "on2", "killed"), options);
      assertThat(everything.lines()).filteredOn(line -> line.contains("32769")).hasSize(1);
    }
    assertThat(sdk.impressions()).hasSize(3);
  }

  @Test
  void flagSetsAreCleanedAndUnknownOnesGiveNothing() {
    SplitClient client = sdk.client();

    assertThat(client.getTreatmentsByFlagSets("u", Arrays.asList("BACK ", " nope", null, "a-b")))
        .isEqualTo(Map.of("on1", "on", "on2", "on"));
    assertThat(client.getTreatmentsByFlagSet("u", "0_")).isEqualTo(Map.of("on2", "on"));
    assertThat(client.getTreatmentsByFlagSet("u", "_odd")).isEmpty();
    assertThat(client.getTreatmentsByFlagSet("u", "upper")).isEmpty();
    assertThat(client.getTreatmentsByFlagSet("u", "b".repeat(51))).isEmpty();
    assertThat(sdk.logged("WARN")).anyMatch(line -> line.contains("'nope'"));
  }

  @Test
  void onlyTheConfiguredFlagSetsAreAsked() {
    SplitClient client =
        sdk.made(
                Definitions.of(ClientFixture.DEFINITIONS),
                sdk.config.withFlagSets(Set.of("Back", "a-b")))
            .client();

    assertThat(client.getTreatmentsByFlagSets("u", List.of("back", "0_")))
        .containsOnlyKeys("on1", "on2");
    assertThat(client.getTreatmentsByFlagSets("u", List.of("0_"))).isEmpty();
    assertThat(sdk.logged("WARN")).anyMatch(line -> line.contains("not one of those"));
  }

  @Test
  void propertiesGoAlongUnlessTheyAreTooLarge() {
    SplitClient client = sdk.client();
    Map<String, Object> odd = new HashMap<>();
    odd.put("n", 1);
    odd.put("nothing", null);
    odd.put("", "x");
    odd.put("odd", List.of());
    client.getTreatment("u", "on1", new EvaluationOptions(odd));
    client.getTreatment("u", "on1", new EvaluationOptions(Map.of("k", "v".repeat(31_743))));
    client.getTreatment("u", "on1", new EvaluationOptions(Map.of("k", "v".repeat(31_744))));
    client.getTreatment("u", "on1", new EvaluationOptions(null));
    sdk.impressions();

    assertThat(sdk.heard.get(0).properties()).isEqualTo(Map.of("n", 1));
    assertThat(sdk.heard.get(1).properties()).containsOnlyKeys("k");
    assertThat(sdk.heard.get(2).properties()).isEmpty();
    assertThat(sdk.heard.get(3).properties()).isEmpty();
    assertThat(sdk.logged("ERROR")).singleElement().asString().contains("32769");
  }

  @Test
  void aFallbackThatIsNotValidIsLeftOut() {
    FallbackTreatments fallbacks =
        FallbackTreatments.of("").with("a", "x".repeat(101)).with("b", " ok ").with("c#", "x");
    SplitClient client =
        sdk.made(
                Definitions.of(ClientFixture.DEFINITIONS),
                sdk.config.withFallbackTreatments(fallbacks))
            .client();

    assertThat(client.getTreatment("u", "nope")).isEqualTo("control");
    assertThat(client.getTreatment("u", "a")).isEqualTo("control");
    assertThat(client.getTreatment("u", "b")).isEqualTo("ok");
    assertThat(client.getTreatment("u", "c#")).isEqualTo("control");
    assertThat(sdk.logged("ERROR"))
        .filteredOn(line -> line.contains("fallbackTreatments"))
        .hasSize(3);
  }

  @Test
  void aNullKeyPartIsRefusedWhenTheKeyIsMade() {
    assertThatThrownBy(() -> Key.of("u", null)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Key(null, "b")).isInstanceOf(IllegalArgumentException.class);
    assertThat(Key.of("u")).isEqualTo(Key.of("u")).isNotEqualTo(Key.of("u", "u"));
    assertThat(Collections.singleton(Key.of("a", "b"))).contains(new Key("a", "b"));
  }
}
