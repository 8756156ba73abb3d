package io.splitio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.splitio.api.SdkStatus;
import io.splitio.backend.localhost.LocalhostConnector;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Waiting for an instance, with a future and without. */
class ReadyTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final StubConnector connector = new StubConnector();
  private final SplitFactory factory =
      SplitFactory.create(connector, SplitConfig.defaults().withoutShutdownHook());

  @AfterEach
  void close() {
    factory.close();
  }

  @Test
  void theFutureCompletesWhenTheInstanceIsReady() {
    CompletableFuture<Void> ready = factory.ready();
    assertThat(ready).isNotDone();

    connector.started.complete(null);

    assertThat(ready).succeedsWithin(LIMIT);
    assertThat(factory.ready()).isCompleted();
  }

  @Test
  void theFutureFailsAtOnceWhenWaitingIsInVain() {
    CompletableFuture<Void> ready = factory.ready();
    IllegalArgumentException cause = new IllegalArgumentException("flags.yaml does not exist");

    connector.started.completeExceptionally(cause);

    assertThatThrownBy(ready::join)
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Flags cannot be loaded: flags.yaml does not exist")
        .hasCause(cause);
    assertThat(factory.ready()).isCompletedExceptionally();
    assertThat(factory.health().fatal()).isTrue();
    assertThat(factory.health().problem()).isEqualTo("flags.yaml does not exist");
    assertThat(factory.status()).isEqualTo(SdkStatus.NOT_READY);
  }

  @Test
  void blockUntilReadyWaitsTheWholeTimeEvenInVainAndSaysWhy() {
    connector.started.completeExceptionally(new IllegalArgumentException("no such file"));

    assertThatThrownBy(() -> factory.blockUntilReady(Duration.ofMillis(30)))
        .isInstanceOf(TimeoutException.class)
        .hasMessageEndingWith("PT0.03S: no such file");
  }

  @Test
  void theFutureFailsWhenTheInstanceIsDestroyedBefore() {
    CompletableFuture<Void> ready = factory.ready();

    factory.destroy();

    assertThatThrownBy(ready::join).hasRootCauseInstanceOf(IllegalStateException.class);
    assertThatThrownBy(ready::join).rootCause().hasMessageContaining("destroyed");
  }

  @Test
  void anInstanceThatIsReadyStaysSoForTheFutureAfterItsEnd() {
    connector.started.complete(null);
    factory.destroy();

    assertThat(factory.ready()).isCompleted();
  }

  @Test
  void whatFollowsReadinessHoldsUpNoThreadOfTheSdk() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    AtomicReference<Thread> where = new AtomicReference<>();
    CompletableFuture<Void> follows =
        factory
            .ready()
            .thenRun(
                () -> {
                  where.set(Thread.currentThread());
                  awaitUninterrupted(never);
                });
    CountDownLatch done = new CountDownLatch(1);

    connector
        .lent()
        .scheduler()
        .execute(
            () -> {
              connector.started.complete(null);
              done.countDown();
            });

    assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(follows).isNotDone();
    never.countDown();
    assertThat(follows).succeedsWithin(LIMIT);
    assertThat(where.get().getName()).doesNotStartWith("splitio-");
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aVeryLongWaitIsNoTrouble() throws Exception {
    connector.started.complete(null);

    factory.blockUntilReady(Duration.ofSeconds(Long.MAX_VALUE));

    assertThat(factory.status()).isEqualTo(SdkStatus.READY);
  }

  @Test
  void flagsFromMemoryAreReadyAtOnce() {
    try (SplitFactory memory = SplitFactory.create(LocalhostConnector.treatments(Map.of()))) {
      assertThat(memory.ready()).isCompleted();
    }
  }
}
