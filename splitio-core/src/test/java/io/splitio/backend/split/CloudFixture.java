package io.splitio.backend.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.fake.Endpoint;
import io.splitio.fake.SplitCloud;
import io.splitio.net.HttpSettings;
import io.splitio.testing.Quiet;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** What tests against a cloud over sockets share. */
abstract class CloudFixture {
  static final Duration SOON = Duration.ofSeconds(10);
  static final String KEY = "server-side-key-wxyz";
  static final SplitConfig CONFIG =
      SplitConfig.defaults().withoutShutdownHook().withInstanceName("host-1");

  final SplitCloud cloud = SplitCloud.start();
  private final List<SplitFactory> factories = new ArrayList<>();

  @AfterEach
  void end() {
    factories.forEach(SplitFactory::destroy);
    cloud.close();
  }

  SplitConnector connector() {
    return SplitConnector.sdkKey(KEY)
        .endpoint(URI.create(cloud.url()))
        .http(HttpSettings::withoutEnvironmentProxy);
  }

  /** Polls every 50 ms. */
  SplitConnector polling() {
    return quick(connector().withoutStreaming());
  }

  static SplitConnector quick(SplitConnector connector) {
    Duration often = Duration.ofMillis(50);
    return connector.with(new SplitConnector.Rates(often, often, 10));
  }

  SplitFactory start(SplitConnector connector) {
    return start(connector, CONFIG);
  }

  SplitFactory start(SplitConnector connector, SplitConfig config) {
    SplitFactory factory = SplitFactory.create(connector, config);
    factories.add(factory);
    return factory;
  }

  SplitFactory ready(SplitConnector connector) {
    return ready(start(connector));
  }

  static SplitFactory ready(SplitFactory factory) {
    factory.ready().orTimeout(SOON.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS).join();
    return factory;
  }

  /** Starts, and waits until the stream is up and what was missed has been asked for. */
  SplitFactory streaming() {
    return streaming(connector());
  }

  SplitFactory streaming(SplitConnector connector) {
    int known = cloud.flags().changeNumber() < 0 ? 1 : 2;
    SplitFactory factory = ready(connector);
    cloud.streaming().awaitConnections(1, SOON);
    cloud.requests().await(Endpoint.SPLIT_CHANGES, known + 1, SOON);
    quiet();
    return factory;
  }

  /** Waits until nothing was asked for a moment. */
  void quiet() {
    Quiet.await(cloud, Duration.ofMillis(60));
  }

  static void serves(SplitFactory factory, String key, String flag, String treatment) {
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(
            () -> assertThat(factory.client().getTreatment(key, flag)).isEqualTo(treatment));
  }

  /** The paths and queries of the requests for an endpoint. */
  List<String> asked(Endpoint endpoint) {
    return cloud.requests().of(endpoint).stream().map(request -> request.target()).toList();
  }
}
