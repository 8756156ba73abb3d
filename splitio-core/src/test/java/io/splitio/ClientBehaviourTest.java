package io.splitio;

import static io.splitio.testing.JsonText.allKeys;
import static io.splitio.testing.JsonText.changes;
import static io.splitio.testing.JsonText.dependsOn;
import static io.splitio.testing.JsonText.flag;
import static io.splitio.testing.JsonText.object;
import static io.splitio.testing.JsonText.rollout;
import static io.splitio.testing.JsonText.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.splitio.api.Evaluation;
import io.splitio.api.EvaluationOptions;
import io.splitio.api.FallbackTreatments;
import io.splitio.api.Impression;
import io.splitio.api.Key;
import io.splitio.api.SplitClient;
import io.splitio.api.SplitResult;
import io.splitio.testing.Definitions;
import io.splitio.testing.LogCapture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Client behaviour, row by row of the evaluation specification 3.3, 3.4, 8, 9 and 10. */
@SuppressWarnings("NullAway") // null is among what is passed in
class ClientBehaviourTest {
  private static final String DEFINITIONS =
      changes(
          with(flag("on1", rollout("on", allKeys())), "sets", List.of("back", "_odd")),
          with(flag("on2", rollout("on", allKeys())), "sets", List.of("back", "0_")),
          with(flag("quiet", rollout("on", allKeys())), "impressionsDisabled", true),
          with(flag("killed"), "killed", true),
          with(flag("shout", rollout("on", allKeys())), "sets", List.of("UPPER")),
          flag(
              "fails",
              Map.of(
                  "conditionType",
                  "ROLLOUT",
                  "matcherGroup",
                  object("combiner", "OR", "matchers", List.of(allKeys())))),
          flag("depends", rollout("on", dependsOn("on1", "on"))));

  private final List<Impression> heard = new CopyOnWriteArrayList<>();
  private final List<SplitFactory> factories = new ArrayList<>();
  private final LogCapture log = LogCapture.warnings();
  private final SplitConfig config =
      SplitConfig.defaults().withoutShutdownHook().withImpressionListener(heard::add);

  @AfterEach
  void close() {
    factories.forEach(SplitFactory::close);
    log.close();
  }

  private SplitFactory sdk(Definitions definitions, SplitConfig settings) {
    SplitFactory factory = SplitFactory.create(definitions, settings);
    factories.add(factory);
    return factory;
  }

  private SplitClient client() {
    return sdk(Definitions.of(DEFINITIONS), config).client();
  }

  /** Destroying waits for the listener, so that everything is heard afterwards. */
  private List<String> impressions() {
    factories.forEach(SplitFactory::destroy);
    return heard.stream()
        .map(i -> i.flag() + "=" + i.treatment() + " (" + i.label() + ") " + i.changeNumber())
        .toList();
  }

  private List<String> logged(String level) {
    return log.lines().stream().filter(line -> line.startsWith(level)).toList();
  }

  @Test
  void eachEvaluatedFlagGivesOneImpression() {
    SplitClient client = client();
    client.getTreatment("u", "on1");
    client.getTreatments("u", List.of("killed", "on2", "killed"));
    client.getTreatmentsByFlagSet("u", "back");

    assertThat(impressions())
        .containsExactlyInAnyOrder(
            "on1=on (rule) 7",
            "killed=off (killed) 7",
            "on2=on (rule) 7",
            "on1=on (rule) 7",
            "on2=on (rule) 7");
  }

  @Test
  void aFlagThatIsOnlyCountedIsHeardAllTheSame() {
    client().getTreatment("u", "quiet");

    assertThat(impressions()).containsExactly("quiet=on (rule) 7");
  }

  @Test
  void anEvaluationErrorIsAnImpressionToo() {
    Evaluation evaluation = client().evaluate(Key.of("u"), "fails", Map.of());

    assertThat(evaluation.treatment()).isEqualTo("control");
    assertThat(impressions()).containsExactly("fails=control (exception) 7");
  }

  @Test
  void dependenciesGiveNoImpression() {
    client().getTreatment("u", "depends");

    assertThat(impressions()).containsExactly("depends=on (rule) 7");
  }

  @Test
  void anUnknownFlagIsToldOnceAndGivesNoImpression() {
    SplitClient client = client();
    client.getTreatment("u", "nope");
    client.getTreatments("u", List.of("nope"));

    assertThat(logged("WARN")).singleElement().asString().contains("'nope' does not exist");
    assertThat(impressions()).isEmpty();
  }

  @Test
  void labelsCanBeLeftOutOfImpressionsButNotOfEvaluations() {
    SplitClient client = sdk(Definitions.of(DEFINITIONS), config.withoutLabels()).client();

    assertThat(client.evaluate(Key.of("u"), "on1", Map.of()).label()).isEqualTo("rule");
    assertThat(impressions()).containsExactly("on1=on (null) 7");
  }

