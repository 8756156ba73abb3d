package io.splitio.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A sentinel takes its time to name the old master, when another has named the next one. */
class LateSentinelTest {
  private final AtomicBoolean isLate = new AtomicBoolean();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger answeredLate = new AtomicInteger();
  private final CountDownLatch late = new CountDownLatch(1);
  private final CountDownLatch awake = new CountDownLatch(1);
  private final CountDownLatch elected = new CountDownLatch(1);
  private final TestSdks sdks = new TestSdks();
  private final ToyRedis old = new ToyRedis(command -> asMaster(awake, command));
  private final ToyRedis next = new ToyRedis(command -> asMaster(elected, command));
  private final ToyRedis one = new ToyRedis(this::asSentinel);
  private final ToyRedis other = new ToyRedis(this::asSentinel);

  @AfterEach
  void stop() {
    List.of(late, awake, elected).forEach(CountDownLatch::countDown);
    sdks.close();
    List.of(one, other, next, old).forEach(ToyRedis::close);
  }

  private static String asMaster(CountDownLatch since, List<String> command) {
    waitFor(since);
    return command.get(0).equals("ROLE") ? "*3\r\n$6\r\nmaster\r\n:0\r\n*0\r\n" : null;
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String asSentinel(List<String> command) {
    if (!command.get(0).equals("SENTINEL")) {
      return null;
    }
    asked.incrementAndGet();
    if (old.accepted() == 0) {
      return naming(old);
    }
    if (isLate.compareAndSet(false, true)) {
      waitFor(late);
      answeredLate.incrementAndGet();
      return naming(old);
    }
    return naming(next);
  }

  private static String naming(ToyRedis master) {
    String port = "" + master.port();
    return "*2\r\n$9\r\n127.0.0.1\r\n$" + port.length() + "\r\n" + port + "\r\n";
  }

  @Test
  void doesNotHaveTheOldOneTaken() throws Exception {
    SplitFactory factory =
        sdks.made(
            RedisConnector.sentinels("flags", List.of(one.node(), other.node()))
                .withoutPush()
                .connectTimeout(Duration.ofMinutes(5)));
    await().until(() -> next.accepted() > 0);
    awake.countDown();
    await().until(() -> old.commands().contains("ROLE"));

    late.countDown();
    int before = asked.get();
    await().until(() -> answeredLate.get() == 1 && asked.get() > before + 2);
    elected.countDown();
    factory.blockUntilReady(Duration.ofSeconds(20));

    await().until(() -> next.commands().stream().anyMatch(said -> said.startsWith("HSET")));
    assertThat(old.commands()).noneMatch(said -> said.startsWith("MGET"));
    assertThat(old.commands()).noneMatch(said -> said.startsWith("HSET"));
  }
}
