package io.splitio.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Waiting that is in vain for a while. */
class WaitingTest {
  private final IllegalStateException first = new IllegalStateException("first");
  private final IllegalStateException second = new IllegalStateException("second");

  private final Waiting waiting = new Waiting();

  private static void failsWith(CompletableFuture<Void> future, Exception why) {
    assertThat(future).isCompletedExceptionally();
    assertThat(future.handle((done, failure) -> failure).join()).isSameAs(why);
  }

  @Test
  void whoAsksAfterAWishWaitsForTheAttempt() {
    waiting.isInVain(first);
    waiting.doubt();
    CompletableFuture<Void> asked = waiting.future();
    assertThat(asked).isNotDone();
    waiting.lift();
    assertThat(waiting.future()).isSameAs(asked);
    waiting.doubt();
    waiting.uphold(); // a wish that came later started nothing
    assertThat(asked).isNotDone();
    waiting.isInVain(second);
    failsWith(asked, second);
    failsWith(waiting.future(), second);
  }

  @Test
  void whoAskedIsToldWhenThereIsNoAttempt() {
    waiting.isInVain(first);
    waiting.doubt();
    CompletableFuture<Void> asked = waiting.future();
    waiting.uphold();
    failsWith(asked, first);
    failsWith(waiting.future(), first);
  }

  @Test
  void whoWaitsWhileNothingIsInVainGoesOnWaiting() {
    CompletableFuture<Void> before = waiting.future();
    waiting.doubt();
    waiting.uphold();
    waiting.doubt();
    waiting.lift();
    assertThat(waiting.future()).isSameAs(before);
    waiting.end();
    assertThat(before).isCompleted();
  }

  @Test
  void aVerdictBetweenTheWishAndTheAttemptIsLiftedToo() {
    waiting.isInVain(first);
    waiting.doubt();
    waiting.isInVain(second);
    waiting.lift();
    assertThat(waiting.future()).isNotDone();
  }

  @Test
  void aVerdictOfAnEarlierAttemptIsNotToldToWhoAskedAfterAWish() {
    waiting.isInVain(first);
    waiting.doubt();
    CompletableFuture<Void> asked = waiting.future();
    waiting.isInVain(second);
    assertThat(asked).isNotDone();
    waiting.lift();
    assertThat(asked).isNotDone();
    waiting.end();
    assertThat(asked).isCompleted();
  }

  @Test
  void ofTwoWishesTheFirstTellsNothingWhileTheOtherIsOpen() {
    waiting.isInVain(first);
    waiting.doubt();
    waiting.doubt();
    CompletableFuture<Void> asked = waiting.future();
    waiting.uphold();
    assertThat(asked).isNotDone();
    waiting.uphold();
    failsWith(asked, first);
  }

  @Test
  void whoeverEndsItFirstIsRight() {
    waiting.end(first);
    waiting.end();
    failsWith(waiting.future(), first);
  }

  @Test
  void whatIsOverStaysSo() {
    waiting.isInVain(first);
    waiting.end();
    assertThat(waiting.future()).isCompleted();
    waiting.isInVain(second);
    waiting.doubt();
    waiting.lift();
    assertThat(waiting.future()).isCompleted();
  }

  @Test
  void theEndIsToldToWhoAskedAfterAWishAndLeavesNobodyElseWaiting() {
    waiting.isInVain(first);
    waiting.doubt();
    CompletableFuture<Void> asked = waiting.future();
    waiting.end(second);
    failsWith(asked, second);
    waiting.lift();
    assertThat(waiting.future()).isDone();
  }

  @Test
  void nobodyWaitsForEverWhoeverIsFirst() throws Exception {
    for (int i = 0; i < 500; i++) {
      Waiting raced = new Waiting();
      raced.isInVain(first);
      CountDownLatch go = new CountDownLatch(1);
      List<Thread> threads =
          List.of(
              racing(go, () -> wish(raced)),
              racing(go, i % 2 == 0 ? raced::end : () -> raced.end(second)),
              racing(go, () -> raced.isInVain(second)));
      go.countDown();
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(raced.future()).isDone();
      assertThat(raced.future().isCompletedExceptionally()).isEqualTo(i % 2 != 0);
    }
  }

  private static void wish(Waiting waiting) {
    waiting.doubt();
    waiting.lift();
  }

  private static Thread racing(CountDownLatch go, Runnable part) {
    Thread thread =
        new Thread(
            () -> {
              try {
                go.await();
                part.run();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    thread.start();
    return thread;
  }
}
