package io.splitio.net;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After}: seconds, or a date. */
final class RetryAfter {
  private static final Duration MIN = Duration.ofSeconds(1);
  private static final Duration MAX = Duration.ofMinutes(10);
  private static final Pattern SECONDS = Pattern.compile("\\d+");

  private RetryAfter() {}

  static @Nullable Duration of(Response response) {
    return parse(response.header("Retry-After"), response.header("Date"), Clock.systemUTC());
  }

  /**
   * The wait, from 1 second to 10 minutes, or null for no or a meaningless header.
   *
   * @param date the header {@code Date} of the same answer, so that a clock that is off here does
   *     not matter
   */
  static @Nullable Duration parse(@Nullable String value, @Nullable String date, Clock clock) {
    if (value == null) {
      return null;
    }
    String text = value.strip();
    if (SECONDS.matcher(text).matches()) {
      return seconds(text);
    }
    Instant until = instant(text);
    if (until == null) {
      return null;
    }
    Instant sent = date == null ? null : instant(date);
    return clamp(Duration.between(sent == null ? clock.instant() : sent, until));
  }

  /**
   * The same header for OkHttp, which repeats a request at once after a wait of zero seconds, and
   * fails where they are too many for an int.
   */
  static String bearable(String value) {
    String text = value.strip();
    return SECONDS.matcher(text).matches() ? Long.toString(seconds(text).toSeconds()) : value;
  }

  private static Duration seconds(String digits) {
    return digits.length() > 9 ? MAX : clamp(Duration.ofSeconds(Long.parseLong(digits)));
  }

  private static @Nullable Instant instant(String text) {
    try {
      return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip()));
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static Duration clamp(Duration wait) {
    if (wait.compareTo(MIN) < 0) {
      return MIN;
    }
    return wait.compareTo(MAX) > 0 ? MAX : wait;
  }
}