  @Test
  void explainingAndEvaluatingAllRecordNothing() {
    SplitClient client = client();
    client.explain(Key.of("u"), "on1", Map.of());
    client.evaluateAll(Key.of("u"), Map.of());

    assertThat(impressions()).isEmpty();
  }

  @Test
  void beforeItIsReadyKnownFlagsAreEvaluatedAndUnknownOnesAreNotReady() {
    SplitConfig fallback =
        config.withFallbackTreatments(FallbackTreatments.of("fb").with("x", "own"));
    SplitFactory plain = sdk(Definitions.of(DEFINITIONS).neverReady(), config);
    SplitFactory withFallback = sdk(Definitions.of(DEFINITIONS).neverReady(), fallback);

    assertThat(plain.client().getTreatment("u", "on1")).isEqualTo("on");
    assertThat(plain.client().getTreatment("u", "nope")).isEqualTo("control");
    assertThat(plain.client().getTreatments("u", List.of("nope2")))
        .containsEntry("nope2", "control");
    assertThat(withFallback.client().getTreatment("u", "x")).isEqualTo("own");
    assertThat(plain.client().explain(Key.of("u"), "nope", Map.of()).evaluation().label())
        .isEqualTo("not ready");
    assertThat(impressions())
        .containsExactlyInAnyOrder(
            "on1=on (rule) 7",
            "nope=control (not ready) null",
            "nope2=control (not ready) null",
            "x=own (fallback - not ready) null");
    assertThat(logged("WARN"))
        .anyMatch(line -> line.contains("getTreatment: the SDK is not ready"));
    assertThat(log.lines()).noneMatch(line -> line.contains("does not exist"));
  }

  @Test
  void waitingForAnSdkThatIsNeverReadyTimesOut() {
    SplitFactory factory = sdk(Definitions.of(DEFINITIONS).neverReady(), config);

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
        sdk(
            Definitions.of(DEFINITIONS),
            config.withFallbackTreatments(FallbackTreatments.of("fb", "c")));
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
    assertThat(impressions()).isEmpty();
    assertThat(logged("ERROR")).isNotEmpty().allMatch(line -> line.contains("destroyed"));
  }

