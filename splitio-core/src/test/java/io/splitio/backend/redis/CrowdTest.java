package io.splitio.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.AsyncSplitClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** More questions at once than a connection takes. */
class CrowdTest {
  private static final int MANY = 60_000; // with two questions each; Lettuce takes some 50,000
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final TestSdks sdks = new TestSdks();
  private final RedisProcess redis = RedisProcess.server(RedisProcess.freePort());

  @AfterEach
  void close() {
    sdks.close();
    redis.close();
  }

  @Test
  void whatFindsNoRoomDoesNotKeepTheOthersFromTheirAnswers() {
    try (RedisCli cli = redis.cli()) {
      TestRedis.load(cli, "");
    }
    TestRedis.askOfEverybody(redis.port());
    AsyncSplitClient client =
        sdks.ready(
                RedisConnector.host("127.0.0.1", redis.port())
                    .withoutPush()
                    .localCopies(Duration.ofMinutes(5))
                    .callBudget(PATIENCE)
                    .commandTimeout(PATIENCE))
            .client()
            .async();
    assertThat(client.getTreatment("first", "checkout_v2")).succeedsWithin(PATIENCE);
    List<CompletableFuture<String>> answers = new ArrayList<>();
    redis.hang();
    for (int i = 0; i < MANY; i++) {
      answers.add(client.getTreatment("user-" + i, "checkout_v2"));
    }
    redis.goOn();

    long answered = answers.stream().map(CompletableFuture::join).filter(CrowdTest::isReal).count();

    assertThat(answered).isBetween(20_000L, MANY - 1L);
    assertThat(client.getTreatment("last", "checkout_v2"))
        .succeedsWithin(PATIENCE)
        .matches(CrowdTest::isReal);
  }

  private static boolean isReal(String treatment) {
    return !treatment.equals("control");
  }
}
