package io.splitio.spring.autoconfigure;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.convert.DurationStyle;

/** The application cannot start with these settings, or with this state of the flags. */
public final class SplitioStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final Duration LONGEST_IN_UNITS = Duration.ofDays(100_000);

  private final String action;

  /** Says what is wrong, and what to do about it. */
  public SplitioStartException(String description, String action) {
    super(description);
    this.action = action;
  }

  /** Says what a property is, and what it may be. */
  public static SplitioStartException invalid(String property, Object value, String accepted) {
    String text = value instanceof Duration time ? text(time) : value + "";
    return new SplitioStartException(property + " is " + text + ".", accepted);
  }

  private static String text(Duration time) {
    if (time.compareTo(LONGEST_IN_UNITS) > 0 || time.compareTo(LONGEST_IN_UNITS.negated()) < 0) {
      return time.toString();
    }
    boolean whole = time.equals(time.truncatedTo(ChronoUnit.MILLIS));
    return DurationStyle.SIMPLE.print(time, whole ? ChronoUnit.MILLIS : ChronoUnit.NANOS);
  }

  static void requirePositive(String property, Duration duration) {
    if (duration.isZero() || duration.isNegative()) {
      throw invalid(property, duration, "It must be longer than zero, for example 10s.");
    }
  }

  /** What to do about it. */
  public String action() {
    return action;
  }
}
