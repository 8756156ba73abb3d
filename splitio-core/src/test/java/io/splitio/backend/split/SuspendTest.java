package io.splitio.backend.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitFactory;
import io.splitio.api.SdkHealth.Streaming;
import io.splitio.api.SdkStatus;
import io.splitio.fake.Endpoint;
import io.splitio.fake.data.Flag;
import io.splitio.fake.http.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An instance that is laid to rest and woken up, against a cloud over sockets. */
class SuspendTest extends CloudFixture {
  private final Set<Thread> before = Set.copyOf(Thread.getAllStackTraces().keySet());

  @BeforeEach
  void flag() {
    cloud.flags().put(Flag.named("banner").otherwise("v1"));
  }

  private List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(
            thread ->
                thread.getName().startsWith("splitio-")
                    && !thread.getName().startsWith("splitio-fake")
                    && !before.contains(thread))
        .toList();
  }

  private void nothingIsLeft() {
    await()
        .atMost(Duration.ofSeconds(2))
        .untilAsserted(
            () -> {
              assertThat(threads()).isEmpty();
              assertThat(cloud.openConnections()).isZero();
            });
  }

  @Test
  void whileSuspendedNothingRunsAndFlagsAreServed() {
    SplitFactory factory =
        start(
            connector(),
            CONFIG.withFlagChangeListener(changed -> assertThat(changed).isNotEmpty()));
    ready(factory);
    cloud.streaming().awaitConnections(1, SOON);

    factory.suspend();

    nothingIsLeft();
    assertThat(factory.status()).isEqualTo(SdkStatus.SUSPENDED);
    assertThat(factory.health().streaming()).isEqualTo(Streaming.DOWN);
    assertThat(factory.client().getTreatment("ana", "banner")).isEqualTo("v1");
  }

  @Test
  void afterResumingWhatChangedMeanwhileIsServedAndTheStreamIsUp() {
    SplitFactory factory = streaming();
    factory.suspend();
    cloud.flags().put(Flag.named("banner").otherwise("v2"));
    assertThat(factory.client().getTreatment("ana", "banner")).isEqualTo("v1");

    factory.resume();

    serves(factory, "ana", "banner", "v2");
    await().atMost(SOON).until(() -> factory.health().streaming() == Streaming.UP);
    assertThat(factory.status()).isEqualTo(SdkStatus.READY);
  }

  @Test
  void aStartThatEndsSuspendedLoadsOnceAndGoesOnWhenAsked() {
    SplitFactory factory = start(connector(), CONFIG.withStartSuspended());
    await().atMost(SOON).until(() -> factory.status() == SdkStatus.SUSPENDED);

    nothingIsLeft();
    assertThat(factory.client().getTreatment("ana", "banner")).isEqualTo("v1");
    assertThat(cloud.requests().of(Endpoint.SPLIT_CHANGES)).isNotEmpty();

    factory.resume();

    cloud.streaming().awaitConnections(1, SOON);
  }

  @Test
  void whoAsksToGoOnBeforeTheDefinitionsAreThereIsNotSuspendedByThem() throws Exception {
    cloud.faults().next(Endpoint.SPLIT_CHANGES, Fault.hang());
    CountDownLatch suspends = new CountDownLatch(1);
    SplitFactory factory =
        start(
            connector(),
            CONFIG
                .withStartSuspended()
                .withThreadFactory(
                    task ->
                        new Thread(
                            () -> {
                              task.run();
                              if (Thread.currentThread().getName().contains("suspend")) {
                                suspends.countDown();
                              }
                            })));
    cloud.requests().await(Endpoint.SPLIT_CHANGES, 1, SOON);
    factory.resume();
    cloud.faults().clear();

    ready(factory);
    assertThat(suspends.await(10, TimeUnit.SECONDS)).isTrue();

    assertThat(factory.status()).isEqualTo(SdkStatus.READY);
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

  @Test
  void suspendingTakesNoLongerThanAllowedWhenTheServiceHangs() {
    SplitFactory factory =
        ready(start(connector(), CONFIG.withShutdownTimeout(Duration.ofMillis(500))));
    cloud.faults().always(Fault.hang());
    factory.client().track("ana", "user", "bought");
    long begin = System.nanoTime();

    factory.suspend();

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
    cloud.faults().clear(); // its side of a connection that hangs stays open until then
    nothingIsLeft();
  }
}
