package io.splitio;

import static io.splitio.testing.JsonText.changes;
import static io.splitio.testing.JsonText.flag;
import static io.splitio.testing.JsonText.matcher;
import static io.splitio.testing.JsonText.object;
import static io.splitio.testing.JsonText.rollout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.splitio.api.DateUnit;
import io.splitio.api.FallbackTreatments;
import io.splitio.api.SplitResult;
import io.splitio.testing.Definitions;
import io.splitio.testing.LogCapture;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an application chooses when it makes an instance. */
class SettingsTest {
  private static final String DAY =
      changes(
          flag(
              "day",
              rollout(
                  "on",
                  matcher(
                      "EQUAL_TO",
                      "when",
                      false,
                      "unaryNumericMatcherData",
                      object("dataType", "DATETIME", "value", 1_700_000_045_123L)))));

  private final SplitConfig config = SplitConfig.defaults().withoutShutdownHook();

  @Test
  void plainNumbersMayBeSeconds() {
    try (SplitFactory factory =
        SplitFactory.create(Definitions.of(DAY), config.withDateUnit(DateUnit.SECONDS))) {
      for (Object day : new Object[] {1_700_000_045, 1_700_000_045L, 1_700_000_045.9}) {
        assertThat(factory.client().getTreatment("u", "day", Map.of("when", day))).isEqualTo("on");
      }
      Instant instant = Instant.ofEpochSecond(1_700_000_045);
      assertThat(factory.client().getTreatment("u", "day", Map.of("when", instant)))
          .isEqualTo("on");
      for (Object other : new Object[] {1_700_000_045_123L, Long.MAX_VALUE, 1e300}) {
        assertThat(factory.client().getTreatment("u", "day", Map.of("when", other)))
            .isEqualTo("off");
      }
    }
  }

  @Test
  @SuppressWarnings("NullAway") // null is the point
  void aKeyThatIsNoneStopsTheStart() {
    assertThatThrownBy(() -> SplitFactory.create((String) null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("null");
    assertThatThrownBy(() -> SplitFactory.create(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("empty");
  }

  @Test
  void durationsMustBePositive() {
    assertThatThrownBy(() -> config.withReadyTimeout(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("readyTimeout");
  }

  @ParameterizedTest
  @MethodSource("nulls")
  void aSettingThatIsNullIsNamedWhenItIsMade(String setting, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(setting + " is null; ");
  }

  @SuppressWarnings("NullAway") // null is the point
  static List<Arguments> nulls() {
    SplitConfig config = SplitConfig.defaults();
    FallbackTreatments fallback = FallbackTreatments.none();
    return List.of(
        setting("readyTimeout", () -> config.withReadyTimeout(null)),
        setting("shutdownTimeout", () -> config.withShutdownTimeout(null)),
        setting("staleAfter", () -> config.withStaleAfter(null)),
        setting("dateUnit", () -> config.withDateUnit(null)),
        setting("fallbackTreatments", () -> config.withFallbackTreatments(null)),
        setting("one of the impressionListeners", () -> config.withImpressionListener(null)),
        setting("one of the flagChangeListeners", () -> config.withFlagChangeListener(null)),
        setting("one of the lossListeners", () -> config.withLossListener(null)),
        setting("byFlag", () -> new FallbackTreatments(null, null)),
        setting("the fallback of flag 'f'", () -> fallbackOf("f", null)),
        setting("a flag with a fallback treatment", () -> fallback.with(null, "on")));
  }

  private static FallbackTreatments fallbackOf(String flag, @Nullable SplitResult result) {
    return new FallbackTreatments(null, Collections.singletonMap(flag, result));
  }

  private static Arguments setting(String name, ThrowingCallable call) {
    return Arguments.of(name, call);
  }

  @Test
  @SuppressWarnings("NullAway") // null is the point
  void noFlagSetsMeanNoFilter() {
    assertThat(config.withFlagSets(Set.of("a")).withFlagSets(null).flagSets()).isEmpty();
  }

  @Test
  @SuppressWarnings("NullAway") // null is the point
  void aFlagSetThatIsNullIsLeftOutWithAWarning() {
    Set<String> sets = new HashSet<>(Arrays.asList("web", null));
    try (LogCapture log = LogCapture.warnings();
        SplitFactory factory =
            SplitFactory.create(Definitions.of(DAY), config.withFlagSets(sets))) {
      assertThat(factory.isDestroyed()).isFalse();
      assertThat(log.lines()).anyMatch(line -> line.contains("flag set null is left out"));
    }
  }

  @Test
  void flagSetsOfWhichNoneIsValidAreToldToMeanAllFlags() {
    String news = "none of the flag sets is valid: no filter is left, all flags are loaded";
    for (Set<String> sets : List.of(Set.of("not valid"), Set.of("not valid", "web"))) {
      try (LogCapture log = LogCapture.warnings();
          SplitFactory factory =
              SplitFactory.create(Definitions.of(DAY), config.withFlagSets(sets))) {
        assertThat(factory.isDestroyed()).isFalse();
        assertThat(log.lines().stream().anyMatch(line -> line.contains(news)))
            .isEqualTo(sets.size() == 1);
      }
    }
  }

  @Test
  void theNameOfTheProcessMayBeLeftToTheHost() {
    assertThat(config.withInstanceName("a").withInstanceName(null).instanceName()).isNull();
  }

  @Test
  void anInstanceIsReadyAndEndsOnce() throws Exception {
    SplitFactory factory = SplitFactory.create(Definitions.of(DAY), config);
    factory.blockUntilReady(Duration.ofSeconds(5));
    factory.client().blockUntilReady();
    factory.manager().blockUntilReady();

    factory.close();
    factory.destroy();

    assertThat(factory.isDestroyed()).isTrue();
    assertThat(factory.destroyAsync()).succeedsWithin(Duration.ofSeconds(5));
  }
}
