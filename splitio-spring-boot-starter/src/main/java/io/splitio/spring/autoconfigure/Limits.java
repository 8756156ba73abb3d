package io.splitio.spring.autoconfigure;

import java.time.Duration;
import org.springframework.util.unit.DataSize;

/** What values of properties may be; for the starter's own records of properties. */
public final class Limits {
  private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(1);
  private static final Duration LONGEST_TIMEOUT = Duration.ofDays(1);

  private Limits() {}

  static void seconds(String property, Duration value, long least) {
    if (value.compareTo(Duration.ofSeconds(least)) < 0) {
      throw SplitioStartException.invalid(property, value, "It must be at least " + least + "s.");
    }
  }

  static void seconds(String property, Duration value, long least, long most) {
    if (value.compareTo(Duration.ofSeconds(least)) < 0
        || value.compareTo(Duration.ofSeconds(most)) > 0) {
      throw SplitioStartException.invalid(
          property, value, "It must be from " + least + "s to " + most + "s.");
    }
  }

  /** Refuses what is no time-out: from a millisecond to a day. */
  public static void timeout(String property, Duration value) {
    if (value.compareTo(SHORTEST_TIMEOUT) < 0 || value.compareTo(LONGEST_TIMEOUT) > 0) {
      throw SplitioStartException.invalid(
          property, value, "It must be from 1ms to 1d, for example 10s.");
    }
  }

  static void positive(String property, DataSize value) {
    if (value.toBytes() < 1) {
      throw SplitioStartException.invalid(
          property, value, "It must be at least 1B, for example 256MB.");
    }
  }

  /** Refuses what is less. */
  public static void atLeast(String property, int value, int least) {
    if (value < least) {
      throw SplitioStartException.invalid(property, value, "It must be at least " + least + ".");
    }
  }

  /** Refuses what is outside of these bounds. */
  public static void between(String property, int value, int least, int most) {
    if (value < least || value > most) {
      throw SplitioStartException.invalid(
          property, value, "It must be from " + least + " to " + most + ".");
    }
  }
}
