package io.splitio.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitFactory;
import io.splitio.api.SdkHealth;
import io.splitio.testing.LogCapture;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is under way when a connection proves to be of no use (Redis specification 10.2). */
class RetiredConnectionTest {
  private static final String FLAG =
      """
      {"name":"f","trafficTypeName":"user","status":"ACTIVE","killed":true,"defaultTreatment":"on",\
      "changeNumber":1,"seed":1,"algo":2,"conditions":[]}\
      """;

  private static final String REFUSED =
      "-READONLY You can't write against a read only replica.\r\n";

  private final TestSdks sdks = new TestSdks();
  private final LogCapture log = LogCapture.warnings();
  private final AtomicInteger pushes = new AtomicInteger();
  private final CountDownLatch firstIsRefused = new CountDownLatch(1);
  private final ToyRedis node = new ToyRedis(this::reply);

  @AfterEach
  void stop() {
    firstIsRefused.countDown();
    sdks.close();
    node.close();
    log.close();
  }

  private String reply(List<String> command) {
    return switch (command.get(0)) {
      case "MGET" -> values(command.subList(1, command.size()));
      case "GET" -> "$-1\r\n";
      case "RPUSH" -> pushed(command.size() - 2);
      case "EXPIRE" -> ":1\r\n";
      default -> null;
    };
  }

  private static String values(List<String> keys) {
    return keys.stream()
        .map(
            key ->
                key.endsWith(".split.f") ? "$" + FLAG.length() + "\r\n" + FLAG + "\r\n" : "$-1\r\n")
        .collect(Collectors.joining("", "*" + keys.size() + "\r\n", ""));
  }

  private String pushed(int elements) {
    int turn = pushes.incrementAndGet();
    if (turn == 2) {
      awaitFirst();
    }
    return turn <= 2 ? REFUSED : ":" + (elements + 1) + "\r\n";
  }

  private void awaitFirst() {
    try {
      firstIsRefused.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void theAnswerToWhatWasWrittenBeforeARefusalIsStillHeard() {
    SplitFactory factory =
        sdks.ready(
            RedisConnector.cluster(List.of(node.node()))
                .withoutPush()
                .commandTimeout(Duration.ofSeconds(20)));
    factory.client().getTreatment("ana", "f");
    factory.client().track("ana", "user", "bought");
    factory.client().track("ben", "user", "bought");
    await().until(() -> log.lines().stream().anyMatch(line -> line.contains("READONLY")));
    await().until(() -> pushes.get() >= 2);

    firstIsRefused.countDown();
    factory.retryNow();

    await().untilAsserted(() -> assertThat(delivered(factory.health())).isEqualTo(3));
    assertThat(factory.health().events().dropped()).isZero();
    assertThat(factory.health().impressions().dropped()).isZero();
  }

  private static long delivered(SdkHealth health) {
    return health.events().delivered() + health.impressions().delivered();
  }
}
