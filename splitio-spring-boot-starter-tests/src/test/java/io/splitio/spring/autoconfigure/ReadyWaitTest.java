package io.splitio.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitFactory;
import io.splitio.backend.featbit.FeatBitConnector;
import io.splitio.spring.GatedConnector;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.StandardEnvironment;

class ReadyWaitTest {
  private final GatedConnector connector = new GatedConnector();

  @Test
  void sdkThatWasDestroyedIsSaidToBe() {
    SplitFactory factory = SplitFactory.create(connector);
    factory.destroy();

    assertThatThrownBy(waiting(factory)::await)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The SDK was destroyed while it started");
  }

  @Test
  void sourceThatFailedAndLooksAgainIsNotTakenForADestroyedSdk() {
    try (SplitFactory factory = SplitFactory.create(connector)) {
      connector.fail(new IllegalStateException("the gate is jammed"));
      await().until(() -> factory.health().fatal());
      connector.report().failed("looking again");

      assertThatThrownBy(waiting(factory)::await)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("Flags cannot be loaded: ")
          .hasMessageContaining("the gate is jammed");
    }
  }

  @Test
  void eachServiceIsWaitedForAsLongAsItsOwnSdksDoUnlessATimeIsSet() {
    try (SplitFactory featbit = SplitFactory.create(FeatBitConnector.offline());
        SplitFactory other = SplitFactory.create(connector)) {
      assertThat(waiting(featbit, null).timeout()).hasSeconds(15);
      assertThat(waiting(other, null).timeout()).hasSeconds(10);
      assertThat(waiting(featbit, Duration.ofSeconds(3)).timeout()).hasSeconds(3);
    }
  }

  private static ReadyWait waiting(SplitFactory factory) {
    return waiting(factory, Duration.ofSeconds(10));
  }

  private static ReadyWait waiting(SplitFactory factory, @Nullable Duration timeout) {
    return new ReadyWait(
        factory,
        new SplitioProperties.Ready(SplitioProperties.Block.STARTUP, timeout, true),
        new StandardEnvironment());
  }
}
