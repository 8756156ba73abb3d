package io.splitio.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.testing.LogCapture;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The application's code, one task at a time, on a thread that may be hard to get. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AsideTest {
  private static final Duration LIMIT = Duration.ofSeconds(40);

  private final Queue<ThreadFactory> next = new ArrayDeque<>();
  private final List<String> ran = new CopyOnWriteArrayList<>();
  private final Aside aside =
      new Aside(task -> next.isEmpty() ? new Thread(task) : next.remove().newThread(task));

  private Runnable task(String name) {
    return () -> ran.add(name);
  }

  private void refusedOnceAndNotRunLater(ThreadFactory poor) {
    next.add(poor);
    assertThat(aside.run(task("refused"))).isFalse();
    assertThat(aside.run(task("next"))).isTrue();
    assertThat(aside.end(LIMIT)).isTrue();
    assertThat(ran).containsExactly("next");
  }

  @Test
  @SuppressWarnings("NullAway") // that is what is tested
  void aTaskForWhichNoThreadIsMadeDoesNotRun() {
    refusedOnceAndNotRunLater(task -> null);
  }

  @Test
  void aTaskForWhichNoThreadCanBeMadeDoesNotRun() {
    refusedOnceAndNotRunLater(
        task -> {
          throw new IllegalStateException("of the test");
        });
  }

  @Test
  void aTaskWhoseThreadCannotBeStartedDoesNotRun() {
    refusedOnceAndNotRunLater(
        task ->
            new Thread(task) {
              @Override
              public synchronized void start() {
                throw new OutOfMemoryError("unable to create native thread");
              }
            });
  }

  @Test
  void tasksRunInOrderAlsoAfterOneThatFails() {
    try (LogCapture log = LogCapture.warnings()) {
      assertThat(aside.run(task("first"))).isTrue();
      assertThat(
              aside.run(
                  () -> {
                    throw new AssertionError("on purpose");
                  }))
          .isTrue();
      assertThat(aside.run(task("last"))).isTrue();
      assertThat(aside.end(LIMIT)).isTrue();
      assertThat(log.lines()).hasSize(1).allMatch(line -> line.startsWith("ERROR"));
    }
    assertThat(ran).containsExactly("first", "last");
  }

  @Test
  void afterAFailureThatCannotEvenBeLoggedTheOthersRunOnAnotherThread() {
    CountDownLatch all = new CountDownLatch(1);
    List<Throwable> uncaught = new CopyOnWriteArrayList<>();
    next.add(
        task -> {
          Thread dies = new Thread(task);
          dies.setUncaughtExceptionHandler((thread, why) -> uncaught.add(why));
          return dies;
        });
    assertThat(
            aside.run(
                () -> {
                  await().atMost(LIMIT).until(() -> all.getCount() == 0);
                  throw new Unspeakable();
                }))
        .isTrue();
    assertThat(aside.run(task("waiting"))).isTrue();
    all.countDown();
    assertThat(aside.end(LIMIT)).isTrue();
    assertThat(ran).containsExactly("waiting");
    await().atMost(LIMIT).until(() -> uncaught.size() == 1);
    assertThat(uncaught.get(0)).hasMessage("on purpose");
  }

  private static final class Unspeakable extends RuntimeException {
    private static final long serialVersionUID = 1;

    @Override
    public String getMessage() {
      throw new IllegalStateException("on purpose");
    }
  }

  @Test
  void whatIsWithdrawnDoesNotRun() {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    assertThat(
            aside.run(
                () -> {
                  inside.countDown();
                  await().atMost(LIMIT).until(() -> over.getCount() == 0);
                }))
        .isTrue();
    await().atMost(LIMIT).until(() -> inside.getCount() == 0);
    Runnable waiting = task("waiting");
    assertThat(aside.run(waiting)).isTrue();
    assertThat(aside.withdrawn()).containsExactly(waiting);
    assertThat(aside.end(Duration.ofMillis(1))).isFalse();
    over.countDown();
    assertThat(aside.end(LIMIT)).isTrue();
    assertThat(ran).isEmpty();
  }

  @Test
  void afterTheEndNothingRuns() {
    assertThat(aside.end(LIMIT)).isTrue();
    assertThat(aside.run(task("late"))).isFalse();
    assertThat(ran).isEmpty();
  }
}
