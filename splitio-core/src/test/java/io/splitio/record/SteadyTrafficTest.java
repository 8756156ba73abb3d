package io.splitio.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.record.Delivery.Fate;
import io.splitio.testing.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes in while a batch is under way waits for its time, whatever becomes of the batch. */
class SteadyTrafficTest {
  private static final Duration PERIOD = Duration.ofSeconds(10);
  private static final int ENOUGH = 50; // sends, where a few are right
  private static final Delivery DELIVERED = Delivery.of(Fate.DELIVERED);

  private final ManualScheduler scheduler = new ManualScheduler();
  private final Outbox<String> outbox =
      new Outbox<>(Outbox.Room.of("things", 1_000), item -> 0, () -> {});
  private int sends;

  static Stream<Delivery> wholes() {
    return Stream.of(
        DELIVERED,
        DELIVERED.except(Set.of(0, 1, 2, 3), Set.of()),
        DELIVERED.except(Set.of(0, 1), Set.of()),
        Delivery.of(Fate.LOST),
        Delivery.of(Fate.LOST).except(Set.of(0, 1, 2), Set.of()),
        Delivery.of(Fate.LOST).except(Set.of(0), Set.of(1, 2, 3)));
  }

  private <T> Flusher<T> flusher(Flusher.Stock<T> stock, Flusher.Sender<T> sender) {
    return flusher(stock, sender, new RecorderFixture.Never());
  }

  private <T> Flusher<T> flusher(
      Flusher.Stock<T> stock, Flusher.Sender<T> sender, Recorder.Pause pause) {
    return new Flusher<>(
        new Flusher.Route<>(stock, sender, pause, 50, new Outflow.Refusals(() -> 0)), scheduler);
  }

  /** Tells what became of the first batch, and for a while has as much come in as goes out. */
  private Flusher<String> fed(Delivery first) {
    return flusher(
        outbox,
        batch -> {
          if (++sends < ENOUGH) {
            batch.forEach(item -> outbox.offer("another"));
          }
          return CompletableFuture.completedFuture(sends == 1 ? first : DELIVERED);
        });
  }

  private void offer(int count) {
    for (int i = 0; i < count; i++) {
      outbox.offer("thing" + i);
    }
  }

