package io.splitio.spring.autoconfigure;

import io.splitio.SplitConfig;
import io.splitio.api.FallbackTreatments;
import io.splitio.spring.autoconfigure.SplitioProperties.Events;
import io.splitio.spring.autoconfigure.SplitioProperties.Fallback;
import io.splitio.spring.autoconfigure.SplitioProperties.Impressions;
import io.splitio.spring.autoconfigure.SplitioProperties.Treatment;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Applies {@code splitio.*} properties to a configuration. */
record PropertiesCustomizer(SplitioProperties properties, boolean featbit)
    implements SplitConfigCustomizer {

  @Override
  public SplitConfig customize(SplitConfig config) {
    SplitConfig changed =
        config
            .withoutShutdownHook() // the application context destroys the factory
            .withReadyTimeout(properties.ready().timeout(featbit))
            .withShutdownTimeout(properties.shutdown().timeout())
            .withStaleAfter(properties.health().staleAfter())
            .withFlagSets(NamesInProperties.flagSets(properties.flagSetsFilter()))
            .withDateUnit(properties.dateUnit())
            .withFallbackTreatments(fallbacks(properties.fallback()))
            .withImpressionListenerQueueSize(properties.impressions().listener().queueSize());
    if (!properties.labelsEnabled()) {
      changed = changed.withoutLabels();
    }
    if (properties.startSuspended()) {
      changed = changed.withStartSuspended();
    }
    String name = properties.instanceName();
    return reporting(name == null ? changed : changed.withInstanceName(name));
  }

  private SplitConfig reporting(SplitConfig config) {
    Impressions impressions = properties.impressions();
    Events events = properties.events();
    SplitConfig changed =
        config
            .withImpressionMode(impressions.mode())
            .withImpressionsQueueSize(impressions.queueSize())
            .withImpressionsBulkSize(impressions.bulkSize())
            .withObserverSize(impressions.observerSize())
            .withEventsPushRate(events.pushRate())
            .withEventsQueueSize(events.queueSize())
            .withEventsBulkSize(events.bulkSize())
            .withTelemetryRefreshRate(properties.telemetry().refreshRate());
    if (impressions.refreshRate() != null) {
      changed = changed.withImpressionsRefreshRate(impressions.refreshRate());
    }
    if (!properties.telemetry().enabled()) {
      changed = changed.withoutTelemetry();
    }
    return properties.ipAddressesEnabled() ? changed : changed.withoutIpAddresses();
  }

  private FallbackTreatments fallbacks(Fallback fallback) {
    FallbackTreatments treatments = global(fallback.treatment(), fallback.config());
    for (Map.Entry<String, Treatment> entry : fallback.flags().entrySet()) {
      treatments = with(treatments, entry.getKey(), entry.getValue());
    }
    return treatments;
  }

  private FallbackTreatments global(@Nullable String treatment, @Nullable String config) {
    if (treatment != null) {
      return FallbackTreatments.of(
          NamesInProperties.fallback("splitio.fallback.treatment", treatment, featbit), config);
    }
    if (config != null) {
      throw missing("splitio.fallback");
    }
    return FallbackTreatments.none();
  }

  private FallbackTreatments with(FallbackTreatments treatments, String flag, Treatment fallback) {
    String prefix = "splitio.fallback.flags." + flag;
    if (fallback.treatment() == null) {
      throw missing(prefix);
    }
    String treatment =
        NamesInProperties.fallback(prefix + ".treatment", fallback.treatment(), featbit);
    return treatments.with(flag, treatment, fallback.config());
  }

  private static SplitioStartException missing(String prefix) {
    return new SplitioStartException(
        prefix + ".config is set, but " + prefix + ".treatment is not.",
        "Set " + prefix + ".treatment to the treatment that is served instead of control.");
  }
}
