package io.splitio;

import static io.splitio.testing.JsonText.changes;
import static io.splitio.testing.JsonText.flag;
import static io.splitio.testing.JsonText.matcher;
import static io.splitio.testing.JsonText.object;
import static io.splitio.testing.JsonText.rollout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.splitio.api.DateUnit;
import io.splitio.testing.Definitions;
import io.splitio.testing.LogCapture;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

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

  @Test
  void aSecondInstanceIsWarnedOf() {
    try (LogCapture log = LogCapture.warnings();
        SplitFactory first = SplitFactory.create(Definitions.of(DAY), config);
        SplitFactory second = SplitFactory.create(Definitions.of(DAY), config)) {
      assertThat(first.client()).isNotSameAs(second.client());
      assertThat(log.lines()).filteredOn(line -> line.contains("for this SDK key")).isNotEmpty();
    }
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
