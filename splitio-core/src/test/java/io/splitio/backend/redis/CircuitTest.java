package io.splitio.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.api.Evaluation;
import io.splitio.api.Key;
import io.splitio.api.SplitClient;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When calls stop waiting for a server that hangs (reliability 3.6). */
class CircuitTest {
  private static final Duration BUDGET = Duration.ofMillis(300);

  private final TestSdks sdks = new TestSdks();
  private RedisProcess redis;

  @BeforeEach
  void start() {
    redis = RedisProcess.server(RedisProcess.freePort());
    try (RedisCli cli = redis.cli()) {
      TestRedis.load(cli, "");
    }
    TestRedis.askOfEverybody(redis.port());
  }

  @AfterEach
  void stop() {
    redis.goOn();
    sdks.close();
    redis.close();
  }

  private static Evaluation asked(SplitClient client, String key, String flag) {
    return client.evaluate(Key.of(key), flag, Map.of());
  }

  private static Duration taken(Runnable call) {
    long before = System.nanoTime();
    call.run();
    return Duration.ofNanos(System.nanoTime() - before);
  }

  @Test
  void whatIsAnsweredFromCopiesSaysNothingOfAServerThatHangs() {
    SplitClient client =
        sdks.ready(
                RedisConnector.host("127.0.0.1", redis.port())
                    .withoutPush()
                    .localCopies(Duration.ofMinutes(5))
                    .callBudget(BUDGET))
            .client();
    await().until(() -> asked(client, "somebody", "checkout_v2").label().equals("in segment all"));
    await().until(() -> asked(client, "somebody", "legacy_banner").label().equals("killed"));
    redis.hang();

    for (int i = 0; i < 5; i++) {
      assertThat(asked(client, "stranger" + i, "checkout_v2").label()).isEqualTo("exception");
      assertThat(asked(client, "stranger" + i, "legacy_banner").label()).isEqualTo("killed");
    }

    await()
        .atMost(Duration.ofSeconds(3))
        .until(
            () -> {
              asked(client, "stranger", "legacy_banner");
              return taken(() -> asked(client, "stranger", "checkout_v2"))
                      .compareTo(BUDGET.dividedBy(3))
                  < 0;
            });
  }

  @Test
  void fiveAnswersThatComeLaterAndNotInTimeAreEnoughToo() {
    SplitClient client =
        sdks.ready(
                RedisConnector.host("127.0.0.1", redis.port())
                    .withoutPush()
                    .localCopies(Duration.ofMinutes(5))
                    .callBudget(BUDGET))
            .client();
    await().until(() -> asked(client, "somebody", "checkout_v2").label().equals("in segment all"));
    redis.hang();

    Duration all =
        taken(
            () -> {
              for (int i = 0; i < 20; i++) {
                Key stranger = Key.of("stranger" + i);
                client.async().evaluate(stranger, "checkout_v2", Map.of()).join();
              }
            });

    assertThat(all).isLessThan(BUDGET.multipliedBy(9));
  }
}
