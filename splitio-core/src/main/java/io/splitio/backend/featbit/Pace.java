package io.splitio.backend.featbit;

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
  private static final Duration MINUTE = Duration.ofSeconds(60);

  /** With pauses of up to a minute. */
  Pace(Duration first, Duration ping, Duration idle) {
    this(first, MINUTE, ping, idle);
  }

  /** The same with another first pause. */
  Pace first(Duration other) {
    return new Pace(other, longest, ping, idle);
  }

  /** The same with another longest pause. */
  Pace longest(Duration other) {
    return new Pace(first, other, ping, idle);
  }

  /** The same with another interval of pings, and three of them of silence. */
  Pace pinging(Duration interval) {
    return new Pace(first, longest, interval, interval.multipliedBy(3));
  }

  static Pace usual() {
    return new Pace(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(30));
  }
}
