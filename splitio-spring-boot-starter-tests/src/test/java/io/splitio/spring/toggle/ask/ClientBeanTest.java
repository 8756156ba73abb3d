package io.splitio.spring.toggle.ask;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.SplitFactory;
import io.splitio.api.SplitClient;
import io.splitio.backend.localhost.LocalhostConnector;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

class ClientBeanTest {
  private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();

  @Test
  void clientIsFetchedWhenItIsFirstAsked() {
    ClientBean client = new ClientBean(beans, "");
    try (SplitFactory factory = SplitFactory.create(LocalhostConnector.treatments(Map.of()))) {
      beans.registerSingleton("client", factory.client());

      assertThat(client.get()).isSameAs(factory.client());
    }
  }

  @Test
  void absentClientIsLookedForOnlyOnce() {
    ClientBean client = new ClientBean(beans, "");
    assertThat(client.get()).isNull();

    try (SplitFactory factory = SplitFactory.create(LocalhostConnector.treatments(Map.of()))) {
      beans.registerSingleton("client", factory.client());

      assertThat(beans.getBean(SplitClient.class)).isSameAs(factory.client());
      assertThat(client.get()).isNull();
    }
  }
}
