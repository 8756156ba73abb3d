package io.splitio.backend.redis.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.testing.LogCapture;
import io.splitio.testing.ManualScheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The threads on which late answers come, where all of them wait for one another. */
class AnswersTest {
  private static final Duration LOOK = Duration.ofMillis(100);

  private final ManualScheduler scheduler = new ManualScheduler();
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private volatile boolean exhausted;
  private final Line queue = new Line();
  private final Answers answers = new Answers(this::daemon, scheduler, queue);

  private Thread daemon(Runnable task) {
    if (exhausted) {
      throw new OutOfMemoryError("unable to create native thread");
    }
    Thread thread = new Thread(task, "answers-of-a-test");
    thread.setDaemon(true);
    threads.add(thread);
    return thread;
  }

  @AfterEach
  void stop() {
    goOn.countDown();
    answers.close();
  }

  private void waiting() {
    begun.incrementAndGet();
    try {
      goOn.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ended.incrementAndGet();
  }

  private void ask(int many) {
    for (int i = 0; i < many; i++) {
      answers.execute(this::waiting);
    }
  }

  /** Has so many wait, with as many looks as that takes, and one more that finds nothing to do. */
  private void block(int many) {
    ask(many);
    for (int started = 8; started < many; started += 8) {
      int sofar = started;
      await().until(() -> begun.get() == sofar);
      scheduler.advance(LOOK);
    }
    await().until(() -> begun.get() == many);
    scheduler.advance(LOOK);
  }

  @Test
  void anAnswerThatComesWhileAllWaitHasAThreadAfterOneLookHoweverManyTheyAre() {
    block(40);
    CountDownLatch told = new CountDownLatch(1);
    answers.execute(told::countDown);
    scheduler.advance(LOOK);

    assertThat(told).satisfies(AnswersTest::comesSoon);
  }

  @Test
  void threadsThatAreNotNeededAnyMoreEnd() {
    block(40);
    goOn.countDown();
    await().until(() -> ended.get() == 40);
    scheduler.advance(LOOK.multipliedBy(2));

    await().until(() -> threads.stream().filter(Thread::isAlive).count() <= 8);
    assertThat(scheduler.waiting()).isZero();
  }

  @Test
  void anAnswerThatComesJustWhenNobodyLooksAnyMoreIsSeen() {
    block(8);
    scheduler.advance(LOOK.multipliedBy(2));
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch told = new CountDownLatch(1);
    answers.execute(first::countDown); // for somebody to look
    queue.onceFoundEmpty = () -> answers.execute(told::countDown);
    queue.clear();
    scheduler.advance(LOOK);
    assertThat(queue).hasSize(1);
    scheduler.advance(LOOK);

    assertThat(told).satisfies(AnswersTest::comesSoon);
    assertThat(first.getCount()).isEqualTo(1);
  }

  @Test
  void whenThereCannotBeMoreOfThemItIsToldOnceAndHowToMendIt() {
    try (LogCapture log = LogCapture.warnings()) {
      block(256);
      assertThat(log.lines()).isEmpty();
      ask(1);
      scheduler.advance(LOOK.multipliedBy(5));

      assertThat(log.lines())
          .singleElement()
          .asString()
          .startsWith("ERROR 256 asynchronous answers are held up by what is chained to them")
          .contains("thenCompose");
    }
  }

  @Test
  void anAnswerForWhichThereIsNoThreadNowHasOneWhenOneCanBeMade() {
    exhausted = true;
    CountDownLatch told = new CountDownLatch(1);
    try (LogCapture log = LogCapture.warnings()) {
      answers.execute(told::countDown);
      scheduler.advance(LOOK.multipliedBy(5));
      assertThat(log.lines()).singleElement().asString().contains("unable to create native thread");
    }
    assertThat(told.getCount()).isEqualTo(1);

    exhausted = false;
    scheduler.advance(LOOK);

    assertThat(told).satisfies(AnswersTest::comesSoon);
  }

  @Test
  void answersThatWaitBehindOthersHaveThreadsWhenNoMoreCouldBeMadeForAWhile() {
    ask(8);
    CountDownLatch told = new CountDownLatch(1);
    answers.execute(told::countDown);
    exhausted = true;
    scheduler.advance(LOOK.multipliedBy(5));

    exhausted = false;
    scheduler.advance(LOOK);

    assertThat(told).satisfies(AnswersTest::comesSoon);
  }

  @Test
  void answersThatWaitHaveThreadsAtTheEnd() {
    ask(8);
    CountDownLatch told = new CountDownLatch(20);
    for (int i = 0; i < 20; i++) {
      answers.execute(told::countDown);
    }

    answers.close();

    assertThat(told).satisfies(AnswersTest::comesSoon);
  }

  @Test
  void answersThatWaitAreToldAtTheEndWhereNoThreadCanBeMade() {
    exhausted = true;
    CountDownLatch told = new CountDownLatch(1);
    answers.execute(told::countDown);

    answers.close();

    assertThat(told.getCount()).isZero();
  }

  private static void comesSoon(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Has something happen just after it was found empty. */
  private static final class Line extends LinkedBlockingQueue<Runnable> {
    private static final long serialVersionUID = 1L;

    private transient volatile Runnable onceFoundEmpty;

    @Override
    public boolean isEmpty() {
      boolean empty = super.isEmpty();
      Runnable now = onceFoundEmpty;
      if (empty && now != null) {
        onceFoundEmpty = null;
        now.run();
      }
      return empty;
    }
  }
}
