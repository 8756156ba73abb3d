package io.splitio.benchmarks;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.backend.split.SplitConnector;
import java.net.URI;
import java.time.Duration;

/** This SDK, with its defaults. */
record ThisSdk(SplitFactory factory) implements CloudSdk {

  static CloudSdk ready(String url) throws Exception {
    SplitFactory factory =
        SplitFactory.create(
            SplitConnector.sdkKey("benchmark-key").endpoint(URI.create(url)),
            SplitConfig.defaults());
    factory.blockUntilReady(Duration.ofMinutes(1));
    return new ThisSdk(factory);
  }

  @Override
  public String treatment(String key, String flag) {
    return factory.client().getTreatment(key, flag);
  }

  @Override
  public void close() {
    factory.destroy();
  }
}
