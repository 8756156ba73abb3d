package io.splitio.benchmarks;

import io.split.client.SplitClientConfig;
import io.split.client.SplitFactory;
import io.split.client.SplitFactoryBuilder;

/** The official SDK, with its defaults. */
record OfficialSdk(SplitFactory factory, io.split.client.SplitClient client) implements CloudSdk {

  static CloudSdk ready(String url) throws Exception {
    SplitClientConfig config =
        SplitClientConfig.builder()
            .endpoint(url, url)
            .authServiceURL(url + "/api/v2/auth")
            .streamingServiceURL(url + "/sse")
            .telemetryURL(url + "/api/v1")
            .setBlockUntilReadyTimeout(60_000)
            .build();
    SplitFactory factory = SplitFactoryBuilder.build("benchmark-key", config);
    factory.client().blockUntilReady();
    return new OfficialSdk(factory, factory.client());
  }

  @Override
  public String treatment(String key, String flag) {
    return client.getTreatment(key, flag);
  }

  @Override
  public void close() {
    factory.destroy();
  }
}
