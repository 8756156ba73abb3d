package io.splitio.backend.featbit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Who learns what first, when the first definitions are taken in. */
class FeatBitStatusTest {
  private static final Duration LIMIT = Duration.ofSeconds(40);

  private final FeatBitStatus status = new FeatBitStatus(Clock.systemUTC());
  private final AtomicBoolean flags = new AtomicBoolean();

  @Test
  void whoWaitsForFlagsSeesTheState() {
    status.ok(() -> assertThat(status.current().type()).isEqualTo(FeatBitState.Type.OK), () -> {});
    assertThat(status.current().type()).isEqualTo(FeatBitState.Type.OK);
  }

  @Test
  void whoWaitsForTheStateSeesFlags() {
    CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(this::flagsWhenOk);
    status.ok(() -> releaseLate(waiting), () -> {});
    assertThat(waiting).succeedsWithin(LIMIT).isEqualTo(true);
  }

  private boolean flagsWhenOk() {
    try {
      return status.await(FeatBitState.Type.OK, LIMIT) && flags.get();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void releaseLate(CompletableFuture<Boolean> waiting) {
    await().during(Duration.ofMillis(100)).atMost(LIMIT).until(() -> !waiting.isDone());
    flags.set(true);
  }

  @Test
  void nobodyHearsOfAnythingAfterTheEnd() {
    List<FeatBitState.Type> heard = new CopyOnWriteArrayList<>();
    status.listen(state -> heard.add(state.type()));
    status.off();
    status.ok(() -> flags.set(true), () -> {});
    status.failedForGood(FeatBitState.ErrorType.REQUEST_INVALID, "of the test");
    assertThat(heard).containsExactly(FeatBitState.Type.OFF);
    assertThat(flags).isFalse();
  }

  @Test
  void whoWaitsAfterAWishIsToldWhenThereIsNoAttempt() {
    status.failedForGood(FeatBitState.ErrorType.REQUEST_INVALID, "of the test");
    status.doubt();
    CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(this::flagsWhenOk);
    await().during(Duration.ofMillis(100)).atMost(LIMIT).until(() -> !waiting.isDone());
    status.uphold();
    assertThat(waiting).succeedsWithin(LIMIT.dividedBy(2)).isEqualTo(false);
  }

  @Test
  void whatIsInVainStaysSoWhateverElseGoesWrong() {
    status.failedForGood(FeatBitState.ErrorType.REQUEST_INVALID, "of the test");
    status.interrupted(FeatBitState.ErrorType.NETWORK, "of the test");
    CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(this::flagsWhenOk);
    assertThat(waiting).succeedsWithin(LIMIT.dividedBy(2)).isEqualTo(false);
  }

  @Test
  void troubleOfAnEarlierAttemptIsNotToldToWhoWaitsAfterAWish() {
    status.doubt();
    CompletableFuture<Boolean> found = new CompletableFuture<>();
    Thread waiting = new Thread(() -> found.complete(flagsWhenOk()));
    waiting.start();
    await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
    status.failedForGood(FeatBitState.ErrorType.REQUEST_INVALID, "of the test");
    await().during(Duration.ofMillis(100)).atMost(LIMIT).until(() -> !found.isDone());
    status.lift();
    status.failedForGood(FeatBitState.ErrorType.REQUEST_INVALID, "of the test");
    assertThat(found).succeedsWithin(LIMIT.dividedBy(2)).isEqualTo(false);
  }

  @Test
  void aWishThatCameLaterTakesNothingFromTheAttempt() {
    status.failedForGood(FeatBitState.ErrorType.RUNTIME, "of the test");
    status.doubt();
    status.lift();
    status.doubt();
    status.uphold();
    CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(this::flagsWhenOk);
    await().during(Duration.ofMillis(100)).atMost(LIMIT).until(() -> !waiting.isDone());
    status.interrupted(FeatBitState.ErrorType.DATA_INVALID, "of the test");
    assertThat(waiting).succeedsWithin(LIMIT.dividedBy(2)).isEqualTo(false);
  }

  @Test
  void whoAsksWhileListenersAreToldIsAnswered() {
    CompletableFuture<FeatBitState> found = new CompletableFuture<>();
    status.listen(
        state ->
            found.complete(
                CompletableFuture.supplyAsync(status::current).orTimeout(20, SECONDS).join()));
    status.ok(() -> {}, () -> {});
    assertThat(found).isCompleted();
  }

  @Test
  void whatIsChangedWhileSomethingIsToldIsToldNext() {
    List<FeatBitState.Type> heard = new CopyOnWriteArrayList<>();
    status.listen(state -> heard.add(state.type()));
    status.ok(
        () -> {},
        () -> {
          status.interrupted(FeatBitState.ErrorType.NETWORK, "of the test");
          assertThat(CompletableFuture.runAsync(status::off)).succeedsWithin(LIMIT.dividedBy(2));
          assertThat(heard).isEmpty();
        });
    assertThat(heard)
        .containsExactly(
            FeatBitState.Type.OK, FeatBitState.Type.INTERRUPTED, FeatBitState.Type.OFF);
  }

  @Test
  void whoListensAfterAChangeHearsNothingOfIt() {
    List<FeatBitState.Type> heard = new CopyOnWriteArrayList<>();
    status.ok(() -> {}, () -> status.listen(state -> heard.add(state.type())));
    status.off();
    assertThat(heard).containsExactly(FeatBitState.Type.OFF);
  }

  @Test
  void whatCannotBeDoneAfterwardsKeepsNobodyFromHearing() {
    List<FeatBitState.Type> heard = new CopyOnWriteArrayList<>();
    status.listen(state -> heard.add(state.type()));
    assertThatThrownBy(
            () ->
                status.ok(
                    () -> {},
                    () -> {
                      throw new IllegalStateException("of the test");
                    }))
        .hasMessage("of the test");
    status.off();
    assertThat(heard).containsExactly(FeatBitState.Type.OK, FeatBitState.Type.OFF);
  }

  @Test
  void whoListensToTheStateSeesFlagsAndHearsOfItOnce() {
    List<Boolean> heard = new CopyOnWriteArrayList<>();
    status.listen(state -> heard.add(flags.get()));
    status.ok(() -> flags.set(true), () -> {});
    status.ok(() -> {}, () -> {});
    assertThat(heard).containsExactly(true);
  }
}
