package io.splitio.backend.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.api.SdkStatus;
import io.splitio.fake.Endpoint;
import io.splitio.fake.data.Flag;
import io.splitio.fake.http.Fault;
import io.splitio.testing.OpenSockets;
import io.splitio.testing.SdkThreadsAlive;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rest, and going on: with sockets, threads and the service's view of both. */
@Timeout(120)
class SuspensionTest extends CloudFixture {
  private static final SplitConfig RESTING = CONFIG.withStartSuspended();

  private final SdkThreadsAlive threads = new SdkThreadsAlive();

  @BeforeEach
  void flags() {
    cloud.segment("beta").add("u1");
    cloud.flags().put(Flag.named("banner").inSegment("beta", "on").otherwise("off"));
  }

  /** Called at once, without waiting for anything. */
  private void nothingIsLeft() {
    assertThat(threads.names()).isEmpty();
    assertThat(OpenSockets.to(cloud.port())).isZero();
    await().atMost(SOON).until(() -> cloud.openConnections() == 0); // it hears of it a bit later
    assertThat(cloud.streaming().connections()).isZero();
  }

  private List<String> posted() {
    return cloud.requests().matching(request -> request.method().equals("POST")).stream()
        .map(request -> request.path())
        .toList();
  }

  /** The stream is up again and was caught up with. */
  private void streams(SplitFactory factory, String treatment) {
    cloud.streaming().awaitConnections(1, SOON);
    cloud.flags().put(Flag.named("probe").otherwise(treatment));
    serves(factory, "u1", "probe", treatment);
  }

  @Test
  void suspendingLeavesNoSocketAndNoThreadWhenItReturns() {
    SplitFactory factory = streaming();
    factory.client().getTreatment("u1", "banner");
    factory.client().track("u1", "user", "purchase");
    factory.suspend();
    nothingIsLeft();
    assertThat(factory.status()).isEqualTo(SdkStatus.SUSPENDED);
    assertThat(cloud.received().impressions().total()).isEqualTo(1);
    assertThat(cloud.received().events().total()).isEqualTo(1);
  }

  @Test
  void whatWasKnownIsServedMeanwhileAndNobodyIsAsked() {
    SplitFactory factory = streaming();
    factory.suspend();
    cloud.requests().clear();
    cloud.flags().put(Flag.named("banner").otherwise("new"));
    for (int i = 0; i < 100; i++) {
      assertThat(factory.client().getTreatment("u1", "banner")).isEqualTo("on");
    }
    assertThat(cloud.requests().all()).isEmpty();
    nothingIsLeft();
  }

  @Test
  void resumingSynchronisesAndStreamsAgain() {
    SplitFactory factory = streaming();
    factory.suspend();
    cloud.streaming().awaitConnections(0, SOON);
    cloud.flags().put(Flag.named("banner").otherwise("new"));
    cloud.requests().clear();
    factory.resume();
    serves(factory, "u1", "banner", "new");
    assertThat(factory.status()).isEqualTo(SdkStatus.READY);
    streams(factory, "streamed");
    assertThat(cloud.streaming().connections()).isEqualTo(1);
  }

  @Test
  void whatIsRecordedMeanwhileIsDeliveredAfterwards() {
    SplitFactory factory =
        ready(start(connector(), CONFIG.withEventsPushRate(Duration.ofSeconds(1))));
    factory.suspend();
    cloud.requests().clear();
    factory.client().getTreatment("u1", "banner");
    factory.client().track("u1", "user", "purchase");
    assertThat(posted()).isEmpty();
    factory.resume();
    assertThat(cloud.received().events().awaitTotal(1, SOON)).isEqualTo(1);
    factory.destroy();
    assertThat(cloud.received().impressions().total()).isEqualTo(1);
    assertThat(cloud.received().events().total()).isEqualTo(1);
  }

  @Test
  void whatIsRecordedMeanwhileIsDeliveredAtTheEnd() {
    SplitFactory factory = streaming();
    factory.suspend();
    factory.client().getTreatment("u1", "banner");
    factory.client().track("u1", "user", "purchase");
    factory.destroy();
    assertThat(cloud.received().impressions().total()).isEqualTo(1);
    assertThat(cloud.received().events().total()).isEqualTo(1);
    assertThat(cloud.received().telemetryUsage().total()).isEqualTo(1);
    threads.awaitNone();
  }

  @Test
  void aRequestThatHangsKeepsNobodyFromSuspending() {
    SplitFactory factory = ready(polling());
    cloud.faults().always(Endpoint.SPLIT_CHANGES, Fault.hang());
    cloud.requests().clear();
    cloud.requests().await(Endpoint.SPLIT_CHANGES, 1, SOON);
    long began = System.nanoTime();
    factory.suspend();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
    cloud.faults().clear();
    nothingIsLeft();
    cloud.flags().put(Flag.named("banner").otherwise("new"));
    factory.resume();
    serves(factory, "u1", "banner", "new");
  }

  @Test
  void aPostThatHangsTakesNoLongerThanTheEndMayAndLosesNothing() {
    SplitFactory factory =
        ready(start(connector(), CONFIG.withShutdownTimeout(Duration.ofSeconds(1))));
    cloud.faults().always(Endpoint.EVENTS, Fault.hang());
    factory.client().track("u1", "user", "purchase");
    long began = System.nanoTime();
    factory.suspend();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
    cloud.faults().clear();
    nothingIsLeft();
    factory.resume();
    factory.destroy();
    assertThat(cloud.received().events().total()).isEqualTo(1);
  }

