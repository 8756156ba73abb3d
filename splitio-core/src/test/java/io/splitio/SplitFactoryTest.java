package io.splitio;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.Key;
import io.splitio.api.SdkStatus;
import io.splitio.backend.localhost.InMemoryTreatments;
import io.splitio.backend.localhost.LocalhostConnector;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SplitFactoryTest {

  @Test
  void servesWhatIsInMemoryAndWhatItIsChangedTo() throws Exception {
    InMemoryTreatments treatments = LocalhostConnector.treatments(Map.of("checkout", "v1"));
    BlockingQueue<Set<String>> changes = new LinkedBlockingQueue<>();
    try (SplitFactory factory =
        SplitFactory.create(
            treatments, SplitConfig.defaults().withFlagChangeListener(changes::add))) {
      assertThat(factory.status()).isEqualTo(SdkStatus.READY);
      assertThat(factory.client().getTreatment("user-1", "checkout")).isEqualTo("v1");
      assertThat(changes.poll(5, TimeUnit.SECONDS)).containsExactly("checkout");

      treatments.setFor("user-2", "checkout", "v2");

      assertThat(factory.client().getTreatment("user-1", "checkout")).isEqualTo("v1");
      assertThat(factory.client().getTreatment("user-2", "checkout")).isEqualTo("v2");
      assertThat(changes.poll(5, TimeUnit.SECONDS)).containsExactly("checkout");
      assertThat(factory.client().explain(Key.of("user-2"), "checkout", Map.of()).toString())
          .contains("[x] key is one of [user-2] (saw user-2)");
    }
  }
}
