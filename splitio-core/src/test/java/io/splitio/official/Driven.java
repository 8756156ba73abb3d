package io.splitio.official;

import io.split.client.SplitClientConfig;
import io.split.client.SplitFactoryBuilder;
import io.split.client.impressions.ImpressionsManager;
import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.api.ImpressionMode;
import io.splitio.backend.split.SplitConnector;
import io.splitio.fake.SplitCloud;
import io.splitio.net.HttpSettings;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/** An SDK that a scenario drives: this one or the official one, set up alike. */
interface Driven {
  String KEY = "server-side-key-wxyz";

  String treatment(String key, String flag);

  void track(String key, double value, Map<String, Object> properties);

  void end();

  /** How both are set up; they are ready when they have been made. */
  record Setup(
      ImpressionMode mode,
      boolean streaming,
      boolean labels,
      boolean addresses,
      List<String> sets) {
    static final Setup DEFAULT = new Setup(ImpressionMode.DEBUG, false, true, true, List.of());

    Setup in(ImpressionMode other) {
      return new Setup(other, streaming, labels, addresses, sets);
    }

    Setup withStreaming() {
      return new Setup(mode, true, labels, addresses, sets);
    }

    Setup withoutLabels() {
      return new Setup(mode, streaming, false, addresses, sets);
    }

    Setup withoutAddresses() {
      return new Setup(mode, streaming, labels, false, sets);
    }

    Setup forSets(String... names) {
      return new Setup(mode, streaming, labels, addresses, List.of(names));
    }

    Driven own(SplitCloud cloud) {
      return new Own(this, cloud);
    }

    Driven official(SplitCloud cloud) {
      return new Official(this, cloud);
    }
  }

  /** This SDK. */
  final class Own implements Driven {
    private final SplitFactory factory;

    private Own(Setup setup, SplitCloud cloud) {
      SplitConnector connector =
          SplitConnector.sdkKey(KEY)
              .endpoint(URI.create(cloud.url()))
              .http(HttpSettings::withoutEnvironmentProxy)
              .flagsRefreshRate(Duration.ofSeconds(5))
              .segmentsRefreshRate(Duration.ofSeconds(30));
      SplitConfig config =
          SplitConfig.defaults()
              .withoutShutdownHook()
              .withImpressionMode(setup.mode)
              .withFlagSets(new LinkedHashSet<>(setup.sets));
      if (!setup.labels) {
        config = config.withoutLabels();
      }
      if (!setup.addresses) {
        config = config.withoutIpAddresses();
      }
      factory =
          SplitFactory.create(setup.streaming ? connector : connector.withoutStreaming(), config);
      factory.ready().orTimeout(20, java.util.concurrent.TimeUnit.SECONDS).join();
    }

    @Override
    public String treatment(String key, String flag) {
      return factory.client().getTreatment(key, flag);
    }

    @Override
    public void track(String key, double value, Map<String, Object> properties) {
      factory.client().track(key, "user", "purchase", value, properties);
    }

    @Override
    public void end() {
      factory.destroy();
    }
  }

  /** The official Java SDK. */
  final class Official implements Driven {
    private final io.split.client.SplitFactory factory;

    private Official(Setup setup, SplitCloud cloud) {
      SplitClientConfig.Builder config =
          SplitClientConfig.builder()
              .endpoint(cloud.url(), cloud.url())
              .authServiceURL(cloud.url("/api/v2/auth"))
              .streamingServiceURL(cloud.url("/sse"))
              .telemetryURL(cloud.url("/api/v1"))
              .featuresRefreshRate(5)
              .segmentsRefreshRate(30)
              .streamingEnabled(setup.streaming)
              .impressionsMode(ImpressionsManager.Mode.valueOf(setup.mode.name()))
              .setBlockUntilReadyTimeout(20_000)
              .disableDestroyOnShutDown();
      if (!setup.labels) {
        config.disableLabels();
      }
      if (!setup.addresses) {
        config.disableIPAddress();
      }
      if (!setup.sets.isEmpty()) {
        config.flagSetsFilter(setup.sets);
      }
      try {
        factory = SplitFactoryBuilder.build(KEY, config.build());
        factory.client().blockUntilReady();
      } catch (IOException | URISyntaxException | TimeoutException | InterruptedException e) {
        throw new IllegalStateException("the official SDK did not become ready", e);
      }
    }

    @Override
    public String treatment(String key, String flag) {
      return factory.client().getTreatment(key, flag);
    }

    @Override
    public void track(String key, double value, Map<String, Object> properties) {
      factory.client().track(key, "user", "purchase", value, properties);
    }

    @Override
    public void end() {
      factory.destroy();
    }
  }
}
