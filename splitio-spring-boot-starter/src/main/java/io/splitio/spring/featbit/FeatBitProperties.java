package io.splitio.spring.featbit;

import io.splitio.spring.autoconfigure.Limits;
import io.splitio.spring.autoconfigure.SplitioStartException;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * Flags from FeatBit.
 *
 * @param envSecret Server secret of the environment; splitio.api-key when not set. Not needed where
 *     a bean brings definitions, and another takes insights or disable-events is set.
 * @param streamingUrl Where definitions come from, without "/streaming"; for example
 *     wss://featbit.example.com.
 * @param eventUrl Where insights go, without "/api"; the server of the streaming address when not
 *     set.
 * @param offline Whether nothing is connected to; flags come from the bootstrap file, if any.
 * @param bootstrapFile File with what FeatBit answers at /api/public/sdk/server/latest-all, for
 *     offline; a path, "file:" or "classpath:".
 * @param firstRetryDelay How long to wait at most before a lost connection is tried again; twice as
 *     long before each further attempt. Up to 60s.
 * @param maxRetryDelay How long to wait at most before any attempt to connect again. Up to 1h; what
 *     only a person can mend is tried again every few minutes.
 * @param pingInterval How often the server is asked whether it is there; three times this in
 *     silence, and the connection is taken for dead. Up to 1h.
 * @param disableEvents Whether FeatBit is not told of evaluations and metrics.
 * @param events What FeatBit is told of.
 */
@ConfigurationProperties(FeatBitProperties.PREFIX)
public record FeatBitProperties(
    @Nullable String envSecret,
    @Nullable URI streamingUrl,
    @Nullable URI eventUrl,
    @DefaultValue("false") boolean offline,
    @Nullable String bootstrapFile,
    @DefaultValue("1s") @DurationUnit(ChronoUnit.SECONDS) Duration firstRetryDelay,
    @DefaultValue("60s") @DurationUnit(ChronoUnit.SECONDS) Duration maxRetryDelay,
    @DefaultValue("10s") @DurationUnit(ChronoUnit.SECONDS) Duration pingInterval,
    @DefaultValue("false") boolean disableEvents,
    @DefaultValue Events events) {

  private static final Duration SHORTEST = Duration.ofMillis(1);

  /** What every name starts with. */
  static final String PREFIX = "splitio.featbit";

  /** Checks the values. */
  public FeatBitProperties {
    within("first-retry-delay", firstRetryDelay, Duration.ofSeconds(60), "60s");
    within("max-retry-delay", maxRetryDelay, Duration.ofHours(1), "1h");
    within("ping-interval", pingInterval, Duration.ofHours(1), "1h");
    if (bootstrapFile != null && !bootstrapFile.isBlank() && !offline) {
      throw new SplitioStartException(
          PREFIX + ".bootstrap-file is set, but " + PREFIX + ".offline is not true.",
          "Set it to true to read flags from the file; or remove the file to connect to FeatBit.");
    }
  }

  private static void within(String name, Duration value, Duration longest, String inWords) {
    if (value.compareTo(SHORTEST) < 0 || value.compareTo(longest) > 0) {
      throw SplitioStartException.invalid(
          PREFIX + "." + name, value, "It must be at least 1ms and at most " + inWords + ".");
    }
  }

  /**
   * What FeatBit is told of.
   *
   * @param flushInterval How often events are sent; up to 3s.
   * @param maxQueue How many events may wait to be sent; more are lost, and counted.
   * @param retryInterval How soon what was not delivered is sent again; up to 1s. Plain numbers are
   *     milliseconds.
   * @param maxRetries How often that soon, before the pauses grow; 0 to 3.
   */
  public record Events(
      @DefaultValue("1s") @DurationUnit(ChronoUnit.SECONDS) Duration flushInterval,
      @DefaultValue("10000") int maxQueue,
      @DefaultValue("100ms") Duration retryInterval,
      @DefaultValue("1") int maxRetries) {
    private static final int MOST_RETRIES = 3;

    /** Checks the values. */
    public Events {
      within("events.flush-interval", flushInterval, Duration.ofSeconds(3), "3s");
      Limits.atLeast(PREFIX + ".events.max-queue", maxQueue, 1);
      within("events.retry-interval", retryInterval, Duration.ofSeconds(1), "1s");
      Limits.between(PREFIX + ".events.max-retries", maxRetries, 0, MOST_RETRIES);
    }
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "FeatBitProperties[" + (offline ? "offline, " + bootstrapFile : streamingUrl) + "]";
  }
}
