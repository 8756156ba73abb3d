package io.splitio.record;

import static io.splitio.record.RecorderFixture.event;
import static io.splitio.record.RecorderFixture.serve;
import static io.splitio.record.RecorderFixture.serveCounted;
import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.ImpressionMode;
import io.splitio.api.SdkHealth.Ledger;
import io.splitio.record.Delivery.Fate;
import io.splitio.testing.LogCapture;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When recorded data is sent, and what becomes of it (protocol specification 8.7, 8.8, 9.3). */
class FlushingTest {
  private final LogCapture log = LogCapture.warnings();
  private final RecorderFixture fixture = new RecorderFixture();

  @AfterEach
  void close() {
    log.close();
  }

  private void events(Recorder recorder, int count) {
    for (int i = 0; i < count; i++) {
      recorder.events().offer(event("k" + i));
    }
  }

  private Recorder started() {
    Recorder recorder = fixture.recorder();
    recorder.start();
    fixture.scheduler.runDue();
    return recorder;
  }

  @Test
  void nothingIsSentBeforeTheSdkIsReady() {
    Recorder recorder = fixture.recorder();
    events(recorder, 9_000);
    serve(recorder, "u", "f");
    fixture.scheduler.advance(Duration.ofHours(2));
    assertThat(fixture.sinks.order()).isEmpty();

    recorder.start();
    fixture.scheduler.runDue();
    assertThat(fixture.sinks.events()).hasSize(9_000);
  }

  @Test
  void eachKindHasItsPeriod() {
    Recorder recorder = started();
    assertThat(fixture.sinks.order()).containsExactly("config");
    fixture.mode = ImpressionMode.OPTIMIZED;
    events(recorder, 1);
    serve(recorder, "u", "f");
    serveCounted(recorder, "u", "g");

    fixture.scheduler.advance(Duration.ofSeconds(10));
    assertThat(fixture.sinks.order()).containsExactly("config", "events");
    fixture.scheduler.advance(Duration.ofMinutes(5));
    assertThat(fixture.sinks.order()).containsExactly("config", "events", "impressions");
    fixture.scheduler.advance(Duration.ofMinutes(10));
    assertThat(fixture.sinks.order()).endsWith("impressions", "keys");
    fixture.scheduler.advance(Duration.ofMinutes(15));
    assertThat(fixture.sinks.order()).endsWith("impressions", "keys", "counts");
    fixture.scheduler.advance(Duration.ofMinutes(30));
    assertThat(fixture.sinks.order()).endsWith("keys", "counts", "usage").hasSize(6);
  }

  @Test
  void aQueueThatIsFourFifthsFullIsSentEarly() {
    fixture.capacity = 100;
    Recorder recorder = started();
    events(recorder, 79);
    fixture.scheduler.runDue();
    assertThat(fixture.sinks.events()).isEmpty();

    events(recorder, 1);
    fixture.scheduler.runDue();
    assertThat(fixture.sinks.events()).hasSize(80);
  }

  @Test
  void bulksAreBoundedInNumberAndInBytes() {
    fixture.bulk = 10;
    Recorder recorder = started();
    events(recorder, 25);
    fixture.scheduler.advance(Duration.ofSeconds(10));
    assertThat(fixture.sinks.order()).containsExactly("config", "events", "events", "events");

    RecorderFixture large = new RecorderFixture();
    Recorder other = large.recorder();
    other.start();
    for (int i = 0; i < 250; i++) {
      other.events().offer(new Event("k", "user", "e", null, Map.of("p", "x".repeat(31_000)), 1));
    }
    large.scheduler.runDue();
    assertThat(large.sinks.order()).containsExactly("config", "events", "events");
    assertThat(large.sinks.events()).hasSize(250);
  }

