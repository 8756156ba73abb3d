package io.splitio;

import io.splitio.record.HeardImpressions;
import io.splitio.record.HeardImpressions.Hearing;
import io.splitio.record.Identity;
import io.splitio.record.ImpressionRecorder;
import io.splitio.telemetry.Telemetry;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Chooses who takes what happened. */
final class Reporting {
  private Reporting() {}

  static ImpressionRecorder impressions(
      SplitConfig config, Clock clock, Telemetry telemetry, Workers workers) {
    if (config.impressionListeners().isEmpty()) {
      return ImpressionRecorder.none();
    }
    Hearing hearing =
        new Hearing(
            config.impressionListeners(),
            config.impressionListenerQueueSize(),
            config.labelsEnabled(),
            identity(config.instanceName()));
    return new HeardImpressions(hearing, clock, telemetry, workers.forRole("listener"));
  }

  private static Identity identity(@Nullable String instanceName) {
    String version = SplitFactory.class.getPackage().getImplementationVersion();
    return new Identity(
        "splitio-jvm-" + (version == null ? HostName.UNKNOWN : version),
        instanceName == null ? new HostName() : () -> instanceName);
  }
}
