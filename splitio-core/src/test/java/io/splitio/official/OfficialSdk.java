package io.splitio.official;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.split.client.SplitClient;
import io.split.client.SplitClientConfig;
import io.split.client.SplitFactory;
import io.split.client.SplitFactoryBuilder;
import io.split.client.api.Key;
import io.split.client.api.SplitResult;
import io.split.client.dtos.FallbackTreatmentsConfiguration;
import io.split.client.impressions.Impression;
import io.split.client.impressions.ImpressionListener;
import io.split.client.impressions.ImpressionsManager;
import io.split.integrations.IntegrationsConfig;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The official Java SDK in its full mode, with definitions from this machine. */
final class OfficialSdk implements AutoCloseable {
  private final FakeService service;
  private final SplitFactory factory;
  private final Heard heard = new Heard();

  /** Makes an instance that has loaded the definitions. */
  OfficialSdk(
      String definitions,
      Map<String, ? extends Collection<String>> segments,
      @Nullable FallbackTreatmentsConfiguration fallbacks) {
    ((Logger) LoggerFactory.getLogger("io.split")).setLevel(Level.OFF);
    ((Logger) LoggerFactory.getLogger("split.org.apache")).setLevel(Level.OFF);
    service = new FakeService(definitions, segments);
    try {
      factory = SplitFactoryBuilder.build("key-" + System.nanoTime(), config(fallbacks));
      factory.client().blockUntilReady();
    } catch (Exception e) {
      throw new IllegalStateException("the official SDK did not become ready", e);
    }
  }

  private SplitClientConfig config(@Nullable FallbackTreatmentsConfiguration fallbacks) {
    SplitClientConfig.Builder config =
        SplitClientConfig.builder()
            .endpoint(service.address(), service.address())
            .authServiceURL(service.address() + "/api/v2/auth")
            .telemetryURL(service.address() + "/api/v1")
            .streamingEnabled(false)
            .impressionsMode(ImpressionsManager.Mode.DEBUG)
            .integrations(
                IntegrationsConfig.builder()
                    .impressionsListener(heard, 1, IntegrationsConfig.Execution.SYNC)
                    .build())
            .setBlockUntilReadyTimeout(30_000);
    if (fallbacks != null) {
      config.fallbackTreatments(fallbacks);
    }
    return config.build();
  }

  SplitClient client() {
    return factory.client();
  }

  SplitFactory factory() {
    return factory;
  }

  /** What it serves and why; a missing impression leaves the label unknown. */
  Answer answer(
      String key, @Nullable String bucketingKey, String flag, Map<String, Object> attributes) {
    heard.last = null;
    SplitResult result =
        bucketingKey == null
            ? client().getTreatmentWithConfig(key, flag, attributes)
            : client().getTreatmentWithConfig(new Key(key, bucketingKey), flag, attributes);
    Impression impression = heard.last;
    return impression == null
        ? new Answer(result.treatment(), result.config(), "no impression", null)
        : new Answer(
            result.treatment(),
            result.config(),
            impression.appliedRule(),
            impression.changeNumber());
  }

  @Override
  public void close() {
    factory.destroy();
    service.close();
  }

  /** Remembers the last impression; called by the evaluating thread. */
  private static final class Heard implements ImpressionListener {
    private @Nullable Impression last;

    @Override
    public void log(Impression impression) {
      last = impression;
    }

    @Override
    public void close() {}
  }
}
