package io.splitio.record;

import static io.splitio.record.RecorderFixture.event;
import static io.splitio.record.RecorderFixture.serve;
import static io.splitio.record.RecorderFixture.serveCounted;
import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.SdkHealth.Ledger;
import io.splitio.record.Delivery.Fate;
import io.splitio.testing.LogCapture;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The end of recording (protocol specification 12.1, reliability 3.5). */
class EndingTest {
  private final LogCapture log = LogCapture.warnings();
  private final RecorderFixture fixture = new RecorderFixture();

  @AfterEach
  void close() {
    log.close();
  }

  private static void fill(Recorder recorder) {
    serve(recorder, "u1", "f");
    serve(recorder, "u1", "f");
    serveCounted(recorder, "u2", "g");
    recorder.events().offer(event("u1"));
  }

  @Test
  void everythingIsSentInOrderAndUsageLast() {
    Recorder recorder = fixture.recorder();
    recorder.start();
    fill(recorder);
    fixture.close(recorder);

    assertThat(fixture.sinks.order())
        .containsExactly("config", "impressions", "counts", "keys", "events", "usage");
    assertThat(fixture.sinks.usages())
        .singleElement()
        .satisfies(
            report -> {
              assertThat(report.sessionMillis()).isEqualTo(100_000);
              assertThat(report.recorded().eventsQueued()).isEqualTo(1);
              assertThat(report.held().segmentKeys()).isEqualTo(4);
            });
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void whatWasRecordedBeforeReadyIsSentAtTheEnd() {
    Recorder recorder = fixture.recorder();
    fill(recorder);
    fixture.close(recorder);

    assertThat(fixture.sinks.order())
        .containsExactly("impressions", "counts", "keys", "events", "usage");
  }

  @Test
  void eachBatchIsTriedOnceAndTheLossIsSaidOnce() {
    fixture.bulk = 2;
    Recorder recorder = fixture.recorder();
    for (int i = 0; i < 5; i++) {
      recorder.events().offer(event("k" + i));
    }
    serveCounted(recorder, "u2", "g");
    fixture.sinks.always(Fate.TRY_AGAIN);
    fixture.close(recorder);

    assertThat(fixture.sinks.order())
        .containsExactly("counts", "keys", "events", "events", "events", "usage");
    assertThat(recorder.accounts().events())
        .extracting(Ledger::abandoned, Ledger::balances)
        .containsExactly(5L, true);
    assertThat(log.lines())
        .singleElement()
        .asString()
        .contains("0 impressions, counts of 1 more, 1 unique keys and 5 events");
  }

  @Test
  void aServiceThatNeverAnswersTakesNoLongerThanAllowed() {
    fixture.sinks.answering(what -> new CompletableFuture<>());
    ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
    Recorder recorder = fixture.recorder(scheduler);
    fill(recorder);
    long began = System.nanoTime();
    recorder.close(Duration.ofMillis(200));
    scheduler.shutdownNow();

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    assertThat(fixture.sinks.order()).contains("impressions", "counts", "keys", "events");
    assertThat(log.lines()).singleElement().asString().contains("1 impressions");
  }

  @Test
  void aChannelThatHangsLeavesTimeForTheLastReport() {
    fixture.sinks.answering(
        what ->
            what.equals("events")
                ? new CompletableFuture<>()
                : CompletableFuture.completedFuture(Delivery.of(Fate.DELIVERED)));
    ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
    Recorder recorder = fixture.recorder(scheduler);
    fill(recorder);
    recorder.close(Duration.ofSeconds(2));
    scheduler.shutdownNow();

    assertThat(fixture.sinks.order()).endsWith("usage");
  }

  @Test
  void whatWasUnderWayAtTheEndAndComesBackIsGivenUp() {
    CompletableFuture<Delivery> answer = fixture.sinks.thenLater();
    ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
    Recorder recorder = fixture.recorder(scheduler);
    recorder.events().offer(event("u1"));
    recorder.close(Duration.ofMillis(200));
    scheduler.shutdownNow();
    assertThat(recorder.accounts().events().queued()).isEqualTo(1);

    answer.complete(Delivery.of(Fate.TRY_AGAIN));

    assertThat(recorder.accounts().events())
        .extracting(Ledger::abandoned, Ledger::queued)
        .containsExactly(1L, 0L);
  }

  @Test
  void anInterruptEndsTheWaitingAndIsPassedOn() {
    fixture.sinks.answering(what -> new CompletableFuture<>());
    ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
    Recorder recorder = fixture.recorder(scheduler);
    fill(recorder);
    Thread.currentThread().interrupt();
    recorder.close(Duration.ofMinutes(5));
    scheduler.shutdownNow();

    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void afterTheEndNothingIsTakenAndNothingRemembered() {
    Recorder recorder = fixture.recorder();
    recorder.start();
    fixture.close(recorder);
    fill(recorder);
    recorder.start();
    recorder.resume();
    fixture.scheduler.advance(Duration.ofDays(1));

    assertThat(recorder.events().offer(event("late"))).isFalse();
    assertThat(recorder.accounts().events().late()).isEqualTo(2);
    assertThat(fixture.sinks.order()).containsExactly("config", "usage");
    assertThat(fixture.scheduler.waiting()).isZero();
  }

  @Test
  void anItemThatComesInWhileTheEndComesIsLateAndNotLost() {
    AtomicReference<Runnable> end = new AtomicReference<>(() -> {});
    Outbox<String> outbox =
        new Outbox<>(
            Outbox.Room.of("things", 10),
            item -> {
              end.get().run(); // between the look at the end and the item's way in
              return 0;
            },
            () -> {});
    assertThat(outbox.offer("in time")).isTrue();
    end.set(outbox::close);

    assertThat(outbox.offer("late")).isFalse();
    assertThat(outbox.take(10)).containsExactly("in time");
    assertThat(outbox.ledger())
        .extracting(Ledger::accepted, Ledger::late, Ledger::queued)
        .containsExactly(1L, 1L, 1L);
  }

  @Test
  void aTableTakesMemoryWhenUsedAndGivesItBack() {
    SeenTable table = new SeenTable(1_000, SeenTable.Tick.MOMENT);
    assertThat(table.inUse()).isFalse();
    assertThat(table.see(42, 1_001)).isEqualTo(SeenTable.NEVER);
    assertThat(table.inUse()).isTrue();
    table.close();
    assertThat(table.see(42, 1_002)).isEqualTo(SeenTable.NEVER);
    assertThat(table.inUse()).isFalse();
  }
}
