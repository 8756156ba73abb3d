package io.splitio.backend.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitFactory;
import io.splitio.api.SdkHealth.Streaming;
import io.splitio.fake.Endpoint;
import io.splitio.fake.data.Flag;
import io.splitio.fake.http.Fault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an instance says of its stream. */
class StreamingHealthTest extends CloudFixture {
  @BeforeEach
  void flag() {
    cloud.flags().put(Flag.named("banner").otherwise("v1"));
  }

  @Test
  void withoutAStreamThatIsSaid() {
    assertThat(ready(connector().withoutStreaming()).health().streaming()).isEqualTo(Streaming.OFF);
  }

  @Test
  void aStreamThatIsLostIsSaidToBeDown() {
    SplitFactory factory = streaming();
    assertThat(factory.health().streaming()).isEqualTo(Streaming.UP);

    cloud.faults().always(Endpoint.AUTH, Fault.status(500));
    cloud.streaming().drop();

    await().atMost(SOON).until(() -> factory.health().streaming() == Streaming.DOWN);
  }
}
