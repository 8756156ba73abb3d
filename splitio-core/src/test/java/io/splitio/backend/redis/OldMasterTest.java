package io.splitio.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitFactory;
import io.splitio.api.Key;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A master that hung answers again when the sentinels name another, which takes its time. */
class OldMasterTest {
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicBoolean again = new AtomicBoolean();
  private final AtomicBoolean down = new AtomicBoolean();
  private final CountDownLatch awake = new CountDownLatch(1);
  private final CountDownLatch later = new CountDownLatch(1);
  private final TestSdks sdks = new TestSdks();
  private final ToyRedis old = new ToyRedis(command -> asMaster(awake, command));
  private final ToyRedis next = new ToyRedis(this::asNext);
  private final ToyRedis sentinel = new ToyRedis(this::asSentinel);

  @AfterEach
  void stop() {
    awake.countDown();
    later.countDown();
    sdks.close();
    sentinel.close();
    next.close();
    old.close();
  }

  private static String asMaster(CountDownLatch since, List<String> command) {
    try {
      since.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return command.get(0).equals("ROLE") ? "*3\r\n$6\r\nmaster\r\n:0\r\n*0\r\n" : null;
  }

  private String asNext(List<String> command) {
    String reply = asMaster(later, command);
    return down.get() ? "-ERR down\r\n" : reply;
  }

  private String asSentinel(List<String> command) {
    if (!command.get(0).equals("SENTINEL")) {
      return null;
    }
    boolean first = asked.incrementAndGet() <= 2;
    String port = "" + (first || again.get() ? old : next).port();
    return "*2\r\n$9\r\n127.0.0.1\r\n$" + port.length() + "\r\n" + port + "\r\n";
  }

  /** One that looks for its master when the old one answers and the next one does not yet. */
  private SplitFactory looking() {
    SplitFactory factory =
        sdks.made(
            RedisConnector.sentinels("flags", List.of(sentinel.node()))
                .withoutPush()
                .callBudget(Duration.ofSeconds(5))
                .connectTimeout(Duration.ofMinutes(5)));
    await().until(() -> next.accepted() > 0);
    awake.countDown();
    await().until(() -> old.commands().contains("ROLE"));
    return factory;
  }

  private static String label(SplitFactory factory) throws Exception {
    factory.blockUntilReady(Duration.ofSeconds(20));
    return factory.client().evaluate(Key.of("k"), "none", Map.of()).label();
  }

  private static boolean isRead(ToyRedis redis) {
    return redis.commands().stream().anyMatch(command -> command.startsWith("MGET"));
  }

  @Test
  void isNotTakenBeforeTheNextOne() throws Exception {
    SplitFactory factory = looking();
    later.countDown();

    assertThat(label(factory)).isEqualTo("definition not found");
    assertThat(isRead(next)).isTrue();
    assertThat(isRead(old)).isFalse();
    await().until(() -> old.open() == 0);
  }

  @Test
  void isTakenWhereTheNextOneFails() throws Exception {
    down.set(true);
    SplitFactory factory = looking();
    later.countDown();

    assertThat(label(factory)).isEqualTo("definition not found");
    assertThat(isRead(old)).isTrue();
  }

  @Test
  void isTakenWhenItIsNamedAgain() throws Exception {
    SplitFactory factory = looking();
    again.set(true);

    assertThat(label(factory)).isEqualTo("definition not found");
    assertThat(isRead(old)).isTrue();
    assertThat(isRead(next)).isFalse();
  }
}