  @Test
  void aReportThatFailedLeavesNoTimerAndIsMadeAfterwards() {
    cloud.faults().always(Endpoint.TELEMETRY_CONFIG, Fault.status(503));
    SplitFactory factory = ready(connector());
    cloud.requests().await(Endpoint.TELEMETRY_CONFIG, 1, SOON);
    quiet();
    factory.suspend();
    nothingIsLeft();
    cloud.faults().clear();
    factory.resume();
    cloud.received().telemetryConfig().await(1, SOON);
  }

  @Test
  void aHundredTimesInARow() {
    SplitFactory factory = streaming();
    for (int i = 0; i < 100; i++) {
      factory.suspend();
      assertThat(threads.names()).isEmpty();
      assertThat(OpenSockets.to(cloud.port())).isZero();
      factory.resume();
    }
    streams(factory, "after all");
    quiet();
    assertThat(cloud.streaming().connections()).isEqualTo(1);
    assertThat(threads.names()).filteredOn(name -> name.contains("-stream-")).hasSize(1);
    assertThat(threads.names()).filteredOn(name -> name.contains("-sync-")).hasSizeLessThan(3);
  }

  @Test
  void anEndThatRacesWithRestLeavesNothingAndLosesNothing() {
    for (int i = 0; i < 12; i++) {
      cloud.received().clear();
      SplitFactory factory = ready(connector());
      factory.client().track("u" + i, "user", "purchase");
      CompletableFuture<Void> resting = CompletableFuture.runAsync(factory::suspend);
      CompletableFuture<Void> going = CompletableFuture.runAsync(factory::resume);
      factory.destroy();
      CompletableFuture.allOf(resting, going).orTimeout(10, TimeUnit.SECONDS).join();
      threads.awaitNone();
      assertThat(cloud.received().events().total()).as("round %d", i).isEqualTo(1);
      assertThat(factory.status()).isEqualTo(SdkStatus.DESTROYED);
    }
    await().atMost(SOON).until(() -> OpenSockets.to(cloud.port()) == 0);
  }

  @Test
  void tryingNowDoesNothingWhileSuspended() {
    SplitFactory factory = streaming();
    factory.suspend();
    cloud.requests().clear();
    factory.retryNow();
    nothingIsLeft();
    assertThat(cloud.requests().all()).isEmpty();
  }

  @Test
  void tryingNowBeginsAtOnceWhatWaits() {
    cloud.behaviour().acceptKeys("another key");
    SplitFactory factory = start(connector());
    await().atMost(SOON).until(() -> factory.health().fatal());
    cloud.behaviour().acceptKeys(KEY);
    factory.retryNow();
    serves(factory, "u1", "banner", "on");
    streams(factory, "streamed");
  }

  @Test
  void tryingNowConnectsAStreamThatWasGivenUp() {
    cloud.authentication().disablePush();
    SplitFactory factory = ready(connector());
    cloud.requests().await(Endpoint.AUTH, 1, SOON);
    quiet();
    cloud.authentication().enablePush();
    factory.retryNow();
    streams(factory, "streamed");
  }

  @Test
  void aStartThatSuspendsLoadsOnceAndLeavesNothingWhenItIsReady() {
    SplitFactory factory = ready(start(connector(), RESTING));
    assertThat(threads.names()).filteredOn(name -> !name.contains("-suspend-")).isEmpty();
    threads.awaitNone();
    nothingIsLeft();
    assertThat(factory.status()).isEqualTo(SdkStatus.SUSPENDED);
    assertThat(factory.client().getTreatment("u1", "banner")).isEqualTo("on");
    assertThat(asked(Endpoint.SPLIT_CHANGES)).hasSize(2);
    assertThat(asked(Endpoint.SEGMENT_CHANGES)).hasSize(2);
    assertThat(cloud.requests().all()).hasSize(4);
  }

  @Test
  void aStartThatSuspendedGoesOnWhenItIsResumed() {
    SplitFactory factory = ready(start(connector(), RESTING));
    factory.client().getTreatment("u1", "banner");
    cloud.flags().put(Flag.named("banner").otherwise("new"));
    factory.resume();
    serves(factory, "u1", "banner", "new");
    streams(factory, "streamed");
    cloud.received().telemetryConfig().await(1, SOON);
    factory.destroy();
    assertThat(cloud.received().impressions().total()).isPositive();
  }

  @Test
  void aStartThatIsResumedBeforeItLoadedDoesNotSuspend() {
    cloud.faults().next(Endpoint.SPLIT_CHANGES, Fault.delay(Duration.ofMillis(200)));
    SplitFactory factory = start(connector(), RESTING);
    cloud.requests().await(Endpoint.SPLIT_CHANGES, 1, SOON);
    factory.resume();
    ready(factory);
    assertThat(factory.status()).isEqualTo(SdkStatus.READY);
    streams(factory, "streamed");
  }

  @Test
  void aStartThatIsToSuspendTriesUntilItHasLoaded() {
    cloud.faults().next(Endpoint.SEGMENT_CHANGES, Fault.status(500));
    SplitFactory factory = ready(start(connector(), RESTING));
    threads.awaitNone();
    nothingIsLeft();
    assertThat(factory.client().getTreatment("u1", "banner")).isEqualTo("on");
  }

  @Test
  void aStartThatIsToSuspendMayBeEnded() {
    for (int i = 0; i < 10; i++) {
      SplitFactory factory = start(connector(), RESTING);
      if (i % 2 == 0) {
        cloud.requests().await(Endpoint.SPLIT_CHANGES, i / 2, SOON);
      }
      factory.destroy();
      threads.awaitNone();
    }
    await().atMost(SOON).until(() -> OpenSockets.to(cloud.port()) == 0);
  }
}
