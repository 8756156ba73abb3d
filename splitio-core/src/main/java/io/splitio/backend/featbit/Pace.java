package io.splitio.backend.featbit;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How often a connection is tried and looked after.
 *
 * @param first the longest pause before the first attempt to reconnect
 * @param longest the longest pause before any attempt, after troubles that pass
 * @param ping how often to ask whether the server is there
 * @param idle how long it may be silent
 */
record Pace(Duration first, Duration longest, Duration ping, Duration idle) {
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration MINUTE = Duration.ofSeconds(60);
  private static final Duration HOUR = Duration.ofHours(1);

  /** With pauses of up to a minute. */
  Pace(Duration first, Duration ping, Duration idle) {
    this(first, MINUTE, ping, idle);
  }

  /** The same with another first pause. */
  Pace first(Duration other) {
    return new Pace(within(MINUTE, "first retry delay", other), longest, ping, idle);
  }

  /** The same with another longest pause. */
  Pace longest(Duration other) {
    return new Pace(first, within(HOUR, "longest retry delay", other), ping, idle);
  }

  /** The same with another interval of pings, and three of them of silence. */
  Pace pinging(Duration interval) {
    Duration ping = within(HOUR, "ping interval", interval);
    return new Pace(first, longest, ping, ping.multipliedBy(3));
  }

  private static Duration within(Duration most, String what, Duration pause) {
    requireNonNull(pause, () -> "the " + what + " is null");
    if (pause.compareTo(SHORTEST) < 0 || pause.compareTo(most) > 0) {
      String longest = most.equals(HOUR) ? "1 h" : "60 s";
      throw new IllegalArgumentException(
          "the " + what + " is " + pause + "; it must be at least 1 ms and at most " + longest);
    }
    return pause;
  }

  static Pace usual() {
    return new Pace(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(30));
  }
}
