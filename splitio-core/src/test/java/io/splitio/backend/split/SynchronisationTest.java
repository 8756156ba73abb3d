package io.splitio.backend.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.fake.Endpoint;
import io.splitio.fake.SplitCloud;
import io.splitio.fake.data.Flag;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SynchronisationTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  private final SplitCloud cloud = SplitCloud.start();

  @AfterEach
  void close() {
    cloud.close();
  }

  private SplitFactory factory() throws Exception {
    SplitFactory factory =
        SplitFactory.create(
            SplitConnector.sdkKey("server-side-key").endpoint(URI.create(cloud.url())),
            SplitConfig.defaults().withoutShutdownHook());
    factory.blockUntilReady(SOON);
    return factory;
  }

  @Test
  void servesFlagsAndSegmentsOfTheCloud() throws Exception {
    cloud.segment("beta").add("ana");
    cloud.flags().put(Flag.named("banner").inSegment("beta", "on").otherwise("off"));
    try (SplitFactory factory = factory()) {
      assertThat(factory.client().getTreatment("ana", "banner")).isEqualTo("on");
      assertThat(factory.client().getTreatment("bob", "banner")).isEqualTo("off");
    }
  }

  @Test
  void followsChangesOverTheStream() throws Exception {
    cloud.flags().put(Flag.named("banner").otherwise("off"));
    try (SplitFactory factory = factory()) {
      cloud.streaming().awaitConnections(1, SOON);
      cloud.requests().await(Endpoint.SPLIT_CHANGES, 3, SOON);
      cloud.flags().put(Flag.named("banner").otherwise("on"));
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> assertThat(factory.client().getTreatment("ana", "banner")).isEqualTo("on"));
    }
  }
}
