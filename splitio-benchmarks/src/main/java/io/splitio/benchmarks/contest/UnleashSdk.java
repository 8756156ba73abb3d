package io.splitio.benchmarks.contest;

import io.getunleash.DefaultUnleash;
import io.getunleash.Unleash;
import io.getunleash.UnleashContext;
import io.getunleash.util.UnleashConfig;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Unleash's server SDK, with flags given at its start; it posts metrics to a server that takes
 * anything.
 */
record UnleashSdk(Unleash client, Silence metrics) implements Contestant {

  static Contestant start() throws IOException {
    Silence silence = Silence.start();
    String flags = Documents.unleash();
    UnleashConfig config =
        UnleashConfig.builder()
            .appName("benchmark")
            .apiKey("benchmark-key")
            .unleashAPI(silence.uri())
            .disablePolling()
            .toggleBootstrapProvider(() -> Optional.of(flags))
            .build();
    return new UnleashSdk(new DefaultUnleash(config), silence);
  }

  @Override
  public String treatment(String key, String flag, Map<String, Object> attributes) {
    UnleashContext.Builder context = UnleashContext.builder().userId(key);
    for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
      context.addProperty(attribute.getKey(), attribute.getValue().toString());
    }
    return client.isEnabled(flag, context.build()) ? "on" : "off";
  }

  @Override
  public void close() {
    client.shutdown();
    metrics.close();
  }
}