  @Test
  void aPassingTroubleKeepsAllAndIsTriedAgainAfterAPause() {
    Recorder recorder = started();
    fixture.sinks.then(Fate.TRY_AGAIN, Fate.TRY_AGAIN);
    events(recorder, 3);
    fixture.scheduler.advance(Duration.ofSeconds(10));
    assertThat(recorder.accounts().events().queued()).isEqualTo(3);

    fixture.scheduler.advance(Duration.ofSeconds(1));
    fixture.scheduler.advance(Duration.ofSeconds(2));

    assertThat(fixture.pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    assertThat(fixture.sinks.events()).extracting(Event::key).containsExactly("k0", "k1", "k2");
    assertThat(log.lines()).singleElement().asString().contains("cannot be delivered");
  }

  @Test
  void aWishToTryAtOnceEndsThePause() {
    Recorder recorder = started();
    fixture.sinks.then(Fate.TRY_MUCH_LATER);
    events(recorder, 3);
    fixture.scheduler.advance(Duration.ofSeconds(10));
    assertThat(recorder.accounts().events().queued()).isEqualTo(3);

    recorder.retryNow();
    fixture.scheduler.runDue();

    assertThat(recorder.accounts().events().delivered()).isEqualTo(3);
  }

  @Test
  void aWishToTryAtOnceSendsNothingThatDidNotFail() {
    Recorder recorder = started();
    events(recorder, 3);

    recorder.retryNow();
    fixture.scheduler.runDue();

    assertThat(fixture.sinks.events()).isEmpty();
  }

  @Test
  void nothingElseShortensAPause() {
    fixture.capacity = 10;
    Recorder recorder = started();
    fixture.sinks.then(Fate.TRY_MUCH_LATER);
    events(recorder, 3);
    fixture.scheduler.advance(Duration.ofSeconds(10));
    events(recorder, 7);
    fixture.scheduler.advance(Duration.ofSeconds(299));
    assertThat(fixture.sinks.order()).containsExactly("config", "events");

    fixture.scheduler.advance(Duration.ofSeconds(1));
    assertThat(fixture.sinks.events()).hasSize(10);
  }

  @Test
  void theServicesWishIsHonoured() {
    Recorder recorder = started();
    fixture
        .sinks
        .thenLater()
        .complete(new Delivery(Fate.TRY_AGAIN, Duration.ofSeconds(90), "HTTP status 429"));
    events(recorder, 1);
    fixture.scheduler.advance(Duration.ofSeconds(10));

    assertThat(fixture.pauses).containsExactly(Duration.ofSeconds(90));
  }

  @Test
  void whatMayHaveArrivedIsGivenUpWhileTheRestOfItsBatchIsSentAgain() {
    Recorder recorder = started();
    fixture.sinks.thenLater().complete(Delivery.of(Fate.TRY_AGAIN).except(Set.of(0), Set.of(1)));
    events(recorder, 3);
    fixture.scheduler.advance(Duration.ofMinutes(1));

    assertThat(recorder.accounts().events())
        .extracting(Ledger::delivered, Ledger::abandoned, Ledger::queued, Ledger::balances)
        .containsExactly(2L, 1L, 0L, true);
    assertThat(fixture.sinks.events()).extracting(Event::key).containsExactly("k2");
  }

  @ParameterizedTest
  @CsvSource({"REFUSED, 2, 0", "DOUBTFUL, 0, 2"})
  void aBatchThatIsRefusedOrMayHaveArrivedIsSentOnceMoreAndThenGivenUp(
      Fate fate, long refused, long abandoned) {
    Recorder recorder = started();
    fixture.sinks.then(fate, fate);
    events(recorder, 2);
    fixture.scheduler.advance(Duration.ofSeconds(10));
    events(recorder, 1);
    fixture.scheduler.advance(Duration.ofSeconds(1));

    assertThat(recorder.accounts().events())
        .extracting(Ledger::refused, Ledger::abandoned, Ledger::delivered, Ledger::balances)
        .containsExactly(refused, abandoned, 1L, true);
    assertThat(fixture.sinks.events()).extracting(Event::key).containsExactly("k0");
  }

  @Test
  void whatMayHaveArrivedIsSentOnceMoreHoweverOftenItCannotBeSent() {
    Recorder recorder = started();
    fixture.sinks.then(Fate.DOUBTFUL, Fate.TRY_AGAIN, Fate.DOUBTFUL);
    events(recorder, 2);
    fixture.scheduler.advance(Duration.ofMinutes(1));

    assertThat(recorder.accounts().events())
        .extracting(Ledger::abandoned, Ledger::delivered, Ledger::queued)
        .containsExactly(2L, 0L, 0L);
    fixture.close(recorder);
    assertThat(log.lines()).noneMatch(line -> line.contains("The SDK ended before"));
  }

  @Test
  void aBatchThatIsTooLargeIsHalvedAtOnce() {
    fixture.bulk = 8;
    Recorder recorder = started();
    fixture.sinks.then(Fate.HALVE, Fate.HALVE);
    events(recorder, 8);
    fixture.scheduler.advance(Duration.ofSeconds(10));

    assertThat(fixture.sinks.events()).hasSize(8);
    assertThat(fixture.sinks.order())
        .containsExactly("config", "events", "events", "events", "events", "events");
    assertThat(fixture.pauses).isEmpty();
  }

  @Test
  void aSingleItemThatIsTooLargeIsDropped() {
    Recorder recorder = started();
    fixture.sinks.then(Fate.HALVE);
    events(recorder, 1);
    fixture.scheduler.advance(Duration.ofSeconds(10));

    assertThat(recorder.accounts().events())
        .extracting(Ledger::refused, Ledger::queued)
        .containsExactly(1L, 0L);
  }

  @Test
  void anItemThatCannotBeWrittenDownIsDroppedAlone() {
    Outbox<String> outbox = new Outbox<>(Outbox.Room.of("things", 100), item -> 0, () -> {});
    Flusher<String> flusher =
        new Flusher<>(
            new Flusher.Route<>(
                outbox,
                batch -> {
                  if (batch.contains("poison")) {
                    throw new IllegalStateException("no text for this");
                  }
                  return CompletableFuture.completedFuture(Delivery.of(Fate.DELIVERED));
                },
                new RecorderFixture.Never(),
                50,
                new Outflow.Refusals(() -> 0)),
            fixture.scheduler);
    for (int i = 0; i < 40; i++) {
      outbox.offer(i == 13 ? "poison" : "good");
    }
    flusher.start(Duration.ofSeconds(1));
    fixture.scheduler.advance(Duration.ofSeconds(1));

    assertThat(outbox.ledger())
        .extracting(Ledger::delivered, Ledger::refused)
        .containsExactly(39L, 1L);
  }

  @Test
  void aFullQueueRejectsTheNewestCountsItAndSaysSoOnce() {
    fixture.capacity = 5;
    Recorder recorder = fixture.recorder();
    events(recorder, 8);

    assertThat(recorder.accounts().events())
        .extracting(Ledger::accepted, Ledger::full)
        .containsExactly(5L, 3L);
    fixture.close(recorder);
    assertThat(fixture.sinks.events()).extracting(Event::key).endsWith("k4");
    assertThat(log.lines())
        .singleElement()
        .asString()
        .contains("3 events found no room and are lost; there is room for 5");
  }

  @Test
  void whatIsUnderWayTakesRoomInTheQueue() {
    fixture.capacity = 5;
    Recorder recorder = started();
    CompletableFuture<Delivery> later = fixture.sinks.thenLater();
    events(recorder, 4);
    fixture.scheduler.advance(Duration.ofSeconds(10));
    events(recorder, 2);
    assertThat(recorder.accounts().events().full()).isEqualTo(1);

    later.complete(Delivery.of(Fate.TRY_AGAIN));
    fixture.scheduler.advance(Duration.ofSeconds(1));
    assertThat(fixture.sinks.events())
        .extracting(Event::key)
        .containsExactly("k0", "k1", "k2", "k3", "k0");
  }

  @Test
  void countsAndKeysComeBackAfterAFailure() {
    Recorder recorder = started();
    serveCounted(recorder, "u1", "g");
    fixture.sinks.then(Fate.TRY_AGAIN);
    fixture.scheduler.advance(Duration.ofMinutes(15));
    fixture.scheduler.advance(Duration.ofSeconds(1));
    fixture.sinks.then(Fate.TRY_AGAIN);
    fixture.scheduler.advance(Duration.ofMinutes(15));
    fixture.scheduler.advance(Duration.ofSeconds(1));

    assertThat(fixture.sinks.keyBatches())
        .containsExactly(List.of(new Sinks.Keys("g", List.of("u1"))));
    assertThat(fixture.sinks.counts()).singleElement().extracting(Sinks.Count::count).isEqualTo(1L);
  }

  @Test
  void fiveThousandKeysAreSentEarlyAndInRequestsOfThatSize() {
    fixture.mode = ImpressionMode.NONE;
    Recorder recorder = started();
    for (int i = 0; i < 4_999; i++) {
      serve(recorder, "k" + i, "f" + i % 3);
    }
    fixture.scheduler.runDue();
    assertThat(fixture.sinks.keyBatches()).isEmpty();
    for (int i = 4_999; i < 12_000; i++) {
      serve(recorder, "k" + i, "f" + i % 3);
    }
    fixture.scheduler.runDue();
    assertThat(fixture.sinks.keyBatches()).hasSize(2);
    fixture.scheduler.advance(Duration.ofMinutes(15));

    assertThat(fixture.sinks.keyBatches())
        .extracting(batch -> batch.stream().mapToInt(keys -> keys.keys().size()).sum())
        .containsExactly(5_000, 5_000, 2_000);
  }

  @Test
  void suspendingSendsWhatWaitsAndLeavesNoTimer() {
    Recorder recorder = started();
    events(recorder, 2);
    serve(recorder, "u", "f");
    fixture.suspend(recorder);

    assertThat(fixture.sinks.order()).containsExactly("config", "impressions", "events");
    assertThat(fixture.scheduler.waiting()).isZero();
  }

  @Test
  void whatHappensWhileSuspendedWaitsForTheResumption() {
    Recorder recorder = started();
    fixture.suspend(recorder);
    recorder.start();
    events(recorder, 2);
    fixture.scheduler.advance(Duration.ofDays(1));
    assertThat(fixture.sinks.events()).isEmpty();

    recorder.resume();
    fixture.scheduler.advance(Duration.ofSeconds(10));
    assertThat(fixture.sinks.events()).hasSize(2);
  }

  @Test
  void whatCannotBeSentWhileSuspendingIsKept() {
    Recorder recorder = started();
    fixture.sinks.then(Fate.TRY_AGAIN);
    events(recorder, 2);
    fixture.suspend(recorder);
    assertThat(recorder.accounts().events().queued()).isEqualTo(2);
    assertThat(fixture.scheduler.waiting()).isZero();

    recorder.resume();
    fixture.scheduler.advance(Duration.ofSeconds(10));
    assertThat(fixture.sinks.events()).hasSize(2);
    assertThat(recorder.accounts().events().abandoned()).isZero();
  }
}
