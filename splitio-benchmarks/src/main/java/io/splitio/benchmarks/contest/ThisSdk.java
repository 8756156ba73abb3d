package io.splitio.benchmarks.contest;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.api.ImpressionMode;
import io.splitio.api.SplitClient;
import io.splitio.backend.Connector;
import io.splitio.backend.localhost.LocalhostConnector;
import io.splitio.backend.split.SplitConnector;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** This SDK. */
record ThisSdk(SplitFactory factory, SplitClient client) implements Contestant {

  /** Against a cloud, with an impression mode. */
  static Contestant cloud(ImpressionMode mode, String url) throws Exception {
    return ready(
        SplitConnector.sdkKey("benchmark-key").endpoint(URI.create(url)),
        SplitConfig.defaults().withImpressionMode(mode));
  }

  /** With flags from a file, which records nothing. */
  static Contestant localhost() throws Exception {
    return ready(LocalhostConnector.file(Documents.localhostFile()), SplitConfig.defaults());
  }

  private static Contestant ready(Connector connector, SplitConfig config) throws Exception {
    SplitFactory factory = SplitFactory.create(connector, config.withoutShutdownHook());
    factory.blockUntilReady(Duration.ofMinutes(1));
    return new ThisSdk(factory, factory.client());
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

  @Override
  public void close() {
    factory.destroy();
  }
}
