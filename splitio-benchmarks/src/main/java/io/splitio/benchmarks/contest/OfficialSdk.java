package io.splitio.benchmarks.contest;

import io.split.client.SplitClient;
import io.split.client.SplitClientConfig;
import io.split.client.SplitFactory;
import io.split.client.SplitFactoryBuilder;
import io.split.client.impressions.ImpressionsManager;
import java.util.List;
import java.util.Map;

/** The official Split Java SDK. */
record OfficialSdk(SplitFactory factory, SplitClient client) implements Contestant {
  private static final int READY_MILLIS = 60_000;
  private static final long CLOSING_MILLIS = 2_000;

  /** Against a cloud, with an impression mode. */
  static Contestant cloud(ImpressionsManager.Mode mode, String url) throws Exception {
    return ready(
        "benchmark-key",
        SplitClientConfig.builder()
            .endpoint(url, url)
            .authServiceURL(url + "/api/v2/auth")
            .streamingServiceURL(url + "/sse")
            .telemetryURL(url + "/api/v1")
            .impressionsMode(mode));
  }

  /** With flags from a file, which records nothing. */
  static Contestant localhost() throws Exception {
    return ready(
        "localhost", SplitClientConfig.builder().splitFile(Documents.localhostFile().toString()));
  }

  private static Contestant ready(String key, SplitClientConfig.Builder config) throws Exception {
    SplitFactory factory =
        SplitFactoryBuilder.build(key, config.setBlockUntilReadyTimeout(READY_MILLIS).build());
    factory.client().blockUntilReady();
    return new OfficialSdk(factory, factory.client());
  }

  @Override
  public String treatment(String key, String flag, Map<String, Object> attributes) {
    return client.getTreatment(key, flag, attributes);
  }

  @Override
  public Map<String, String> treatments(
      String key, List<String> flags, Map<String, Object> attributes) {
    return client.getTreatments(key, flags, attributes);
  }

  @Override
  public Map<String, String> treatmentsBySet(
      String key, String flagSet, Map<String, Object> attributes) {
    return client.getTreatmentsByFlagSet(key, flagSet, attributes);
  }

  @Override
  public boolean track(String key, String eventType) {
    return client.track(key, "user", eventType);
  }

  /** It may take 20 s, which nobody waits for. */
  @Override
  public void close() {
    Thread thread = new Thread(factory::destroy);
    thread.setDaemon(true);
    thread.start();
    try {
      thread.join(CLOSING_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
