package io.splitio.record;

import static io.splitio.record.RecorderFixture.event;
import static io.splitio.record.RecorderFixture.serve;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.api.Impression;
import io.splitio.api.ImpressionListener;
import io.splitio.record.Delivery.Fate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Recording that is laid to rest while something is under way. */
class SuspensionTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  private final RecorderFixture fixture = new RecorderFixture();
  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);

  @AfterEach
  void close() {
    scheduler.shutdownNow();
  }

  private static Thread started(Runnable task) {
    Thread thread = new Thread(task, "suspending-in-a-test");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static boolean waits(Thread thread) {
    return thread.getState() == Thread.State.TIMED_WAITING;
  }

  @Test
  void whatCameInWhileABatchWasUnderWayIsSentBeforeTheRest() {
    Outbox<String> outbox = new Outbox<>(Outbox.Room.of("things", 20), item -> 0, () -> {});
    CompletableFuture<Delivery> later = new CompletableFuture<>();
    Flusher<String> flusher =
        new Flusher<>(
            new Flusher.Route<>(
                outbox,
                batch -> later,
                new RecorderFixture.Never(),
                10,
                new Outflow.Refusals(() -> 0)),
            fixture.scheduler);
    flusher.start(Duration.ofSeconds(10));
    outbox.offer("first");
    fixture.scheduler.advance(Duration.ofSeconds(10));
    outbox.offer("then");
    CompletableFuture<Void> empty = flusher.empty();
    later.complete(Delivery.of(Fate.DELIVERED));
    fixture.scheduler.runDue();

    assertThat(empty).isDone();
    assertThat(outbox.ledger().queued()).isZero();
  }

  @Test
  void theEndDoesNotWaitForASuspensionAndLetsItGo() throws InterruptedException {
    fixture.sinks.answering(what -> new CompletableFuture<>());
    Recorder recorder = fixture.recorder(scheduler);
    recorder.start();
    recorder.events().offer(event("k"));
    Thread suspending = started(() -> recorder.suspend(Duration.ofMinutes(10)));
    await().atMost(SOON).until(() -> waits(suspending));
    recorder.close(Duration.ofMillis(50));
    suspending.join(SOON.toMillis());

    assertThat(suspending.isAlive()).isFalse();
  }

  @Test
  void aListenerThatOutlastsASuspensionIsNotJoinedByASecondThread() {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    AtomicInteger heard = new AtomicInteger();
    AtomicInteger closed = new AtomicInteger();
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    fixture.listeners =
        List.of(
            new ImpressionListener() {
              @Override
              public void log(Impression impression) {
                threads.add(Thread.currentThread());
                entered.countDown();
                awaitQuietly(released);
                heard.incrementAndGet();
              }

              @Override
              public void close() {
                closed.incrementAndGet();
              }
            });
    Recorder recorder = fixture.recorder(scheduler);
    recorder.start();
    serve(recorder, "u", "f");
    awaitQuietly(entered);
    recorder.suspend(Duration.ofMillis(20));
    recorder.resume();
    released.countDown();
    for (int i = 0; i < 50; i++) {
      serve(recorder, "u" + i, "f");
    }
    recorder.close(SOON);

    assertThat(heard).hasValue(51);
    assertThat(threads).hasSize(1);
    assertThat(closed).hasValue(1);
  }

  @Test
  void listenersGoOnAfterEachRest() {
    AtomicInteger heard = new AtomicInteger();
    fixture.listeners = List.of(impression -> heard.incrementAndGet());
    Recorder recorder = fixture.recorder(scheduler);
    recorder.start();
    for (int i = 1; i <= 20; i++) {
      recorder.suspend(SOON);
      serve(recorder, "u" + i, "f");
      recorder.resume();
      int all = i;
      await().atMost(SOON).pollInterval(Duration.ofMillis(1)).until(() -> heard.get() == all);
    }
    recorder.close(SOON);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
