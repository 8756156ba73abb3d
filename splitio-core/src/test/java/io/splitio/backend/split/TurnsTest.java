package io.splitio.backend.split;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.net.Trouble;
import io.splitio.testing.LogCapture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final List<Fetch> asked = new ArrayList<>();
  private final List<CompletableFuture<Synced>> attempts = new ArrayList<>();
  private final Turns turns =
      new Turns(
          how -> {
            asked.add(how);
            attempts.add(new CompletableFuture<>());
            return attempts.get(attempts.size() - 1);
          });

  @Test
  void oneAttemptRunsAtATimeAndLateWishesShareTheNext() {
    CompletableFuture<Synced> first = turns.ask(Fetch.CACHED);
    CompletableFuture<Synced> second = turns.ask(Fetch.CACHED);
    CompletableFuture<Synced> third = turns.ask(Fetch.bypassing(30));
    CompletableFuture<Synced> fourth = turns.ask(Fetch.bypassing(20));
    assertThat(asked).containsExactly(Fetch.CACHED);
    attempts.get(0).complete(Synced.DONE);
    assertThat(first).isCompletedWithValue(Synced.DONE);
    assertThat(second).isNotDone();
    assertThat(asked).containsExactly(Fetch.CACHED, Fetch.bypassing(30));
    Synced failed = new Synced(new Trouble.Status(500, null));
    attempts.get(1).complete(failed);
    assertThat(List.of(second, third, fourth))
        .allSatisfy(answer -> assertThat(answer).isCompletedWithValue(failed));
    assertThat(asked).hasSize(2);
  }

  @Test
  void whileAnAttemptRunsItIsNotIdle() {
    assertThat(turns.idle()).isTrue();
    CompletableFuture<Synced> unused = turns.ask(Fetch.CACHED);
    assertThat(turns.idle()).isFalse();
    attempts.get(0).complete(Synced.DONE);
    assertThat(turns.idle()).isTrue();
  }

  @Test
  void whoAsksBecauseOfAnAnswerGetsAnAttemptOfTheirOwn() {
    CompletableFuture<Synced> again =
        turns.ask(Fetch.CACHED).thenCompose(done -> turns.ask(Fetch.FRESH));
    attempts.get(0).complete(Synced.DONE);
    assertThat(asked).containsExactly(Fetch.CACHED, Fetch.FRESH);
    assertThat(again).isNotDone();
    attempts.get(1).complete(Synced.DONE);
    assertThat(again).isCompletedWithValue(Synced.DONE);
  }

  @Test
  void anAttemptThatBreaksIsATroubleAndNotTheLast() {
    try (LogCapture log = LogCapture.warnings()) {
      CompletableFuture<Synced> first = turns.ask(Fetch.CACHED);
      CompletableFuture<Synced> second = turns.ask(Fetch.CACHED);
      attempts.get(0).completeExceptionally(new OutOfMemoryError("for the test"));
      attempts.get(1).complete(Synced.DONE);
      assertThat(first.join().trouble()).hasToString("unusable answer: java.lang.OutOfMemoryError");
      assertThat(second).isCompletedWithValue(Synced.DONE);
      assertThat(log.lines()).hasSize(1);
    }
  }

  @Test
  void anAttemptThatCannotEvenBeginIsATroubleToo() {
    Turns broken =
        new Turns(
            how -> {
              throw new IllegalStateException("a defect");
            });
    try (LogCapture log = LogCapture.warnings()) {
      assertThat(broken.ask(Fetch.CACHED).join().ok()).isFalse();
      assertThat(broken.ask(Fetch.CACHED).join().ok()).isFalse();
      assertThat(log.lines()).hasSize(2);
    }
  }
}
