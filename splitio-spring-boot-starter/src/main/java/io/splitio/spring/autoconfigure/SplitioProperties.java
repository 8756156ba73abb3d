package io.splitio.spring.autoconfigure;

import io.splitio.api.DateUnit;
import io.splitio.api.ImpressionMode;
import io.splitio.spring.autoconfigure.CloudProperties.Endpoints;
import io.splitio.spring.autoconfigure.CloudProperties.Streaming;
import io.splitio.spring.autoconfigure.CloudProperties.Sync;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * The settings of the SDK in a Spring Boot application.
 *
 * @param enabled Whether the SDK's beans are created.
 * @param apiKey Server-side SDK key; "localhost" reads flags from a file or from properties.
 * @param mode Where flags come from. AUTO chooses LOCALHOST for the key "localhost", FEATBIT or
 *     REDIS when the address of one is set, else CLOUD.
 * @param labelsEnabled Whether impressions carry the label of the rule that decided.
 * @param ipAddressesEnabled Whether the name and the address of this machine are sent along.
 * @param startSuspended Whether flags are loaded while beans are made and nothing of the SDK runs
 *     then until the context starts, as a checkpoint of the process in between needs it.
 * @param flagSetsFilter The only flag sets to load; empty means all flags.
 * @param instanceName Name of this process in what is reported; the host name when not set.
 * @param dateUnit Unit of plain numbers in date rules.
 * @param ready Waiting for flags at start.
 * @param sync Definitions from the cloud.
 * @param streaming Changes that arrive as they are made.
 * @param http How the SDK talks HTTP.
 * @param endpoints Other addresses than those of the cloud.
 * @param impressions What is told of served treatments.
 * @param events What the application tells of.
 * @param telemetry What the SDK tells of itself.
 * @param shutdown The end of the SDK.
 * @param fallback Treatments that are served instead of control.
 * @param localhost Flags from this machine.
 * @param health What health and readiness say.
 */
