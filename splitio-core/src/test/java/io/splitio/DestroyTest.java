package io.splitio;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.Impression;
import io.splitio.api.ImpressionListener;
import io.splitio.api.SdkStatus;
import io.splitio.backend.localhost.InMemoryTreatments;
import io.splitio.backend.localhost.LocalhostConnector;
import io.splitio.testing.LogCapture;
import io.splitio.testing.SdkThreadsAlive;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The end of an instance, whoever asks for it and whatever else goes on. */
@Timeout(30)
class DestroyTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final SplitConfig CONFIG = SplitConfig.defaults().withoutShutdownHook();

  private final SdkThreadsAlive threads = new SdkThreadsAlive();
  private final AtomicReference<@Nullable SplitFactory> own = new AtomicReference<>();

  private SplitFactory sdk(SplitConfig config) {
    SplitFactory factory =
        SplitFactory.create(LocalhostConnector.treatments(Map.of("f", "on")), config);
    own.set(factory);
    return factory;
  }

  private void destroyOwn() {
    SplitFactory factory = own.get();
    if (factory != null) {
      factory.destroy();
    }
  }

  /** Waits, and does not care for interrupts. */
  private static void awaitStubbornly(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException ignored) {
        Thread.interrupted();
      }
    }
  }

  /** An instance whose end lasts until it is released. */
  private static SplitFactory heldOpen(
      CountDownLatch closing, CountDownLatch released, Duration budget) {
    StubConnector held =
        new StubConnector()
            .closing(
                () -> {
                  closing.countDown();
                  awaitStubbornly(released);
                });
    return SplitFactory.create(held, CONFIG.withShutdownTimeout(budget));
  }

  private static Thread started(Runnable task) {
    Thread thread = new Thread(task, "test-destroyer");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Test
  void aListenerMayDestroyTheInstanceWhileItsQueueIsFull() {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch full = new CountDownLatch(1);
    AtomicInteger heard = new AtomicInteger();
    AtomicBoolean closed = new AtomicBoolean();
    SplitFactory factory =
        sdk(
            CONFIG
                .withShutdownTimeout(LONG)
                .withImpressionListenerQueueSize(2)
                .withImpressionListener(
                    new ImpressionListener() {
                      @Override
                      public void log(Impression impression) {
                        entered.countDown();
                        awaitStubbornly(full);
                        heard.incrementAndGet();
                        destroyOwn();
                      }

                      @Override
                      public void close() {
                        closed.set(true);
                      }
                    }));
    factory.client().getTreatment("u", "f");
    awaitStubbornly(entered);
    for (int i = 0; i < 10; i++) {
      assertThat(factory.client().getTreatment("u", "f")).isEqualTo("on");
    }

    full.countDown();

    threads.awaitNone();
    assertThat(factory.status()).isEqualTo(SdkStatus.DESTROYED);
    assertThat(heard).hasValue(3);
    assertThat(closed).isTrue();
  }

  @Test
  void aListenerThatSwallowsInterruptsKeepsNobodyBeyondTheTimeAndItsThreadEndsAfterwards() {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    SplitFactory factory =
        sdk(
            CONFIG
                .withShutdownTimeout(Duration.ofMillis(100))
                .withImpressionListener(
                    impression -> {
                      entered.countDown();
                      awaitStubbornly(released);
                    }));
    for (int i = 0; i < 3; i++) {
      factory.client().getTreatment("u", "f");
    }
    awaitStubbornly(entered);

    long before = System.nanoTime();
    try (LogCapture log = LogCapture.warnings()) {
      factory.destroy();
      assertThat(log.lines()).anyMatch(line -> line.contains("2 impressions were not heard"));
    }
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    assertThat(threads.names()).anyMatch(name -> name.startsWith("splitio-listener"));

    released.countDown();
    threads.awaitNone();
  }

  @Test
  void aSourceThatCannotBeClosedKeepsNothingElseOpen() {
    AtomicBoolean heardOfTheEnd = new AtomicBoolean();
    StubConnector connector =
        new StubConnector()
            .closing(
                () -> {
                  throw new IllegalStateException("stuck");
                });
    SplitConfig config =
        CONFIG.withImpressionListener(
            new ImpressionListener() {
              @Override
              public void log(Impression impression) {}

              @Override
              public void close() {
                heardOfTheEnd.set(true);
              }
            });
    try (LogCapture log = LogCapture.warnings()) {
      SplitFactory factory = SplitFactory.create(connector, config);
      connector.lent().scheduler().execute(() -> {});

      factory.destroy();

      assertThat(log.lines()).singleElement().asString().contains("could not be closed");
      assertThat(heardOfTheEnd).isTrue();
      threads.awaitNone();
      assertThat(factory.destroyAsync()).succeedsWithin(LONG);
      SplitFactory.create(new StubConnector(), CONFIG).destroy();
      assertThat(log.lines()).hasSize(1);
    }
  }

  @Test
  void theLongestTimeThereIsIsNoTrouble() {
    Duration forEver = Duration.ofSeconds(Long.MAX_VALUE);
    AtomicInteger heard = new AtomicInteger();
    try (LogCapture log = LogCapture.warnings()) {
      SplitFactory factory =
          sdk(
              CONFIG
                  .withShutdownTimeout(forEver)
                  .withReadyTimeout(forEver)
                  .withStaleAfter(forEver)
                  .withImpressionListener(impression -> heard.incrementAndGet()));
      factory.client().getTreatment("u", "f");
      assertThat(factory.status()).isEqualTo(SdkStatus.READY);

      factory.destroy();
      factory.destroy();

      assertThat(heard).hasValue(1);
      assertThat(log.lines()).isEmpty();
      threads.awaitNone();
    }
  }

  @Test
  void aSecondCallerWaitsForTheFirst() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    CountDownLatch closing = new CountDownLatch(1);
    SplitFactory factory = heldOpen(closing, released, LONG);
    Thread first = started(factory::destroy);
    assertThat(closing.await(10, TimeUnit.SECONDS)).isTrue();

    Thread second = started(factory::destroy);
    CompletableFuture<Void> third = factory.destroyAsync();
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> second.getState() == Thread.State.TIMED_WAITING);
    assertThat(third).isNotDone();

    released.countDown();
    first.join(10_000);
    second.join(10_000);
    assertThat(List.of(first.isAlive(), second.isAlive())).containsOnly(false);
    assertThat(third).succeedsWithin(LONG);
  }

  @Test
  void aSecondCallerWaitsNoLongerThanTheEndMayTake() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    CountDownLatch closing = new CountDownLatch(1);
    SplitFactory factory = heldOpen(closing, released, Duration.ofMillis(50));
    Thread first = started(factory::destroy);
    assertThat(closing.await(10, TimeUnit.SECONDS)).isTrue();

    factory.destroy();

    assertThat(first.isAlive()).isTrue();
    released.countDown();
    first.join(10_000);
  }

  @Test
  void aListenerThatDestroysWhileItIsWaitedForDoesNotWaitItself() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch ending = new CountDownLatch(1);
    SplitFactory factory =
        sdk(
            CONFIG
                .withShutdownTimeout(LONG)
                .withImpressionListener(
                    impression -> {
                      entered.countDown();
                      awaitStubbornly(ending);
                      destroyOwn();
                    }));
    factory.client().getTreatment("u", "f");
    assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
    Thread first = started(factory::destroy);
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> first.getState() == Thread.State.TIMED_WAITING);

    long before = System.nanoTime();
    ending.countDown();
    first.join(10_000);

    assertThat(first.isAlive()).isFalse();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void aSourceThatDestroysTheInstanceWhileItIsClosedDoesNotWaitForItself() {
    SplitFactory factory =
        SplitFactory.create(
            new StubConnector().closing(this::destroyOwn), CONFIG.withShutdownTimeout(LONG));
    own.set(factory);

    long before = System.nanoTime();
    factory.destroy();

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void aFlagChangeListenerMayDestroyTheInstance() {
    InMemoryTreatments treatments = LocalhostConnector.treatments(Map.of());
    SplitFactory factory =
        SplitFactory.create(
            treatments,
            CONFIG.withShutdownTimeout(LONG).withFlagChangeListener(flags -> destroyOwn()));
    own.set(factory);

    treatments.set("f", "on");

    Awaitility.await().atMost(Duration.ofSeconds(10)).until(factory::isDestroyed);
    threads.awaitNone();
  }

  @Test
  void whatFollowsTheEndRunsOnNoThreadThatEndsIt() throws Exception {
    CountDownLatch followed = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    CountDownLatch closing = new CountDownLatch(1);
    SplitFactory factory = heldOpen(closing, released, LONG);
    Thread first = started(factory::destroy);
    assertThat(closing.await(10, TimeUnit.SECONDS)).isTrue();
    CompletableFuture<Void> after = factory.destroyAsync().thenRun(() -> awaitStubbornly(followed));

    released.countDown();
    first.join(10_000);

    assertThat(first.isAlive()).isFalse();
    assertThat(after).isNotDone();
    followed.countDown();
    assertThat(after).succeedsWithin(LONG);
  }

  @Test
  void theHealthOfADestroyedInstanceSaysSo() {
    SplitFactory factory = sdk(CONFIG);
    assertThat(factory.health().status()).isEqualTo(SdkStatus.READY);

    factory.destroy();

    assertThat(factory.health().status()).isEqualTo(SdkStatus.DESTROYED);
    assertThat(factory.health().status().evaluates()).isFalse();
    assertThat(factory.status()).isEqualTo(SdkStatus.DESTROYED);
  }
}
