package io.splitio.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitFactory;
import io.splitio.api.Key;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node of a cluster sends the SDK on to another, which has some keys and does not answer. */
class HungDetourTest {
  private static final Duration BUDGET = Duration.ofMillis(200);

  private final CountDownLatch goOn = new CountDownLatch(1);
  private final TestSdks sdks = new TestSdks();
  private final ToyRedis other = new ToyRedis(this::hung);
  private final ToyRedis owner = new ToyRedis(this::sentOn);

  @AfterEach
  void stop() {
    goOn.countDown();
    sdks.close();
    owner.close();
    other.close();
  }

  private String hung(List<String> command) {
    if (command.get(0).equals("MGET") || command.get(0).equals("RPUSH")) {
      try {
        goOn.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return null;
  }

  private String sentOn(List<String> command) {
    boolean away = command.stream().anyMatch(word -> word.endsWith("split.away"));
    return away || command.get(0).equals("RPUSH") ? "-ASK 2392 " + other.node() + "\r\n" : null;
  }

  private SplitFactory ready() {
    SplitFactory factory =
        sdks.ready(
            RedisConnector.cluster(List.of(owner.node()))
                .withoutPush()
                .localCopies(Duration.ZERO)
                .retryingReads()
                .commandTimeout(Duration.ofMillis(500))
                .callBudget(BUDGET));
    await().until(() -> owner.commands().stream().anyMatch(said -> said.startsWith("HSET")));
    return factory;
  }

  private static String asked(SplitFactory factory, String flag) {
    return factory.client().evaluate(Key.of("k"), flag, Map.of()).label();
  }

  private static String askedLater(SplitFactory factory, String flag) {
    return factory.client().async().evaluate(Key.of("k"), flag, Map.of()).join().label();
  }

  @Test
  void doesNotCountAgainstTheConnectionThatAnswered() {
    SplitFactory factory = ready();
    int connections = owner.accepted();

    for (int i = 0; i < 12; i++) {
      assertThat(asked(factory, "away")).isEqualTo("exception");
      assertThat(askedLater(factory, "away")).isEqualTo("exception");
    }

    assertThat(asked(factory, "here")).isEqualTo("definition not found");
    assertThat(owner.accepted()).isEqualTo(connections);
  }

  @Test
  void isNotWaitedForAgainAndAgainAndIsUsedOnceItAnswers() {
    SplitFactory factory = ready();
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> {
              long before = System.nanoTime();
              assertThat(asked(factory, "away")).isEqualTo("exception");
              assertThat(asked(factory, "here")).isEqualTo("definition not found");
              return Duration.ofNanos(System.nanoTime() - before).compareTo(BUDGET.dividedBy(2))
                  < 0;
            });

    goOn.countDown();

    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> asked(factory, "away").equals("definition not found"));
  }

  @Test
  void doesNotEndTheConnectionOnWhichIsWritten() {
    SplitFactory factory = ready();
    int connections = owner.accepted();

    factory.client().track("k", "user", "first");
    await().until(() -> factory.health().events().abandoned() == 1);

    factory.client().track("k", "user", "second");
    await().until(() -> factory.health().events().abandoned() == 2);
    assertThat(owner.accepted()).isEqualTo(connections);
    TestSdks.assertExact(factory.health());
  }
}