  @Test
  void keysThatAreNotValidAreAnsweredWithTheFallbackAndNotRecorded() {
    SplitClient client = client();
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
    assertThat(impressions()).isEmpty();
    assertThat(logged("ERROR")).anyMatch(line -> line.contains("matchingKey has 251 characters"));
    assertThat(logged("ERROR")).anyMatch(line -> line.contains("bucketingKey is empty"));
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "  u  ", "\t"})
  void whiteSpaceIsAKeyLikeAnyOther(String key) {
    assertThat(client().getTreatment(key, "on1")).isEqualTo("on");
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
    assertThat(client().getTreatment("u", name)).isEqualTo(treatment);
  }

  @Test
  void flagNamesHaveAtMostAHundredCharacters() {
    SplitClient client = client();
    client.getTreatment("u", "a".repeat(100));
    assertThat(logged("ERROR")).isEmpty();

    client.getTreatment("u", "a".repeat(101));
    assertThat(logged("ERROR")).hasSize(1);
  }

  @Test
  void namesThatAreNotValidAreLeftOutAndDuplicatesCollapse() {
    Map<String, String> answers =
        client()
            .getTreatments(
                "u",
                Arrays.asList("killed", "killed", " killed ", null, "", "bad#name", "nope", "on1"));

    assertThat(answers).isEqualTo(Map.of("killed", "off", "nope", "control", "on1", "on"));
    assertThat(impressions()).containsExactlyInAnyOrder("killed=off (killed) 7", "on1=on (rule) 7");
  }

  @Test
  void oneFailingFlagSpoilsNoOther() {
    assertThat(client().getTreatments("u", List.of("fails", "on1")))
        .isEqualTo(Map.of("fails", "control", "on1", "on"));
  }

  @Test
  void noNamesGiveNoAnswers() {
    SplitClient client = client();

    assertThat(client.getTreatments("u", null)).isEmpty();
    assertThat(client.getTreatments("u", List.of())).isEmpty();
    assertThat(client.getTreatments((Key) null, List.of(), Map.of(), EvaluationOptions.none()))
        .isEmpty();
    assertThat(client.getTreatmentsByFlagSets("u", null)).isEmpty();
    assertThat(client.getTreatmentsByFlagSets("u", List.of())).isEmpty();
    assertThat(logged("ERROR"))
        .containsExactly(
            "ERROR getTreatments: no flag names given; name at least one",
            "ERROR getTreatments: matchingKey is null; it must have 1 to 250 characters");
    assertThat(logged("WARN")).hasSize(1);
  }

  @Test
  void messagesStartWithTheMethodAndNameWhatWasAskedFor() {
    SplitClient client = client();
    client.getTreatmentsWithConfig("u", List.of("nope"));
    client.getTreatmentsByFlagSet("u", "nobody");
    client.getTreatment("u", "on1", new EvaluationOptions(Map.of("p", List.of())));
    SplitClient early = sdk(Definitions.of(DEFINITIONS).neverReady(), config).client();
    early.getTreatment("u", "on1");
    early.getTreatments("u", List.of("on1", "a\nb"));
    early.getTreatmentsByFlagSets("u", List.of("back", "0_"));

    assertThat(logged("WARN"))
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
      sdk(Definitions.of(DEFINITIONS), SplitConfig.defaults().withoutShutdownHook())
          .client()
          .getTreatments("u", List.of("on1", "on2", "killed"), options);
      assertThat(everything.lines()).noneMatch(line -> line.contains("32769"));

      client().getTreatments("u", List.of("on1", "on2", "killed"), options);
      assertThat(everything.lines()).filteredOn(line -> line.contains("32769")).hasSize(1);
    }
    assertThat(impressions()).hasSize(3);
  }

  @Test
  void flagSetsAreCleanedAndUnknownOnesGiveNothing() {
    SplitClient client = client();

    assertThat(client.getTreatmentsByFlagSets("u", Arrays.asList("BACK ", " nope", null, "a-b")))
        .isEqualTo(Map.of("on1", "on", "on2", "on"));
    assertThat(client.getTreatmentsByFlagSet("u", "0_")).isEqualTo(Map.of("on2", "on"));
    assertThat(client.getTreatmentsByFlagSet("u", "_odd")).isEmpty();
    assertThat(client.getTreatmentsByFlagSet("u", "upper")).isEmpty();
    assertThat(client.getTreatmentsByFlagSet("u", "b".repeat(51))).isEmpty();
    assertThat(logged("WARN")).anyMatch(line -> line.contains("'nope'"));
  }

  @Test
  void onlyTheConfiguredFlagSetsAreAsked() {
    SplitClient client =
        sdk(Definitions.of(DEFINITIONS), config.withFlagSets(Set.of("Back", "a-b"))).client();

    assertThat(client.getTreatmentsByFlagSets("u", List.of("back", "0_")))
        .containsOnlyKeys("on1", "on2");
    assertThat(client.getTreatmentsByFlagSets("u", List.of("0_"))).isEmpty();
    assertThat(logged("WARN")).anyMatch(line -> line.contains("not one of those"));
  }

  @Test
  void propertiesGoAlongUnlessTheyAreTooLarge() {
    SplitClient client = client();
    Map<String, Object> odd = new HashMap<>();
    odd.put("n", 1);
    odd.put("nothing", null);
    odd.put("", "x");
    odd.put("odd", List.of());
    client.getTreatment("u", "on1", new EvaluationOptions(odd));
    client.getTreatment("u", "on1", new EvaluationOptions(Map.of("k", "v".repeat(31_743))));
    client.getTreatment("u", "on1", new EvaluationOptions(Map.of("k", "v".repeat(31_744))));
    client.getTreatment("u", "on1", new EvaluationOptions(null));
    impressions();

    assertThat(heard.get(0).properties()).isEqualTo(Map.of("n", 1));
    assertThat(heard.get(1).properties()).containsOnlyKeys("k");
    assertThat(heard.get(2).properties()).isEmpty();
    assertThat(heard.get(3).properties()).isEmpty();
    assertThat(logged("ERROR")).singleElement().asString().contains("32769");
  }

  @Test
  void aFallbackThatIsNotValidIsLeftOut() {
    FallbackTreatments fallbacks =
        FallbackTreatments.of("").with("a", "x".repeat(101)).with("b", " ok ").with("c#", "x");
    SplitClient client =
        sdk(Definitions.of(DEFINITIONS), config.withFallbackTreatments(fallbacks)).client();

    assertThat(client.getTreatment("u", "nope")).isEqualTo("control");
    assertThat(client.getTreatment("u", "a")).isEqualTo("control");
    assertThat(client.getTreatment("u", "b")).isEqualTo("ok");
    assertThat(client.getTreatment("u", "c#")).isEqualTo("control");
    assertThat(logged("ERROR")).filteredOn(line -> line.contains("fallbackTreatments")).hasSize(3);
  }

  @Test
  void answersOfEveryFlagAtOnceEqualTheSingleOnes() {
    SplitClient client = client();
    Map<String, Evaluation> all = client.evaluateAll(Key.of("u"), Map.of());

    assertThat(all).hasSize(7);
    all.forEach(
        (flag, evaluation) ->
            assertThat(client.evaluate(Key.of("u"), flag, Map.of())).isEqualTo(evaluation));
  }

  @Test
  void aNullKeyPartIsRefusedWhenTheKeyIsMade() {
    assertThatThrownBy(() -> Key.of("u", null)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Key(null, "b")).isInstanceOf(IllegalArgumentException.class);
    assertThat(Key.of("u")).isEqualTo(Key.of("u")).isNotEqualTo(Key.of("u", "u"));
    assertThat(Collections.singleton(Key.of("a", "b"))).contains(new Key("a", "b"));
  }
}
