package io.splitio.backend.split;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.SplitFactory;
import io.splitio.fake.Endpoint;
import io.splitio.fake.data.Flag;
import io.splitio.fake.http.Fault;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** However many segments hang, everything else finds a thread. */
@Timeout(60)
class HangingSegmentsTest extends CloudFixture {
  private static final int SEGMENTS = 30;
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** Polls for flags every 50 ms, and has every thread for segments taken by one that hangs. */
  private SplitFactory hanging(SplitConnector connector) {
    for (int i = 0; i < SEGMENTS; i++) {
      cloud.segment("s" + i).add("u1");
      cloud.flags().put(Flag.named("f" + i).inSegment("s" + i, "on").otherwise("off"));
    }
    SplitFactory factory = ready(quick(connector));
    cloud.faults().always(Endpoint.SEGMENT_CHANGES, Fault.hang());
    int before = cloud.faults().happened();
    org.awaitility.Awaitility.await().atMost(SOON).until(() -> hang(before));
    return factory;
  }

  private boolean hang(int before) {
    return cloud.faults().happened() - before >= 10;
  }

  @Test
  void flagsAreStillPolledFor() {
    SplitFactory factory = hanging(connector().withoutStreaming());
    cloud.flags().put(Flag.named("f0").otherwise("new"));
    cloud.requests().clear();
    cloud.requests().await(Endpoint.SPLIT_CHANGES, 3, PATIENCE);
    serves(factory, "u1", "f0", "new");
  }

  @Test
  void aTokenIsStillAskedForAndWhatHappenedIsDelivered() {
    cloud.faults().always(Endpoint.AUTH, Fault.status(503));
    SplitFactory factory = hanging(connector());
    cloud.faults().clear(Endpoint.AUTH);
    cloud.requests().clear();
    factory.retryNow();
    cloud.requests().await(Endpoint.AUTH, 1, PATIENCE);
    factory.client().getTreatment("u1", "f0");
    factory.client().track("u1", "user", "purchase");
    factory.destroy();
    assertThat(cloud.received().impressions().total()).isEqualTo(1);
    assertThat(cloud.received().events().total()).isEqualTo(1);
    assertThat(cloud.received().telemetryUsage().total()).isEqualTo(1);
  }
}
