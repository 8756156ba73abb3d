package io.splitio.flag;

import io.splitio.api.DateUnit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * Tests of moments, cut down to the day or the minute in UTC (evaluation specification 4.4).
 *
 * <p>{@code java.time} values, {@link Date} and {@link Calendar} say when they are; a plain number
 * is in the unit the application set, because its size does not tell: birthdays before 1970 are
 * negative.
 *
 * <p>The ranges look like those of {@link NumberMatcher} and are not: these compare moments that
 * were cut down, of values that are no numbers too; those compare numbers exactly. A common form
 * would have to be told at each call which of both it is.
 */
public sealed interface DateMatcher extends Matcher {

  /** The unit of plain numbers. */
  DateUnit unit();

  /** Whether a moment, in milliseconds since 1970, matches. */
  boolean matches(long milliseconds);

  @Override
  default boolean matches(Object value) {
    long milliseconds = milliseconds(value, unit());
    return milliseconds != never() && matches(milliseconds);
  }

  /** The same day. */
  record SameDay(long day, DateUnit unit) implements DateMatcher {
    /** Cuts the moment to its day. */
    public SameDay {
      day = toDay(day);
    }

    @Override
    public boolean matches(long milliseconds) {
      return toDay(milliseconds) == day;
    }

    @Override
    public String describe() {
      return "is on the day of " + Instant.ofEpochMilli(day);
    }
  }

  /** A range with both its minutes; an open end is the end of time. */
  record Between(long first, long last, DateUnit unit) implements DateMatcher {
    /** Cuts the moments to their minutes. */
    public Between {
      first = toMinute(first);
      last = toMinute(last);
    }

    @Override
    public boolean matches(long milliseconds) {
      long minute = toMinute(milliseconds);
      return first <= minute && minute <= last;
    }

    @Override
    public String describe() {
      return "is between " + Instant.ofEpochMilli(first) + " and " + Instant.ofEpochMilli(last);
    }
  }

  /** A minute or later. */
  record AtLeast(long first, DateUnit unit) implements DateMatcher {
    /** Cuts the moment to its minute. */
    public AtLeast {
      first = toMinute(first);
    }

    @Override
    public boolean matches(long milliseconds) {
      return toMinute(milliseconds) >= first;
    }

    @Override
    public String describe() {
      return "is at or after " + Instant.ofEpochMilli(first);
    }
  }

  /** A minute or earlier. */
  record AtMost(long last, DateUnit unit) implements DateMatcher {
    /** Cuts the moment to its minute. */
    public AtMost {
      last = toMinute(last);
    }

    @Override
    public boolean matches(long milliseconds) {
      return toMinute(milliseconds) <= last;
    }

    @Override
    public String describe() {
      return "is in or before the minute of " + Instant.ofEpochMilli(last);
    }
  }

  /** No moment at all. */
  private static long never() {
    return Long.MIN_VALUE;
  }

  private static long toMinute(long milliseconds) {
    return floor(milliseconds, 60_000);
  }

  private static long toDay(long milliseconds) {
    return floor(milliseconds, 86_400_000);
  }

  private static long floor(long milliseconds, long size) {
    long whole = Math.floorDiv(milliseconds, size);
    return whole == Math.floorDiv(Long.MIN_VALUE, size) ? Long.MIN_VALUE : whole * size;
  }

  @SuppressWarnings("JavaUtilDate") // applications pass it; all that is asked of it is its moment
  private static long milliseconds(Object value, DateUnit unit) {
    try {
      if (value instanceof Number number) {
        return milliseconds(number, unit);
      }
      if (value instanceof Date date) {
        return date.getTime();
      }
      if (value instanceof Calendar calendar) {
        return calendar.getTimeInMillis();
      }
      Instant instant = instant(value);
      return instant == null ? never() : instant.toEpochMilli();
    } catch (ArithmeticException | DateTimeException e) {
      return never(); // beyond what milliseconds can say
    }
  }

  private static long milliseconds(Number number, DateUnit unit) {
    if (Decimals.isWhole(number)) {
      return Math.multiplyExact(number.longValue(), unit.milliseconds());
    }
    if (number instanceof Double || number instanceof Float) {
      double floor = Math.floor(number.doubleValue());
      return Math.abs(floor) < 0x1p63
          ? Math.multiplyExact((long) floor, unit.milliseconds())
          : never();
    }
    BigDecimal exact = Decimals.exact(number);
    return exact == null || isOutOfRange(exact)
        ? never()
        : Math.multiplyExact(floor(exact), unit.milliseconds());
  }

  private static boolean isOutOfRange(BigDecimal number) {
    return Decimals.compare(number, Long.MAX_VALUE) > 0
        || Decimals.compare(number, Long.MIN_VALUE) < 0;
  }

  /** Scales differ by billions, so that a fraction must not be brought to the scale of a whole. */
  private static long floor(BigDecimal number) {
    if (Decimals.compare(number, 1) < 0 && Decimals.compare(number, -1) > 0) {
      return number.signum() < 0 ? -1 : 0;
    }
    return number.setScale(0, RoundingMode.FLOOR).longValueExact();
  }

  private static @Nullable Instant instant(Object value) {
    if (value instanceof Instant instant) {
      return instant;
    }
    if (value instanceof OffsetDateTime time) {
      return time.toInstant();
    }
    if (value instanceof ZonedDateTime time) {
      return time.toInstant();
    }
    if (value instanceof LocalDateTime time) {
      return time.toInstant(ZoneOffset.UTC);
    }
    return value instanceof LocalDate date ? date.atStartOfDay(ZoneOffset.UTC).toInstant() : null;
  }
}
