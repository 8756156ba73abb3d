package io.splitio.backend.split;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.backend.Lane;
import io.splitio.net.Trouble;
import io.splitio.testing.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When something announced is fetched: protocol specification 6.6.1 and 14.2. */
class PursuitTest {
  private static final Synced BROKEN = new Synced(new Trouble.Status(500, null));

  private final ManualScheduler scheduler = new ManualScheduler();
  private final Lane lane = new Lane(scheduler);
  private final Pace pace = new Pace(() -> millis() * 1_000_000);
  private final Prey prey = new Prey();
  private final Pursuit pursuit = new Pursuit(lane, pace, prey);

  private long millis() {
    return scheduler.clock().millis();
  }

  /** What is pursued; notes when it was asked for, with a plus where caches were passed by. */
  private final class Prey implements Pursuit.Quarry {
    private final List<String> asked = new ArrayList<>();
    private final long start = millis();
    private Synced answer = Synced.DONE;
    private @Nullable CompletableFuture<Synced> pending;
    private boolean caught;
    private int over;

    @Override
    public boolean caught() {
      return caught;
    }

    @Override
    public CompletableFuture<Synced> fetch(boolean bypassCaches) {
      asked.add((millis() - start) + (bypassCaches ? "+" : ""));
      return pending == null ? CompletableFuture.completedFuture(answer) : pending;
    }

    @Override
    public void over() {
      over++;
    }
  }

  private void start() {
    lane.execute(pursuit::start);
    scheduler.runDue();
  }

  private void pass(long seconds) {
    scheduler.advance(Duration.ofSeconds(seconds));
  }

  @Test
  void whatArrivesAtOnceIsAskedForOnce() {
    prey.pending = new CompletableFuture<>();
    start();
    prey.caught = true;
    lane.execute(() -> prey.pending.complete(Synced.DONE));
    pass(1_000);
    assertThat(prey.asked).containsExactly("0");
    assertThat(prey.over).isEqualTo(1);
  }

  @Test
  void whatIsThereAlreadyIsNotAskedFor() {
    prey.caught = true;
    start();
    assertThat(prey.asked).isEmpty();
    assertThat(prey.over).isEqualTo(1);
  }

  @Test
  void aStaleCacheIsAskedTenTimesAndThenPassedByTenTimes() {
    start();
    pass(10_000);
    assertThat(prey.asked)
        .containsExactly(
            "0", "50", "100", "150", "200", "250", "300", "350", "400", "450", "500+", "10500+",
            "30500+", "70500+", "130500+", "190500+", "250500+", "310500+", "370500+", "430500+");
    assertThat(prey.over).isEqualTo(1);
    assertThat(scheduler.waiting()).isZero();
  }

  @Test
  void anErrorIsNotRepeatedAtOnceAndNotTheEndEither() {
    prey.answer = BROKEN;
    start();
    pass(130);
    assertThat(prey.asked).containsExactly("0", "10000", "30000", "70000", "130000");
    pass(3_600);
    assertThat(prey.asked).hasSizeGreaterThan(60);
    prey.caught = true;
    pass(60);
    assertThat(prey.over).isEqualTo(1);
  }

  @Test
  void theServiceSaysHowLongToWait() {
    prey.answer = new Synced(new Trouble.Status(429, Duration.ofSeconds(45)));
    start();
    pass(20);
    lane.execute(pursuit::start);
    pass(24);
    assertThat(prey.asked).containsExactly("0");
    pass(1);
    assertThat(prey.asked).containsExactly("0", "45000");
  }

  @Test
  void aRefusedKeyIsTriedAgainAfterMinutes() {
    prey.answer = new Synced(new Trouble.Status(401, null));
    start();
    pass(301);
    assertThat(prey.asked).containsExactly("0", "300000");
  }

  @Test
  void anAddressThatIsTooLongIsNotTriedAgain() {
    prey.answer = new Synced(new Trouble.Status(414, null));
    start();
    pass(10_000);
    assertThat(prey.asked).containsExactly("0");
    assertThat(prey.over).isEqualTo(1);
  }

  @Test
  void aRaisedTargetBeginsAnewAndWaitsForNothing() {
    start();
    pass(11);
    assertThat(prey.asked).hasSize(12).last().isEqualTo("10500+");
    start();
    assertThat(prey.asked).last().isEqualTo("11000");
    scheduler.advance(Duration.ofMillis(50));
    assertThat(prey.asked).last().isEqualTo("11050");
  }

  @Test
  void aTargetRaisedWhileAskingIsAskedForNext() {
    CompletableFuture<Synced> first = new CompletableFuture<>();
    prey.pending = first;
    start();
    start();
    start();
    assertThat(prey.asked).containsExactly("0");
    prey.pending = null;
    prey.caught = false;
    lane.execute(() -> first.complete(Synced.DONE));
    scheduler.runDue();
    assertThat(prey.asked).containsExactly("0", "0");
  }

  @Test
  void newsDuringAnOutageIsNoReasonToHurryMuch() {
    prey.answer = BROKEN;
    start();
    for (int i = 0; i < 30; i++) {
      start();
      scheduler.advance(Duration.ofMillis(100));
    }
    assertThat(prey.asked).containsExactly("0", "500", "1000", "1500", "2000", "2500", "3000");
  }

  @Test
  void inAFloodThereAreTwoAttemptsASecond() {
    for (int i = 0; i < 1_000; i++) {
      pace.count();
      start();
      scheduler.advance(Duration.ofMillis(2));
    }
    assertThat(prey.asked.stream().filter(at -> Integer.parseInt(at) > 250)).hasSizeBetween(3, 4);
  }

  @Test
  void afterAStopNothingIsAsked() {
    start();
    lane.execute(pursuit::stop);
    pass(1_000);
    assertThat(prey.asked).containsExactly("0");
    assertThat(prey.over).isZero();
    assertThat(scheduler.waiting()).isZero();
  }

  @Test
  void anAnswerAfterAStopIsTheLast() {
    CompletableFuture<Synced> first = new CompletableFuture<>();
    prey.pending = first;
    start();
    lane.execute(pursuit::stop);
    lane.execute(() -> first.complete(Synced.DONE));
    pass(1_000);
    assertThat(prey.asked).hasSize(1);
    assertThat(prey.over).isZero();
  }
}
