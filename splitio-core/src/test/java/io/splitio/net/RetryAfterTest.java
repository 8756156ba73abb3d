package io.splitio.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The header Retry-After. */
class RetryAfterTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "30, null, 30",
        "0, null, 1",
        "601, null, 600",
        "99999999999999999999, null, 600",
        "' 5 ', null, 5",
        "'Thu, 1 Jan 2026 00:02:00 GMT', null, 120",
        "'Thu, 1 Jan 2026 00:02:00 GMT', 'Thu, 1 Jan 2026 00:01:30 GMT', 30",
        "'Thu, 1 Jan 2026 00:02:00 GMT', nonsense, 120",
        "'Wed, 31 Dec 2025 00:00:00 GMT', null, 1",
        "'Thu, 1 Jan 2099 00:00:00 GMT', null, 600",
        "-5, null, null",
        "1.5, null, null",
        "soon, null, null",
        "'', null, null",
        "null, null, null"
      })
  void secondsAndDatesBecomeAWaitBetweenASecondAndTenMinutes(
      String value, String date, Long seconds) {
    assertThat(RetryAfter.parse(value, date, CLOCK))
        .isEqualTo(seconds == null ? null : Duration.ofSeconds(seconds));
  }

  @Property
  void noTextIsTooMuchForIt(@ForAll String value, @ForAll String date) {
    Duration wait = RetryAfter.parse(value, date, CLOCK);
    assertThat(wait == null || !wait.isNegative()).isTrue();
  }
}
