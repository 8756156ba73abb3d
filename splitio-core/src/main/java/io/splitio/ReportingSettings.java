package io.splitio;

import io.splitio.api.ImpressionMode;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is reported to the service, and how often. Made with the methods of {@link SplitConfig}.
 *
 * @param impressionMode how much is reported about treatments; default OPTIMIZED
 * @param impressionsRefreshRate how often impressions are sent, or null for the default: 5 min, in
 *     mode DEBUG 60 s; at least 1 s, in mode OPTIMIZED 60 s
 * @param impressionsQueueSize how many impressions may wait to be sent; 1 or more, default 10,000
 * @param impressionsBulkSize how many impressions are sent at once; 1 to 5,000, the default
 * @param observerSize how many impressions are remembered, to send each but once an hour; 500 to
 *     10,000,000, default 500,000; each takes 8 to 16 bytes
 * @param eventsPushRate how often events are sent; at least 1 s, default 10 s
 * @param eventsQueueSize how many events may wait to be sent; 1 or more, default 10,000
 * @param eventsBulkSize how many events are sent at once; 1 to 5,000, the default
 * @param telemetryRefreshRate how often the SDK reports how it is doing, or null for never; at
 *     least 60 s, default 1 h
 * @param ipAddresses whether the name and the address of this machine are sent along; default true
 */
public record ReportingSettings(
    ImpressionMode impressionMode,
    @Nullable Duration impressionsRefreshRate,
    int impressionsQueueSize,
    int impressionsBulkSize,
    int observerSize,
    Duration eventsPushRate,
    int eventsQueueSize,
    int eventsBulkSize,
    @Nullable Duration telemetryRefreshRate,
    boolean ipAddresses) {
  private static final int LARGEST_BULK = 5_000;
  private static final int MOST_OBSERVED = 10_000_000;
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  static final ReportingSettings DEFAULTS =
      new ReportingSettings(
          ImpressionMode.OPTIMIZED,
          null,
          10_000,
          LARGEST_BULK,
          500_000,
          Duration.ofSeconds(10),
          10_000,
          LARGEST_BULK,
          Duration.ofHours(1),
          true);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException when a value is out of range
   */
  public ReportingSettings {
    required("impressionMode", impressionMode);
    required("eventsPushRate", eventsPushRate);
    atLeast("impressionsRefreshRate", impressionsRefreshRate, SECOND);
    atLeast("eventsPushRate", eventsPushRate, SECOND);
    atLeast("telemetryRefreshRate", telemetryRefreshRate, MINUTE);
    between("impressionsQueueSize", impressionsQueueSize, 1, Integer.MAX_VALUE);
    between("impressionsBulkSize", impressionsBulkSize, 1, LARGEST_BULK);
    between("observerSize", observerSize, 500, MOST_OBSERVED);
    between("eventsQueueSize", eventsQueueSize, 1, Integer.MAX_VALUE);
    between("eventsBulkSize", eventsBulkSize, 1, LARGEST_BULK);
  }

  /**
   * How often impressions are sent in this mode.
   *
   * @throws IllegalArgumentException when that is too often for the mode
   */
  Duration impressionsPeriod() {
    if (impressionsRefreshRate == null) {
      return impressionMode == ImpressionMode.DEBUG ? MINUTE : Duration.ofMinutes(5);
    }
    if (impressionMode == ImpressionMode.OPTIMIZED
        && impressionsRefreshRate.compareTo(MINUTE) < 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "impressionsRefreshRate is %s; in mode %s it must be at least %s",
              impressionsRefreshRate,
              impressionMode,
              MINUTE));
    }
    return impressionsRefreshRate;
  }

  ReportingSettings with(Consumer<Draft> edit) {
    Draft draft = new Draft(this);
    edit.accept(draft);
    return draft.build();
  }

  private static void required(String name, @Nullable Object value) {
    if (value == null) {
      throw new IllegalArgumentException(name + " is null; leave it out for the default");
    }
  }

  private static void atLeast(String name, @Nullable Duration value, Duration least) {
    if (value != null && value.compareTo(least) < 0) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s is %s; it must be at least %s", name, value, least));
    }
  }

  private static void between(String name, int value, int least, int most) {
    if (value < least || value > most) {
      String accepted =
          most == Integer.MAX_VALUE ? "at least " + least : "from " + least + " to " + most;
      throw new IllegalArgumentException(name + " is " + value + "; it must be " + accepted);
    }
  }

  /** A copy to edit, so that a method that changes one setting names only that one. */
  static final class Draft {
    ImpressionMode impressionMode;
    @Nullable Duration impressionsRefreshRate;
    int impressionsQueueSize;
    int impressionsBulkSize;
    int observerSize;
    Duration eventsPushRate;
    int eventsQueueSize;
    int eventsBulkSize;
    @Nullable Duration telemetryRefreshRate;
    boolean ipAddresses;

    private Draft(ReportingSettings settings) {
      impressionMode = settings.impressionMode;
      impressionsRefreshRate = settings.impressionsRefreshRate;
      impressionsQueueSize = settings.impressionsQueueSize;
      impressionsBulkSize = settings.impressionsBulkSize;
      observerSize = settings.observerSize;
      eventsPushRate = settings.eventsPushRate;
      eventsQueueSize = settings.eventsQueueSize;
      eventsBulkSize = settings.eventsBulkSize;
      telemetryRefreshRate = settings.telemetryRefreshRate;
      ipAddresses = settings.ipAddresses;
    }

    private ReportingSettings build() {
      return new ReportingSettings(
          impressionMode,
          impressionsRefreshRate,
          impressionsQueueSize,
          impressionsBulkSize,
          observerSize,
          eventsPushRate,
          eventsQueueSize,
          eventsBulkSize,
          telemetryRefreshRate,
          ipAddresses);
    }
  }
}
