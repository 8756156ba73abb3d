package io.splitio.featbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.api.FallbackTreatments;
import io.splitio.backend.featbit.FeatBitConnector;
import io.splitio.backend.localhost.LocalhostConnector;
import io.splitio.testing.LogCapture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypedVariationTest {
  private static final FeatBitUser USER = FeatBitUser.of("user-1", "Ana");

  @TempDir private Path folder;
  private @Nullable SplitFactory factory;

  @BeforeEach
  void start() throws Exception {
    Path file = folder.resolve("flags.json");
    Files.writeString(
        file,
        """
        {"messageType":"data-sync","data":{"eventType":"full","segments":[],"featureFlags":[%s,%s,%s,%s,%s,%s,%s,%s,%s,%s]}}
        """
            .formatted(
                flag("bool", "boolean", "True"),
                flag("bool-odd", "boolean", "on"),
                flag("text", "string", "Yes"),
                flag("text-number", "string", "-7.9"),
                flag("number", "number", "25.75"),
                flag("number-large", "number", "1e30"),
                flag("number-huge", "number", "1e400"),
                flag("number-odd", "number", "many"),
                flag("json", "json", "{\\\"a\\\":1}"),
                flag("broken", "string", "x").replace("\"rollout\":[0,1]", "\"rollout\":[0,0]")));
    factory =
        SplitFactory.create(
            FeatBitConnector.offline(file),
            SplitConfig.defaults()
                .withFallbackTreatments(
                    FallbackTreatments.none()
                        .with("gone", "true")
                        .with("greeting", "Welcome back")
                        .with("below", "-5")
                        .with("doc.v1", "{\"x\":1}")));
    factory.blockUntilReady(Duration.ofSeconds(20));
  }

  @AfterEach
  void end() {
    if (factory != null) {
      factory.destroy();
    }
  }

  private static String flag(String key, String type, String value) {
    return """
    {"key":"%s","name":"Flag %s","variationType":"%s","variations":[{"id":"v","value":"%s"}],"isEnabled":true,
     "disabledVariationId":"v","updatedAt":"2025-03-01T10:00:00Z",
     "fallthrough":{"variations":[{"id":"v","rollout":[0,1],"exptRollout":1}]}}"""
        .formatted(key, key, type, value);
  }

  private FeatBitClient client() {
    return FeatBitClient.of(Objects.requireNonNull(factory));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bool         | true     | wrong type | wrong type
          bool-odd     | default  | wrong type | wrong type
          text         | true     | wrong type | wrong type
          text-number  | default  | -7         | -7.9
          number       | default  | 25         | 25.75
          number-large | default  | 2147483647 | 1.0E30
          number-huge  | default  | 2147483647 | wrong type
          number-odd   | default  | wrong type | wrong type
          json         | default  | wrong type | wrong type
          """)
  void aValueIsConvertedToTheTypeThatIsAskedForOrTheDefaultIsServed(
      String key, String bool, String integer, String fraction) {
    assertThat(
            shown(client().boolVariationDetail(key, USER, null)).replace("wrong type", "default"))
        .isEqualTo(bool);
    assertThat(shown(client().intVariationDetail(key, USER, 1))).isEqualTo(integer);
    assertThat(shown(client().doubleVariationDetail(key, USER, 1.0))).isEqualTo(fraction);
  }

  private static String shown(EvalDetail<?> detail) {
    return detail.isDefaultVariation() ? detail.reason() : String.valueOf(detail.variation());
  }

  @Test
  void anyFlagHasItsValueAsText() {
    assertThat(client().variation("bool-odd", USER, "d")).isEqualTo("on");
    assertThat(client().variation("json", USER, "d")).isEqualTo("{\"a\":1}");
  }

  @Test
  void aDetailTellsTheReasonAndTheFlag() {
    assertThat(client().variationDetail("text", USER, "d"))
        .isEqualTo(new EvalDetail<>("Yes", "fall through all rules", "text", "Flag text", false));
    assertThat(client().intVariationDetail("text", USER, 3))
        .isEqualTo(new EvalDetail<>(3, "wrong type", "text", "Flag text", true));
  }

  @Test
  void anUnknownFlagServesTheDefault() {
    assertThat(client().variationDetail("none", USER, "d"))
        .isEqualTo(new EvalDetail<>("d", "flag not found", "none", "flag name unknown", true));
    assertThat(client().variationDetail(null, USER, null).keyName()).isEqualTo("flag key unknown");
    assertThat(client().isFlagKnown("none")).isFalse();
    assertThat(client().isFlagKnown("text")).isTrue();
  }

  @Test
  void nobodyIsServedTheDefault() {
    assertThat(client().variationDetail("text", null, "d").reason())
        .isEqualTo("user not specified");
    assertThat(client().variationDetail("none", null, "d").reason()).isEqualTo("flag not found");
  }

  @Test
  void aConfiguredDefaultWinsOverTheCallers() {
    assertThat(client().boolVariation("gone", USER, false)).isTrue();
    assertThat(client().intVariation("gone", USER, 4)).isEqualTo(4);
  }

  @Test
  void jsonIsReadByTheCallersReader() {
    assertThat(client().jsonVariation("json", USER, String::length, 0)).isEqualTo(7);
    assertThat(client().jsonVariationDetail("json", USER, Integer::valueOf, 9))
        .isEqualTo(new EvalDetail<>(9, "wrong type", "json", "Flag json", true));
    assertThat(client().jsonVariation("text", USER, String::length, 0)).isZero();
  }

  @Test
  void aReaderThatThrowsWhatItMayNotMeansTheDefault() {
    assertThat(client().jsonVariation("json", USER, text -> sneaky(new IOException(text)), "d"))
        .isEqualTo("d");
    assertThat(client().jsonVariation("json", USER, text -> sneaky(new AssertionError()), "d"))
        .isEqualTo("d");
  }

  @SuppressWarnings("unchecked") // it is none
  private static <E extends Throwable> String sneaky(Throwable thrown) throws E {
    throw (E) thrown;
  }

  @Test
  void allFlagsAreEvaluatedAtOnce() {
    AllFlagStates states = client().getAllLatestFlagVariations(USER);
    assertThat(states.success()).isTrue();
    assertThat(states.keys()).hasSize(9);
    assertThat(states.getIntDetail("number", 1).variation()).isEqualTo(25);
    assertThat(states.get("none", "d").reason()).isEqualTo("flag not found");
    assertThat(client().getAllLatestFlagVariations(null).reason()).isEqualTo("user not specified");
  }

  @Test
  void aFlagThatCannotBeEvaluatedIsLeftOutAndHarmsNoOther() {
    assertThat(client().variationDetail("broken", USER, "d").reason())
        .isEqualTo("error in evaluation");
    AllFlagStates states = client().getAllLatestFlagVariations(USER);
    assertThat(states.success()).isTrue();
    assertThat(states.keys()).doesNotContain("broken").contains("json");
  }

  @Test
  void itIsToldOnceHoweverManyClientsThereAre() {
    try (LogCapture log = LogCapture.warnings()) {
      for (int i = 0; i < 3; i++) {
        EvalDetail<String> unused = client().variationDetail("broken", USER, "d");
      }
      assertThat(log.lines()).filteredOn(line -> line.contains("broken")).hasSize(1);
    }
  }

  @Test
  void splitsClientAnswersWithTheValueAndTheConfiguration() {
    SplitFactory made = Objects.requireNonNull(factory);
    assertThat(made.client().getTreatment("user-1", "number", Map.of())).isEqualTo("25.75");
    assertThat(made.client().getTreatmentWithConfig("user-1", "json", Map.of()).config())
        .isEqualTo("{\"a\":1}");
  }

  @Test
  void nothingIsKnownAfterTheEnd() {
    FeatBitClient client = client();
    Objects.requireNonNull(factory).destroy();
    assertThat(client.variationDetail("text", USER, "d").reason()).isEqualTo("client not ready");
    assertThat(client.getAllLatestFlagVariations(USER).success()).isFalse();
  }

  @Test
  void aFactoryOfAnotherBackendHasNoSuchClient() {
    try (SplitFactory other =
        SplitFactory.create(LocalhostConnector.treatments(Map.of()), SplitConfig.defaults())) {
      assertThatThrownBy(() -> FeatBitClient.of(other))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("in-memory");
    }
  }

  @Test
  void anyTextCanBeTheDefaultOfAFlag() {
    assertThat(client().variation("greeting", USER, "d")).isEqualTo("Welcome back");
    assertThat(client().intVariation("below", USER, 7)).isEqualTo(-5);
    assertThat(client().variation("doc.v1", USER, "d")).isEqualTo("{\"x\":1}");
  }

  @Test
  void theFallbackOfAllFlagsIsNotServedInPlaceOfTheCallersDefault() {
    try (SplitFactory other =
        SplitFactory.create(
            FeatBitConnector.offline(),
            SplitConfig.defaults().withFallbackTreatments(FallbackTreatments.of("off")))) {
      assertThat(other.client().getTreatment("user-1", "unknown")).isEqualTo("off");
      FeatBitClient featbit = FeatBitClient.of(other);
      assertThat(featbit.boolVariation("unknown", USER, true)).isTrue();
      assertThat(featbit.boolVariation("unknown", null, true)).isTrue();
      assertThat(featbit.getAllLatestFlagVariations(USER).get("unknown", "d").variation())
          .isEqualTo("d");
    }
  }

  @Test
  void aReaderThatRunsOutOfStackMeansTheWrongType() {
    Function<String, String> deep =
        text -> {
          throw new StackOverflowError();
        };
    assertThat(client().jsonVariationDetail("json", USER, deep, "d").reason())
        .isEqualTo("wrong type");
    assertThat(client().jsonVariation("json", USER, deep, "d")).isEqualTo("d");
  }

  @Test
  void noKeyIsNoFlagAmongAllStatesEither() {
    EvalDetail<String> detail = client().getAllLatestFlagVariations(USER).get(null, "d");
    assertThat(detail.variation()).isEqualTo("d");
    assertThat(detail.reason()).isEqualTo("flag not found");
    assertThat(detail.keyName()).isEqualTo("flag key unknown");
  }

  @Test
  void aUserKeepsWhatAnAttributeWasAsTheTextThatRulesSee() {
    AtomicInteger visits = new AtomicInteger(3);
    FeatBitUser user = USER.with("visits", visits).with("income", 1e10);
    visits.set(4);
    assertThat(user.getProperty("visits")).isEqualTo("3");
    assertThat(user.getProperty("income")).isEqualTo("10000000000");
  }
}
