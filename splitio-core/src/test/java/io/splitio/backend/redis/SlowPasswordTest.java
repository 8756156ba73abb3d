package io.splitio.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.api.Key;
import io.splitio.api.SplitClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A password that is asked of somebody who takes his time. */
class SlowPasswordTest {
  private static final Duration BUDGET = Duration.ofMillis(300);

  private final TestSdks sdks = new TestSdks();
  private final TestRedis redis = TestRedis.started("requirepass sesame");
  private final CountDownLatch told = new CountDownLatch(1);
  private volatile boolean slow;

  @AfterEach
  void stop() {
    told.countDown();
    sdks.close();
    redis.close();
  }

  private char[] password() {
    if (slow) {
      try {
        assertThat(told.await(60, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return "sesame".toCharArray();
  }

  @Test
  void callsDoNotWaitForIt() {
    SplitClient client =
        sdks.ready(redis.connector().password(this::password).callBudget(BUDGET)).client();
    slow = true;
    try (RedisCli cli = redis.cli()) {
      cli.say("AUTH sesame");
      cli.say("CLIENT KILL TYPE normal SKIPME yes");
    }

    long began = System.nanoTime();
    for (int i = 0; i < 10; i++) {
      client.async().getTreatment("u" + i, "unheard_of").join();
    }

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    told.countDown();
    await()
        .until(
            () ->
                client
                    .explain(Key.of("u"), "unheard_of", Map.of())
                    .toString()
                    .contains("definition not found"));
  }
}
