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

/** The node that has the keys becomes another while one is only about to tell of changes. */
class RearmedTest {
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final TestSdks sdks = new TestSdks();
  private final ToyRedis next = new ToyRedis();
  private final ToyRedis first = new ToyRedis(this::reply);
  private volatile boolean moved;

  @AfterEach
  void stop() {
    goOn.countDown();
    sdks.close();
    first.close();
    next.close();
  }

  private String reply(List<String> command) {
    if (command.get(0).equals("CLIENT") && command.get(1).equals("TRACKING")) {
      awaitLeave();
    }
    if (!moved) {
      return null;
    }
    if (command.get(0).equals("CLUSTER")) {
      return "*1\r\n*3\r\n:0\r\n:16383\r\n*2\r\n$9\r\n127.0.0.1\r\n:" + next.port() + "\r\n";
    }
    return command.get(1).contains("split.") ? "-MOVED 2392 " + next.node() + "\r\n" : null;
  }

  private void awaitLeave() {
    try {
      goOn.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isTold(ToyRedis node) {
    return node.commands().stream().anyMatch(said -> said.startsWith("CLIENT TRACKING"));
  }

  @Test
  void theNewOneIsTheOneToTell() {
    SplitFactory factory =
        sdks.ready(
            RedisConnector.cluster(List.of(first.node()))
                .commandTimeout(Duration.ofSeconds(20))
                .callBudget(Duration.ofSeconds(5)));
    await().until(() -> isTold(first));
    moved = true;
    assertThat(factory.client().evaluate(Key.of("k"), "none", Map.of()).label())
        .isEqualTo("definition not found");

    goOn.countDown();

    await().until(() -> isTold(next));
  }
}
