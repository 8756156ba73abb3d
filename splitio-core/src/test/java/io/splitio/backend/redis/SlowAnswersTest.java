package io.splitio.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitFactory;
import io.splitio.api.Key;
import io.splitio.testing.LogCapture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A Redis whose answers take longer than calls wait, and come all the same. */
class SlowAnswersTest {
  private static final int MANY = 12;
  private static final Duration BUDGET = Duration.ofMillis(100);

  private final Semaphore answers = new Semaphore(0);
  private final TestSdks sdks = new TestSdks();
  private final ToyRedis redis = new ToyRedis(this::slowly);
  private final List<Thread> callers = new ArrayList<>();

  @AfterEach
  void stop() {
    answers.release(1_000);
    sdks.close();
    redis.close();
  }

  private String slowly(List<String> command) {
    if (command.get(0).equals("MGET") && command.get(1).contains(".split.")) {
      answers.acquireUninterruptibly();
    }
    return null;
  }

  private SplitFactory ready(Duration budget) {
    SplitFactory factory =
        sdks.ready(
            RedisConnector.host("127.0.0.1", redis.port())
                .withoutPush()
                .localCopies(Duration.ofMinutes(5))
                .commandTimeout(Duration.ofMinutes(1))
                .callBudget(budget));
    await().until(() -> redis.commands().stream().anyMatch(said -> said.startsWith("HSET")));
    return factory;
  }

  private static String label(SplitFactory factory, String flag) {
    return factory.client().evaluate(Key.of("k"), flag, Map.of()).label();
  }

  private void askAtOnce(SplitFactory factory, String flag) throws InterruptedException {
    for (int i = 0; i < MANY; i++) {
      callers.add(new Thread(() -> label(factory, flag)));
    }
    callers.forEach(Thread::start);
    for (Thread caller : callers) {
      caller.join();
    }
  }

  @Test
  void manyWhoWaitedAtTheSameTimeCountAsOne() throws InterruptedException {
    SplitFactory factory = ready(Duration.ofSeconds(1));
    int connections = redis.accepted();

    askAtOnce(factory, "slow");
    answers.release();

    await().until(() -> label(factory, "slow").equals("definition not found"));
    assertThat(redis.accepted()).isEqualTo(connections);
  }

  @Test
  void whatIsAnsweredAfterAllSaysThatTheConnectionIsWell() {
    SplitFactory factory = ready(BUDGET);
    int connections = redis.accepted();

    for (String flag : IntStream.range(0, MANY).mapToObj(i -> "slow" + i).toList()) {
      assertThat(label(factory, flag)).isEqualTo("exception");
      answers.release();
      await().until(() -> label(factory, flag).equals("definition not found"));
    }
    assertThat(redis.accepted()).isEqualTo(connections);
  }

  /** Asks for a flag, and waits for the answer. */
  private Thread asking(SplitFactory factory, String flag) {
    Thread caller = new Thread(() -> label(factory, flag));
    caller.start();
    await().until(() -> caller.getState() == Thread.State.TIMED_WAITING);
    return caller;
  }

  private static boolean isToldOfDelay(LogCapture log) {
    return log.lines().stream()
        .anyMatch(line -> line.contains("not within the budget of a call, PT2S"));
  }

  @Test
  void thatAnswersComeTooLateIsTold() throws InterruptedException {
    try (LogCapture log = LogCapture.warnings()) {
      SplitFactory factory = ready(Duration.ofSeconds(2));
      asking(factory, "first").join();
      Thread other = asking(factory, "second");
      answers.release(); // for the first, who waits no more
      other.join();
      assertThat(isToldOfDelay(log)).isTrue();
    }
  }

  @Test
  void aServerThatStopsAnsweringIsNotToldToAnswerTooLate() throws InterruptedException {
    try (LogCapture log = LogCapture.warnings()) {
      SplitFactory factory = ready(Duration.ofSeconds(2));
      Thread first = asking(factory, "first");
      Thread second = asking(factory, "second");
      answers.release();
      first.join();
      second.join();
      assertThat(isToldOfDelay(log)).isFalse();
    }
  }

  @Test
  void whoeverSaysNothingForLongIsHungUpOn() {
    SplitFactory factory = ready(BUDGET);
    int connections = redis.accepted();

    await()
        .until(
            () -> {
              assertThat(label(factory, "slow")).isEqualTo("exception");
              return redis.accepted() > connections;
            });
  }
}
