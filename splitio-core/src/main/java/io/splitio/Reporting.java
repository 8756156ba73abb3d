package io.splitio;

import io.splitio.backend.Source;
import io.splitio.engine.Snapshot;
import io.splitio.record.Identity;
import io.splitio.record.Recorder;
import io.splitio.record.Recorder.Queueing;
import io.splitio.record.Recorder.Settings;
import io.splitio.record.Sinks;
import io.splitio.telemetry.ConfigReport;
import io.splitio.telemetry.Telemetry;
import io.splitio.telemetry.Telemetry.Counter;
import io.splitio.telemetry.UsageReport.Held;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What recording is told of one SDK instance: its settings, who it is, and what reports say of it.
 *
 * @param config the instance's settings
 * @param telemetry what it counts
 * @param source what it holds
 * @param flagSets how many of the flag sets in the settings are valid
 * @param made when it was made, as {@link System#nanoTime()}
 */
record Reporting(SplitConfig config, Telemetry telemetry, Source source, int flagSets, long made)
    implements Recorder.Facts {

  /** Settings of a recorder. */
  static Settings settings(SplitConfig config) {
    ReportingSettings reporting = config.reporting();
    return new Settings(
        reporting.impressionMode(),
        config.labelsEnabled(),
        reporting.observerSize(),
        new Queueing(
            reporting.impressionsQueueSize(),
            reporting.impressionsBulkSize(),
            reporting.impressionsPeriod()),
        new Queueing(
            reporting.eventsQueueSize(), reporting.eventsBulkSize(), reporting.eventsPushRate()),
        reporting.telemetryRefreshRate(),
        config.impressionListeners(),
        config.impressionListenerQueueSize(),
        identity(config.instanceName()),
        Sinks.USUAL_INTEREST);
  }

  private static Identity identity(@Nullable String instanceName) {
    return new Identity(
        SdkVersion.TEXT, instanceName == null ? new HostName() : () -> instanceName);
  }

  @Override
  public ConfigReport setup() {
    Settings settings = settings(config);
    FactoryCount.Factories factories = FactoryCount.now();
    return new ConfigReport(
        settings.mode(),
        queue(settings.impressions()),
        queue(settings.events()),
        settings.usagePeriod() == null ? Duration.ZERO : settings.usagePeriod(),
        !settings.listeners().isEmpty(),
        factories.active(),
        factories.redundant(),
        age(),
        telemetry.total(Counter.READY_TIMEOUTS),
        telemetry.total(Counter.NOT_READY_USES),
        config.flagSets().size(),
        config.flagSets().size() - flagSets);
  }

  private static ConfigReport.Queue queue(Queueing queueing) {
    return new ConfigReport.Queue(queueing.capacity(), queueing.period());
  }

  @Override
  public Held held() {
    Snapshot held = source.held();
    return new Held(held.flagCount(), held.segmentCount(), held.segmentKeyCount());
  }

  @Override
  public Duration age() {
    return Duration.ofNanos(System.nanoTime() - made);
  }
}
