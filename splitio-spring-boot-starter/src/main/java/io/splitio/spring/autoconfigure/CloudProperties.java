package io.splitio.spring.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/** The properties of Split's cloud: how definitions are kept current, and where from. */
public final class CloudProperties {
  private CloudProperties() {}

  /**
   * Definitions from the cloud.
   *
   * @param featuresRefreshRate How often flags are asked for while they do not arrive by streaming;
   *     at least 5s.
   * @param segmentsRefreshRate How often segments are asked for while they do not arrive by
   *     streaming; at least 30s.
   * @param segmentsConcurrency How many segments are asked for at a time; 1 to 100.
   * @param snapshotFile File that keeps the last definitions for a start at which the cloud cannot
   *     be reached; a path or "file:". Each process should have one of its own.
   */
  public record Sync(
      @DefaultValue("30s") @DurationUnit(ChronoUnit.SECONDS) Duration featuresRefreshRate,
      @DefaultValue("30s") @DurationUnit(ChronoUnit.SECONDS) Duration segmentsRefreshRate,
      @DefaultValue("10") int segmentsConcurrency,
      @Nullable String snapshotFile) {
    private static final String PREFIX = "splitio.sync.";

    /** Checks the values. */
    public Sync {
      Limits.seconds(PREFIX + "features-refresh-rate", featuresRefreshRate, 5);
      Limits.seconds(PREFIX + "segments-refresh-rate", segmentsRefreshRate, 30);
      Limits.between(PREFIX + "segments-concurrency", segmentsConcurrency, 1, 100);
    }
  }

  /**
   * Changes that arrive as they are made.
   *
   * @param enabled Whether changes arrive by streaming; they are polled for where they do not.
   * @param reconnectBackoffBase How long to wait at most before the first attempt to connect to the
   *     stream again; twice as long before each further one. 1s to 60s.
   * @param authBackoffBase The same before another attempt to get a token for the stream.
   * @param openTimeout How long the stream may take to answer. Plain numbers are milliseconds.
   * @param idleTimeout Silence of the stream after which it is taken for dead; the service breaks
   *     it every 50s or so. Plain numbers are milliseconds.
   */
  public record Streaming(
      @DefaultValue("true") boolean enabled,
      @DefaultValue("1s") @DurationUnit(ChronoUnit.SECONDS) Duration reconnectBackoffBase,
      @DefaultValue("1s") @DurationUnit(ChronoUnit.SECONDS) Duration authBackoffBase,
      @DefaultValue("15s") Duration openTimeout,
      @DefaultValue("70s") Duration idleTimeout) {
    private static final String PREFIX = "splitio.streaming.";

    /** Checks the values. */
    public Streaming {
      Limits.seconds(PREFIX + "reconnect-backoff-base", reconnectBackoffBase, 1, 60);
      Limits.seconds(PREFIX + "auth-backoff-base", authBackoffBase, 1, 60);
      Limits.timeout(PREFIX + "open-timeout", openTimeout);
      Limits.timeout(PREFIX + "idle-timeout", idleTimeout);
    }
  }

  /**
   * Other addresses than those of the cloud.
   *
   * @param all One address for all five services, as a Split Proxy has it; the others go before it.
   * @param sdk Where definitions come from, without "/api"; https://sdk.split.io when not set.
   * @param events Where impressions and events go, without "/api"; https://events.split.io when not
   *     set.
   * @param auth Where tokens for the stream come from; https://auth.split.io/api/v2/auth when not
   *     set.
   * @param streaming Where the stream is; https://streaming.split.io/sse when not set.
   * @param telemetry Where telemetry and unique keys go; https://telemetry.split.io/api/v1 when not
   *     set.
   */
  public record Endpoints(
      @Nullable URI all,
      @Nullable URI sdk,
      @Nullable URI events,
      @Nullable URI auth,
      @Nullable URI streaming,
      @Nullable URI telemetry) {}
}
