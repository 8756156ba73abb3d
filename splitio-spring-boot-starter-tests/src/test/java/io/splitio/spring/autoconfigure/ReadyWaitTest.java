package io.splitio.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitFactory;
import io.splitio.api.SdkStatus;
import io.splitio.backend.featbit.FeatBitConnector;
import io.splitio.fake.featbit.FeatBitServer;
import io.splitio.spring.GatedConnector;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.core.env.StandardEnvironment;

class ReadyWaitTest {
  private static final String SECRET = "HowrP016X06bYBwtPk9aawUm1_C8ORiEqy5F1sf46aAQ";
  private static final Duration SOON = Duration.ofSeconds(20);

  private final GatedConnector connector = new GatedConnector();

  @Test
  void sdkThatWasDestroyedIsSaidToBe() {
    SplitFactory factory = SplitFactory.create(connector);
    factory.destroy();

    assertThatThrownBy(() -> waiting(factory).await(Duration.ofSeconds(10)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The SDK was destroyed while it started");
  }

  @Test
  void sourceThatFailedAndLooksAgainIsNotTakenForADestroyedSdk() {
    try (SplitFactory factory = SplitFactory.create(connector)) {
      connector.fail(new IllegalStateException("the gate is jammed"));
      await().until(() -> factory.health().fatal());
      connector.report().failed("looking again");

      assertThatThrownBy(() -> waiting(factory).await(Duration.ofSeconds(10)))
          .isInstanceOf(SplitioStartException.class)
          .hasMessage("Flags were not ready and are not to be expected soon: looking again.");
    }
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aServerThatSendsWhatIsNoJsonEndsTheWaitAtOnceAndStopsNoStart() {
    try (FeatBitServer server = FeatBitServer.start(SECRET)) {
      server.mute(true);
      try (SplitFactory factory = SplitFactory.create(connector(server))) {
        server.awaitConnected(1, SOON);
        server.send("}{");
        assertThatCode(() -> tolerant(factory).await(Duration.ofDays(1)))
            .doesNotThrowAnyException();
        assertThat(factory.status()).isEqualTo(SdkStatus.NOT_READY);
      }
    }
  }

  @Test
  void aSecretThatFeatBitRefusesStopsTheStart() {
    try (FeatBitServer server = FeatBitServer.start("A" + SECRET.substring(1));
        SplitFactory factory = SplitFactory.create(connector(server))) {
      assertThatThrownBy(() -> tolerant(factory).await(Duration.ofDays(1)))
          .isInstanceOf(SplitioStartException.class)
          .hasMessageContaining("4003");
    }
  }

  private static FeatBitConnector connector(FeatBitServer server) {
    return FeatBitConnector.secret(SECRET).streaming(server.streaming()).events(server.events());
  }

  private static ReadyWait tolerant(SplitFactory factory) {
    return new ReadyWait(
        factory,
        new SplitioProperties.Ready(SplitioProperties.Block.STARTUP, Duration.ofDays(1), false),
        new StandardEnvironment());
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