@ConfigurationProperties(SplitioProperties.PREFIX)
public record SplitioProperties(
    @DefaultValue("true") boolean enabled,
    @Nullable String apiKey,
    @DefaultValue("auto") Mode mode,
    @DefaultValue("true") boolean labelsEnabled,
    @DefaultValue("true") boolean ipAddressesEnabled,
    @DefaultValue("false") boolean startSuspended,
    @DefaultValue Set<String> flagSetsFilter,
    @Nullable String instanceName,
    @DefaultValue("milliseconds") DateUnit dateUnit,
    @DefaultValue Ready ready,
    @NestedConfigurationProperty @DefaultValue Sync sync,
    @NestedConfigurationProperty @DefaultValue Streaming streaming,
    @NestedConfigurationProperty @DefaultValue HttpProperties http,
    @NestedConfigurationProperty @DefaultValue Endpoints endpoints,
    @DefaultValue Impressions impressions,
    @DefaultValue Events events,
    @DefaultValue Telemetry telemetry,
    @DefaultValue Shutdown shutdown,
    @DefaultValue Fallback fallback,
    @DefaultValue Localhost localhost,
    @DefaultValue Health health) {

  /** What every name starts with. */
  public static final String PREFIX = "splitio";

  private static final int LARGEST_BULK = 5_000;

  /** Where flags come from. */
  public enum Mode {
    /** What the other properties say. */
    AUTO,
    /** Split's cloud. */
    CLOUD,
    /** A file on this machine, or properties. */
    LOCALHOST,
    /** A Redis that the Split Synchronizer fills. */
    REDIS,
    /** A FeatBit server. */
    FEATBIT
  }

  /** What waits until flags are there. */
  public enum Block {
    /** The start of the application. */
    STARTUP,
    /** Nothing: the application starts at once. */
    BACKGROUND
  }

  /** What health says before the first load. */
  public enum NotReadyStatus {
    /** Keeps a new instance out of service until it has flags. */
    OUT_OF_SERVICE,
    /** Reports a failure. */
    DOWN,
    /** Says nothing. */
    UNKNOWN,
    /** Takes traffic without flags. */
    UP
  }

  /**
   * Waiting for flags at start.
   *
   * @param block What waits for flags: STARTUP, or BACKGROUND to start without them.
   * @param timeout How long the start waits at most; the application then starts without flags. 10s
   *     when not set, 15s with flags from FeatBit.
   * @param failFast Whether the start fails when flags are not there in time.
   */
  public record Ready(
      @DefaultValue("startup") Block block,
      @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration timeout,
      @DefaultValue("false") boolean failFast) {
    private static final Duration USUAL = Duration.ofSeconds(10);
    private static final Duration OF_FEATBIT = Duration.ofSeconds(15);

    /** Checks the values. */
    public Ready {
      if (timeout != null) {
        SplitioStartException.requirePositive("splitio.ready.timeout", timeout);
      }
    }

    /** How long the start waits where flags come from FeatBit, or from elsewhere. */
    Duration timeout(boolean featbit) {
      if (timeout != null) {
        return timeout;
      }
      return featbit ? OF_FEATBIT : USUAL; // each service's own SDKs wait so long
    }
  }

  /**
   * What is told of served treatments.
   *
   * @param mode How much is told: OPTIMIZED, DEBUG or NONE.
   * @param refreshRate How often impressions are sent; 5m when not set, 60s in mode DEBUG. At least
   *     60s, in mode DEBUG 1s.
   * @param queueSize How many impressions may wait to be sent; more are lost, and counted.
   * @param bulkSize How many impressions are sent at once; 1 to 5000.
   * @param observerSize How many impressions are remembered, to send each but once an hour; 500 to
   *     10000000.
   * @param listener The queue before ImpressionListener beans.
   */
  public record Impressions(
      @DefaultValue("optimized") ImpressionMode mode,
      @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration refreshRate,
      @DefaultValue("10000") int queueSize,
      @DefaultValue("5000") int bulkSize,
      @DefaultValue("500000") int observerSize,
      @DefaultValue Listener listener) {
    private static final String PREFIX = "splitio.impressions.";

    /** Checks the values. */
    public Impressions {
      if (refreshRate != null && mode != ImpressionMode.OPTIMIZED) {
        Limits.seconds(PREFIX + "refresh-rate", refreshRate, 1);
      } else if (refreshRate != null && refreshRate.compareTo(Duration.ofMinutes(1)) < 0) {
        throw SplitioStartException.invalid(
            PREFIX + "refresh-rate",
            refreshRate,
            "In mode " + mode + " it must be at least 60s. Shorter ones go with mode DEBUG.");
      }
      Limits.atLeast(PREFIX + "queue-size", queueSize, 1);
      Limits.between(PREFIX + "bulk-size", bulkSize, 1, LARGEST_BULK);
      Limits.between(PREFIX + "observer-size", observerSize, 500, 10_000_000);
    }
  }

  /**
   * What the application tells of.
   *
   * @param pushRate How often events are sent; at least 1s.
   * @param queueSize How many events may wait to be sent; beyond it "track" answers false.
   * @param bulkSize How many events are sent at once; 1 to 5000.
   */
  public record Events(
      @DefaultValue("10s") @DurationUnit(ChronoUnit.SECONDS) Duration pushRate,
      @DefaultValue("10000") int queueSize,
      @DefaultValue("5000") int bulkSize) {
    private static final String PREFIX = "splitio.events.";

    /** Checks the values. */
    public Events {
      Limits.seconds(PREFIX + "push-rate", pushRate, 1);
      Limits.atLeast(PREFIX + "queue-size", queueSize, 1);
      Limits.between(PREFIX + "bulk-size", bulkSize, 1, LARGEST_BULK);
    }
  }

  /**
   * What the SDK tells of itself.
   *
   * @param enabled Whether the SDK reports to the service how it is doing.
   * @param refreshRate How often it does; at least 60s.
   */
  public record Telemetry(
      @DefaultValue("true") boolean enabled,
      @DefaultValue("1h") @DurationUnit(ChronoUnit.SECONDS) Duration refreshRate) {
    /** Checks the value. */
    public Telemetry {
      Limits.seconds("splitio.telemetry.refresh-rate", refreshRate, 60);
    }
  }

  /**
   * The queue before ImpressionListener beans.
   *
   * @param queueSize How many impressions may wait for ImpressionListener beans; more are dropped.
   */
  public record Listener(@DefaultValue("10000") int queueSize) {
    /** Checks the value. */
    public Listener {
      Limits.atLeast("splitio.impressions.listener.queue-size", queueSize, 1);
    }
  }

  /**
   * The end of the SDK.
   *
   * @param timeout How long the end of the application may be delayed to deliver what is queued.
   */
  public record Shutdown(@DefaultValue("5s") @DurationUnit(ChronoUnit.SECONDS) Duration timeout) {
    /** Checks the value. */
    public Shutdown {
      SplitioStartException.requirePositive("splitio.shutdown.timeout", timeout);
    }
  }

  /**
   * Treatments that are served instead of control.
   *
   * @param treatment Treatment that every flag serves instead of control.
   * @param config Configuration that goes with it.
   * @param flags Treatments of single flags, by the name of the flag.
   */
  public record Fallback(
      @Nullable String treatment,
      @Nullable String config,
      @DefaultValue Map<String, Treatment> flags) {}

  /**
   * What one flag serves instead of control.
   *
   * @param treatment Treatment that the flag serves instead of control.
   * @param config Configuration that goes with it.
   */
  public record Treatment(@Nullable String treatment, @Nullable String config) {}

  /**
   * Flags from this machine.
   *
   * @param splitFile File with flags: .yaml, .yml, .json, or the .split format; a path, "file:" or
   *     "classpath:". The file .split in the user's home directory when not set.
   * @param segmentDirectory Directory with one JSON file for each segment; a path or "file:".
   * @param refreshEnabled Whether changed files are read again; true under DevTools, else false.
   * @param refreshInterval How often files are looked at.
   * @param flags Flags without a file, each with the treatment it serves to everybody.
   */
  public record Localhost(
      @Nullable String splitFile,
      @Nullable String segmentDirectory,
      @Nullable Boolean refreshEnabled,
      @DefaultValue("5s") @DurationUnit(ChronoUnit.SECONDS) Duration refreshInterval,
      @DefaultValue Map<String, String> flags) {

    private static final Duration SHORTEST = Duration.ofMillis(10);

    /** Checks the values. */
    public Localhost {
      if (refreshInterval.compareTo(SHORTEST) < 0) {
        throw SplitioStartException.invalid(
            "splitio.localhost.refresh-interval", refreshInterval, "It must be at least 10ms.");
      }
      if (splitFile != null && !flags.isEmpty()) {
        throw new SplitioStartException(
            "splitio.localhost.split-file and splitio.localhost.flags are both set.",
            "Remove one of them: flags come from a file or from properties.");
      }
    }
  }

  /**
   * What health and readiness say.
   *
   * @param readiness Whether the application takes traffic only when flags are there.
   * @param notReadyStatus Health before the first load of flags.
   * @param staleAfter Flags that could not be confirmed for so long are reported as stale.
   */
  public record Health(
      @DefaultValue("true") boolean readiness,
      @DefaultValue("out-of-service") NotReadyStatus notReadyStatus,
      @DefaultValue("10m") @DurationUnit(ChronoUnit.SECONDS) Duration staleAfter) {
    /** Checks the values. */
    public Health {
      SplitioStartException.requirePositive("splitio.health.stale-after", staleAfter);
    }
  }

  /** Names the mode only: a key, or a part of it, is never printed. */
  @Override
  public String toString() {
    return "SplitioProperties[mode="
        + mode
        + ", apiKey="
        + (apiKey == null ? "null" : "******")
        + "]";
  }
}