  @ParameterizedTest
  @MethodSource("wholes")
  void oneBatchIsSentInOnePeriod(Delivery delivery) {
    offer(4);
    fed(delivery).start(PERIOD);
    scheduler.advance(PERIOD);
    assertThat(sends).isEqualTo(1);

    scheduler.advance(PERIOD);
    assertThat(sends).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("wholes")
  void anInstanceThatIsLaidToRestSendsWhatThereWasAndNoMore(Delivery delivery) {
    offer(4);
    CompletableFuture<Void> emptied = fed(delivery).empty();
    scheduler.runDue();

    assertThat(emptied).isCompleted();
    assertThat(sends).isEqualTo(1);
  }

  @Test
  void ofABatchThatIsTooLargeInPartsOnlyTheRestGoesAgain() {
    offer(8);
    fed(Delivery.of(Fate.HALVE).except(Set.of(0, 1, 2, 3), Set.of())).start(PERIOD);
    scheduler.advance(PERIOD);

    assertThat(sends).isEqualTo(3); // four are left: two go, and then as many as four
  }

  /** Else one request of five that fails for long would end in pauses of a minute for all. */
  @Test
  void pausesDoNotGrowAsLongAsSomeOfEachBatchIsTaken() {
    Growing pause = new Growing();
    Delivery half = Delivery.of(Fate.TRY_AGAIN).except(Set.of(0), Set.of());
    Flusher<String> flusher =
        new Flusher<>(
            new Flusher.Route<>(
                outbox,
                batch -> {
                  sends++;
                  return CompletableFuture.completedFuture(
                      batch.size() > 1 ? half : Delivery.of(Fate.TRY_AGAIN));
                },
                pause,
                50,
                new Outflow.Refusals(() -> 0)),
            scheduler);
    offer(4);
    flusher.start(PERIOD);
    scheduler.advance(PERIOD.plusSeconds(3));
    assertThat(sends).isEqualTo(4); // of four, of three, of two, of the last
    assertThat(pause.waits).containsExactly(1L, 1L, 1L, 2L);
  }

  /**
   * Else one document that is never taken, or one server of several that is down, costs the rest.
   */
  @Test
  void whileMuchWaitsWhatIsNotTakenHoldsUpTheOthersForAMomentOnly() {
    Growing pause = new Growing();
    Flusher<String> flusher =
        new Flusher<>(
            new Flusher.Route<>(
                outbox,
                batch -> {
                  sends++;
                  Set<Integer> others =
                      IntStream.range(1, batch.size()).boxed().collect(Collectors.toSet());
                  return CompletableFuture.completedFuture(
                      Delivery.of(Fate.TRY_AGAIN).except(others, Set.of()));
                },
                pause,
                50,
                new Outflow.Refusals(() -> 0)),
            scheduler);
    offer(500);
    flusher.start(PERIOD);
    scheduler.advance(PERIOD.plusMillis(19));
    assertThat(sends).isEqualTo(1);
    scheduler.advance(Duration.ofMillis(1));
    assertThat(sends).isEqualTo(2);

    scheduler.advance(Duration.ofMillis(160));
    assertThat(sends).isEqualTo(10);
    assertThat(outbox.size()).isEqualTo(10); // no whole batch any more
    assertThat(pause.waits).containsExactly(1L);
    scheduler.advance(Duration.ofMillis(900));
    assertThat(sends).isEqualTo(10);
  }

  /** As many as a batch holds are never taken: they must not end up as all that is sent. */
  @Test
  void whatIsNeverTakenIsNotAllThatIsSentInTheEnd() {
    Flusher<String> flusher =
        flusher(
            outbox,
            batch -> {
              Set<Integer> taken =
                  IntStream.range(0, batch.size())
                      .filter(place -> !batch.get(place).startsWith("never"))
                      .boxed()
                      .collect(Collectors.toSet());
              boolean all = taken.size() == batch.size();
              return CompletableFuture.completedFuture(
                  all ? DELIVERED : Delivery.of(Fate.TRY_AGAIN).except(taken, Set.of()));
            },
            new Growing());
    for (int i = 0; i < 500; i++) {
      outbox.offer((i % 5 == 0 ? "never" : "thing") + i);
    }
    flusher.start(PERIOD);
    scheduler.advance(PERIOD.plusSeconds(2));

    assertThat(outbox.ledger().delivered()).isEqualTo(400);
    assertThat(outbox.size()).isEqualTo(100);
  }

  /** What is understood meanwhile is no reason to be left alone. */
  @Test
  void whileMuchWaitsWhatIsRefusedHoldsUpTheOthersForAMomentOnly() {
    Growing pause = new Growing();
    Flusher<String> flusher =
        flusher(
            outbox,
            batch -> {
              Set<Integer> taken =
                  IntStream.range(1, batch.size()).boxed().collect(Collectors.toSet());
              return CompletableFuture.completedFuture(
                  Delivery.of(Fate.REFUSED).except(taken, Set.of()));
            },
            pause);
    offer(500);
    flusher.start(PERIOD);
    scheduler.advance(PERIOD.plusMillis(9 * 20));

    assertThat(outbox.ledger().refused()).isEqualTo(9);
    assertThat(outbox.size()).isEqualTo(1); // no whole batch any more
    assertThat(pause.waits).containsExactly(1L);
  }

  @Test
  void countersOfFlagsThatNobodyAsksForDoNotHaveTheOthersSentAgain() {
    ImpressionCounts counts = new ImpressionCounts(() -> RecorderFixture.START);
    for (int i = 0; i < 30; i++) {
      counts.count("quiet" + i, RecorderFixture.START);
    }
    Flusher<Sinks.Count> flusher =
        flusher(
            counts,
            batch -> {
              if (++sends < ENOUGH) {
                counts.count("busy", RecorderFixture.START);
              }
              return CompletableFuture.completedFuture(DELIVERED);
            });
    flusher.start(PERIOD);
    scheduler.advance(PERIOD);
    assertThat(sends).isEqualTo(1);

    scheduler.advance(PERIOD);
    assertThat(sends).isEqualTo(2);
  }

  @Test
  void countsAreWaitingOrUnderWayOrGone() {
    ImpressionCounts counts = new ImpressionCounts(() -> RecorderFixture.START);
    counts.count("f", RecorderFixture.START);
    counts.count("g", RecorderFixture.START);
    assertThat(counts.size()).isEqualTo(2);

    List<Sinks.Count> batch = counts.take(10);
    counts.count("g", RecorderFixture.START);
    assertThat(counts.size()).isEqualTo(3);
    counts.keep(batch.subList(0, 1));
    counts.delivered(batch.subList(1, 2));

    assertThat(counts.size()).isBetween(1, 2); // whichever of them came back
    counts.delivered(counts.take(10));
    assertThat(counts.size()).isZero();
  }

  /** Twice as long each time, whatever went well in the last minute, as in the SDK. */
  private static final class Growing implements Recorder.Pause {
    private final List<Long> waits = new ArrayList<>();
    private long seconds = 1;

    @Override
    public Duration next(Delivery delivery) {
      waits.add(seconds);
      Duration wait = Duration.ofSeconds(seconds);
      seconds *= 2;
      return wait;
    }

    @Override
    public void over() {}

    @Override
    public void partly() {
      seconds = 1;
    }
  }
}
