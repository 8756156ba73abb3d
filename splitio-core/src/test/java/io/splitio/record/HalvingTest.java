package io.splitio.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.SdkHealth.Ledger;
import io.splitio.record.Delivery.Fate;
import io.splitio.testing.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** How the items that are in the way of the others are found (protocol specification 8.8). */
class HalvingTest {
  private static final Duration PERIOD = Duration.ofSeconds(10);

  private final ManualScheduler scheduler = new ManualScheduler();
  private final Outbox<String> outbox =
      new Outbox<>(Outbox.Room.of("things", 20_000), item -> 0, () -> {});
  private final List<Integer> delivered = new ArrayList<>();

  private void flush(int bulk, Flusher.Sender<String> sender) {
    Flusher<String> flusher =
        new Flusher<>(
            new Flusher.Route<>(
                outbox, sender, new RecorderFixture.Never(), bulk, new Outflow.Refusals(() -> 0)),
            scheduler);
    flusher.start(PERIOD);
    scheduler.advance(PERIOD);
  }

  private CompletableFuture<Delivery> delivered(List<String> batch) {
    delivered.add(batch.size());
    return CompletableFuture.completedFuture(Delivery.of(Fate.DELIVERED));
  }

  private Flusher.Sender<String> unless(Predicate<List<String>> bad, Error failure) {
    return batch -> {
      if (bad.test(batch)) {
        throw failure;
      }
      return delivered(batch);
    };
  }

  private void offer(int count, String prefix) {
    for (int i = 0; i < count; i++) {
      outbox.offer(prefix + i);
    }
  }

  @Test
  void anItemThatOverflowsTheStackIsDroppedAlone() {
    offer(30, "a");
    outbox.offer("deep");
    offer(30, "b");

    flush(50, unless(batch -> batch.contains("deep"), new StackOverflowError("on purpose")));

    assertThat(outbox.ledger())
        .extracting(Ledger::delivered, Ledger::refused, Ledger::queued)
        .containsExactly(60L, 1L, 0L);
  }

  @Test
  void whatFollowsACulpritGoesInFullBulksAgain() {
    outbox.offer("bad");
    offer(12_000, "good");

    flush(5_000, unless(batch -> batch.contains("bad"), new AssertionError("on purpose")));

    assertThat(delivered).containsExactly(5_000, 5_000, 2_000);
  }

  @Test
  void bulksGrowAgainWhenOnlySomeWereTooLarge() {
    offer(40, "large");
    offer(960, "small");

    flush(
        500,
        batch ->
            batch.size() > 20 && batch.get(0).startsWith("large")
                ? CompletableFuture.completedFuture(Delivery.of(Fate.HALVE))
                : delivered(batch));

    assertThat(delivered.stream().mapToInt(Integer::intValue).sum()).isEqualTo(1_000);
    assertThat(delivered).hasSizeLessThan(12);
  }

  @Test
  void memoryThatIsShortForAMomentDropsNothing() {
    offer(10, "k");
    boolean[] shortOfIt = {true};
    RecorderFixture fixture = new RecorderFixture();
    Flusher<String> flusher =
        new Flusher<>(
            new Flusher.Route<>(
                outbox,
                batch -> {
                  if (shortOfIt[0]) {
                    shortOfIt[0] = false;
                    throw new OutOfMemoryError("on purpose");
                  }
                  return delivered(batch);
                },
                fixture.pause(),
                50,
                new Outflow.Refusals(() -> 0)),
            scheduler);
    flusher.start(PERIOD);
    scheduler.advance(PERIOD);
    scheduler.advance(Duration.ofSeconds(1));

    assertThat(delivered).containsExactly(10);
  }
}
