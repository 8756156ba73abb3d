package io.splitio.record;

import static io.splitio.record.RecorderFixture.evaluation;
import static io.splitio.record.RecorderFixture.serve;
import static io.splitio.record.RecorderFixture.serveCounted;
import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.ImpressionMode;
import io.splitio.record.Delivery.Fate;
import io.splitio.testing.LogCapture;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is lost is counted, said, and not remembered as if it had been sent. */
class LossTest {
  private static final long HOUR = 3_600_000;

  private final LogCapture log = LogCapture.warnings();
  private final RecorderFixture fixture = new RecorderFixture();
  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);

  @AfterEach
  void close() {
    log.close();
    scheduler.shutdownNow();
  }

  private Recorder started() {
    Recorder recorder = fixture.recorder();
    recorder.start();
    fixture.scheduler.runDue();
    return recorder;
  }

  @Test
  void countsAndKeysThatAreUnderWayAtTheEndAreSaidToBeLost() {
    fixture.sinks.answering(
        what ->
            what.equals("counts") || what.equals("keys")
                ? new CompletableFuture<>()
                : CompletableFuture.completedFuture(Delivery.of(Fate.DELIVERED)));
    Recorder recorder = fixture.recorder(scheduler);
    recorder.start();
    for (int i = 0; i < 10; i++) {
      serveCounted(recorder, "u" + i, "g");
    }
    recorder.close(Duration.ofMillis(300));

    assertThat(log.lines())
        .singleElement()
        .asString()
        .contains("counts of 10 more, 10 unique keys");
  }

  @Test
  void aKeyThatTheServiceRefusedIsNewTheNextTime() {
    fixture.mode = ImpressionMode.NONE;
    Recorder recorder = started();
    fixture.sinks.then(Fate.REFUSED, Fate.REFUSED);
    serve(recorder, "u", "f");
    fixture.scheduler.advance(Duration.ofMinutes(16));
    assertThat(recorder.accounts().keysLost()).isEqualTo(1);

    serve(recorder, "u", "f");
    fixture.scheduler.advance(Duration.ofMinutes(15));

    assertThat(fixture.sinks.keyBatches())
        .containsExactly(List.of(new Sinks.Keys("f", List.of("u"))));
  }

  @Test
  void anImpressionThatFoundNoRoomIsNewTheNextTime() {
    fixture.capacity = 1;
    Recorder recorder = fixture.recorder();
    serve(recorder, "a", "f");
    serve(recorder, "b", "f");
    recorder.start();
    fixture.scheduler.advance(Duration.ofMinutes(6));
    serve(recorder, "b", "f");
    serve(recorder, "b", "f");
    fixture.close(recorder);

    assertThat(fixture.sinks.impressions())
        .extracting(Served::matchingKey)
        .containsExactly("a", "b");
    assertThat(fixture.sinks.counts()).extracting(Sinks.Count::count).containsExactly(1L);
  }

  @Test
  void inDebugWhatFoundNoRoomIsCountedAndNotRemembered() {
    fixture.mode = ImpressionMode.DEBUG;
    fixture.capacity = 1;
    Recorder recorder = fixture.recorder();
    serve(recorder, "a", "f");
    serve(recorder, "b", "f");
    serve(recorder, "c", "f", Map.of("page", "cart"));
    assertThat(recorder.accounts().impressions().dropped()).isEqualTo(2);
    recorder.start();
    fixture.scheduler.advance(Duration.ofMinutes(6));
    serve(recorder, "b", "f");
    fixture.close(recorder);

    assertThat(fixture.sinks.impressions())
        .extracting(Served::matchingKey)
        .containsExactly("a", "b");
    assertThat(fixture.sinks.impressions())
        .extracting(Served::previousTime)
        .containsExactly(null, null);
    assertThat(recorder.accounts().impressions().accepted()).isEqualTo(2);
  }

  @Test
  void aClockThatIsSetBackBehindTheStartSwitchesNothingOff() {
    Recorder recorder = fixture.recorder();
    serve(recorder, "u", "f");
    fixture.now -= 24 * HOUR;
    for (int hour = 0; hour < 10; hour++) {
      serve(recorder, "u", "f");
      fixture.now += HOUR;
    }
    fixture.close(recorder);

    assertThat(fixture.sinks.impressions()).hasSize(10); // the first one back is of the same hour
    assertThat(fixture.sinks.counts()).hasSize(10);
  }

  @Test
  void deDuplicationsAreCountedThoughCountsFindNoRoom() {
    Recorder recorder = fixture.recorder();
    serve(recorder, "u", "f");
    serve(recorder, "u", "f");
    for (int i = 0; i < ImpressionCounts.MOST + 1_000; i++) {
      serveCounted(recorder, "u", "flag-" + i);
    }

    assertThat(recorder.accounts().deduplicated()).isEqualTo(1);
  }

  @Test
  void whoeverRecordsWaitsForNobodyWhoTakes() throws InterruptedException {
    CountDownLatch taking = new CountDownLatch(1);
    CountDownLatch recorded = new CountDownLatch(1);
    Outbox<String> outbox =
        new Outbox<>(
            Outbox.Room.of("things", 10),
            item -> {
              if (Thread.currentThread().getName().equals("taker")) {
                taking.countDown();
                awaitQuietly(recorded);
              }
              return 1;
            },
            () -> {});
    outbox.offer("first");
    Thread taker = new Thread(() -> assertThat(outbox.take(1)).hasSize(1), "taker");
    taker.start();
    awaitQuietly(taking);
    Thread recording = new Thread(() -> outbox.offer("second"));
    recording.start();
    recording.join(10_000);
    boolean waits = recording.isAlive();
    recorded.countDown();
    taker.join();

    assertThat(waits).isFalse();
    assertThat(outbox.size()).isEqualTo(2);
  }

  @Test
  void whateverCanBeLongCountsTowardsTheRoomInBytes() {
    BigInteger huge = BigInteger.ONE.shiftLeft(3_000_000);
    Recorder recorder = fixture.recorder();
    for (int i = 0; i < 50; i++) {
      recorder.events().offer(new Event("k", "t".repeat(1 << 20), "e", null, Map.of(), 1));
    }
    assertThat(recorder.accounts().events().full()).isEqualTo(11);
    assertThat(recorder.accounts().events().accepted()).isEqualTo(39);

    for (Number number : List.of(huge, new BigDecimal(huge, 7))) {
      assertThat(new Event("k", "t", "e", null, Map.of("n", number), 1).weight())
          .isGreaterThan(1_000_000);
    }
  }

  @Test
  void aQueueThatIsFullInBytesSaysHowManyThereIsRoomFor() {
    Recorder recorder = fixture.recorder();
    for (int i = 0; i < 50; i++) {
      recorder.events().offer(new Event("k", "t".repeat(1 << 20), "e", null, Map.of(), 1));
    }
    fixture.close(recorder);

    assertThat(log.lines())
        .singleElement()
        .asString()
        .contains("11 events found no room", "room for 10000, and for 40 MiB");
  }

  /** While it stays full, every batch that is sent makes room for others that are then lost. */
  @Test
  void aQueueThatIsFullAgainAndAgainSaysSoOnceAMinute() {
    fixture.capacity = 5;
    Recorder recorder = fixture.recorder();
    recorder.start();
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 8; i++) {
        recorder.events().offer(new Event("k", "t", "e", null, Map.of(), 1));
      }
      fixture.scheduler.advance(Duration.ofMinutes(2)); // by which nothing here is a minute older
    }
    assertThat(recorder.accounts().events().delivered()).isEqualTo(15);
    fixture.close(recorder);

    assertThat(log.lines())
        .filteredOn(line -> line.contains("found no room"))
        .extracting(line -> line.substring(0, line.indexOf(" found")))
        .containsExactly("WARN 3 events", "WARN 6 events"); // the rest at the end
  }

  @Test
  void treatmentsAndLabelsAreToldApartThoughJavaGivesThemOneHash() {
    assertThat(Fingerprint.of("k", "f", evaluation("Aa")))
        .isNotEqualTo(Fingerprint.of("k", "f", evaluation("BB")));
  }

  @Test
  void anEndWithoutAnythingRecordedTakesNoTime() {
    List<Duration> times = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Recorder recorder = new RecorderFixture().recorder(scheduler);
      long began = System.nanoTime();
      recorder.close(Duration.ofSeconds(5));
      times.add(Duration.ofNanos(System.nanoTime() - began));
    }

    assertThat(times).anyMatch(time -> time.toMillis() < 45);
  }

  @Test
  void theFirstEvaluationDoesNotPayForTheTable() {
    fixture.mode = ImpressionMode.NONE;
    Recorder recorder = started();
    var management = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = management.getThreadAllocatedBytes(Thread.currentThread().getId());
    serve(recorder, "u", "f");
    long after = management.getThreadAllocatedBytes(Thread.currentThread().getId());

    assertThat(after - before).isLessThan(4 << 20); // the table has twice as much
  }

  @Test
  void aTableIsNotMadeAfterItsEnd() {
    SeenTable table = new SeenTable(1_000, SeenTable.Tick.MOMENT);
    table.prepare();
    assertThat(table.inUse()).isTrue();
    table.close();
    table.prepare();
    assertThat(table.inUse()).isFalse();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
