package io.splitio.backend.split;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.backend.Lane;
import io.splitio.net.Trouble;
import io.splitio.testing.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PollingTest {
  private static final Duration PERIOD = Duration.ofSeconds(30);

  private final ManualScheduler scheduler = new ManualScheduler();
  private final long start = scheduler.clock().millis();
  private final Lane lane = new Lane(scheduler);
  private final List<Long> rounds = new ArrayList<>();
  private CompletableFuture<Synced> answer = CompletableFuture.completedFuture(Synced.DONE);
  private final Polling polling = new Polling(lane, PERIOD, this::round);

  private CompletableFuture<Synced> round() {
    rounds.add(scheduler.clock().millis() - start);
    return answer;
  }

  private void on(Runnable task) {
    lane.execute(task);
    scheduler.runDue();
  }

  private void pass(Duration time) {
    scheduler.advance(time);
  }

  private void trouble(int status, Duration wish) {
    answer = CompletableFuture.completedFuture(new Synced(new Trouble.Status(status, wish)));
  }

  private List<Long> pauses() {
    List<Long> pauses = new ArrayList<>();
    for (int i = 1; i < rounds.size(); i++) {
      pauses.add(rounds.get(i) - rounds.get(i - 1));
    }
    return pauses;
  }

  @Test
  void theFirstRoundIsAPeriodAway() {
    on(polling::start);
    assertThat(rounds).isEmpty();
    pass(Duration.ofSeconds(33));
    assertThat(rounds).hasSize(1);
    assertThat(rounds.get(0)).isBetween(27_000L, 33_000L);
  }

  @Test
  void pausesAreWithinATenthOfThePeriodAndDiffer() {
    on(polling::start);
    pass(Duration.ofHours(2));
    assertThat(pauses())
        .hasSizeGreaterThan(200)
        .allMatch(pause -> pause >= 27_000 && pause <= 33_000);
    assertThat(pauses()).anyMatch(pause -> pause < 28_500).anyMatch(pause -> pause > 31_500);
  }

  @Test
  void aPeriodMayBeLongerThanAnybodyLives() {
    Polling seldom = new Polling(lane, Duration.ofSeconds(Long.MAX_VALUE), this::round);
    on(seldom::start);
    pass(Duration.ofDays(365));
    assertThat(scheduler.waiting()).isEqualTo(1);
    assertThat(rounds).isEmpty();
  }

  @Test
  void startingTwiceIsStartingOnce() {
    on(polling::start);
    on(polling::start);
    assertThat(scheduler.waiting()).isEqualTo(1);
  }

  @Test
  void aStopLeavesNothing() {
    on(polling::start);
    on(polling::stop);
    assertThat(scheduler.waiting()).isZero();
    pass(Duration.ofHours(1));
    assertThat(rounds).isEmpty();
  }

  @Test
  void aRoundUnderWayAtAStopIsNotFollowedByAnother() {
    answer = new CompletableFuture<>();
    on(polling::start);
    pass(Duration.ofSeconds(33));
    on(polling::stop);
    on(() -> answer.complete(Synced.DONE));
    assertThat(scheduler.waiting()).isZero();
  }

  @Test
  void thePauseBeginsWhenTheRoundEnds() {
    answer = new CompletableFuture<>();
    on(polling::start);
    pass(Duration.ofMinutes(10));
    assertThat(rounds).hasSize(1);
    on(() -> answer.complete(Synced.DONE));
    pass(Duration.ofSeconds(26));
    assertThat(rounds).hasSize(1);
    pass(Duration.ofSeconds(7));
    assertThat(rounds).hasSize(2);
  }

  @Test
  void aTroubleThatPassesChangesNothing() {
    trouble(500, null);
    on(polling::start);
    pass(Duration.ofHours(1));
    assertThat(pauses()).isNotEmpty().allMatch(pause -> pause >= 27_000 && pause <= 33_000);
  }

  @Test
  void theServiceIsLeftAloneForAsLongAsItAsks() {
    trouble(429, Duration.ofMinutes(2));
    on(polling::start);
    pass(Duration.ofHours(2));
    assertThat(pauses()).isNotEmpty().allMatch(pause -> pause >= 120_000 && pause <= 132_000);
  }

  @Test
  void aWishForLessThanThePeriodIsNoWish() {
    trouble(429, Duration.ofSeconds(1));
    on(polling::start);
    pass(Duration.ofHours(1));
    assertThat(pauses()).isNotEmpty().allMatch(pause -> pause >= 27_000);
  }

  @Test
  void aRefusedKeyIsTriedEveryFiveToSixtyMinutesUntilItIsAccepted() {
    trouble(401, null);
    on(polling::start);
    pass(Duration.ofHours(12));
    assertThat(pauses()).first().matches(pause -> pause >= 300_000 && pause <= 400_000);
    assertThat(pauses()).last().matches(pause -> pause >= 2_800_000 && pause <= 3_960_000);
    answer = CompletableFuture.completedFuture(Synced.DONE);
    pass(Duration.ofHours(3));
    assertThat(pauses()).last().matches(pause -> pause <= 33_000);
  }

  @Test
  void aWishToTryNowBeginsARoundAtOnceIfItPolls() {
    on(polling::hurry);
    assertThat(rounds).isEmpty();
    trouble(401, null);
    on(polling::start);
    pass(Duration.ofMinutes(2));
    assertThat(rounds).hasSize(1);
    answer = CompletableFuture.completedFuture(Synced.DONE);
    on(polling::hurry);
    assertThat(rounds).hasSize(2);
    assertThat(scheduler.waiting()).isEqualTo(1);
  }
}
