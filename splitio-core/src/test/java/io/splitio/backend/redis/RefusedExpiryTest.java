package io.splitio.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitFactory;
import io.splitio.testing.LogCapture;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Redis takes what is written, and refuses to have it expire. */
class RefusedExpiryTest {
  private final TestSdks sdks = new TestSdks();
  private final ToyRedis redis = new ToyRedis(this::reply);
  private volatile String refusal;
  private int length; // by the one connection that writes

  @AfterEach
  void stop() {
    sdks.close();
    redis.close();
  }

  private String reply(List<String> command) {
    return switch (command.get(0)) {
      case "RPUSH" -> ":" + ++length + "\r\n";
      case "TTL" -> ":-1\r\n";
      case "EXPIRE" -> refusal;
      default -> null;
    };
  }

  private SplitFactory recordedOnce(String why) {
    refusal = why;
    SplitFactory factory = sdks.ready(RedisConnector.host("127.0.0.1", redis.port()).withoutPush());
    record(factory, 1);
    await().until(() -> said("EXPIRE") == 1);
    refusal = null;
    return factory;
  }

  private static void record(SplitFactory factory, int delivered) {
    factory.client().track("erin", "user", "bought");
    TestSdks.awaitDelivered(factory, 0, delivered);
  }

  private long said(String command) {
    return redis.commands().stream()
        .filter(said -> said.startsWith(command + " SPLITIO.events"))
        .count();
  }

  @Test
  void itIsAskedAgainWithTheNextWrite() {
    SplitFactory factory =
        recordedOnce("-READONLY You can't write against a read only replica.\r\n");

    record(factory, 2);

    await().until(() -> said("TTL") == 1 && said("EXPIRE") == 2);
    record(factory, 3);
    assertThat(said("TTL")).isEqualTo(1);
  }

  @Test
  void whatSomebodyHasToMendIsNotAskedEachTime() {
    try (LogCapture log = LogCapture.warnings()) {
      SplitFactory factory = recordedOnce("-NOPERM no permissions to run the 'expire' command\r\n");

      record(factory, 2);
      record(factory, 3);

      assertThat(said("TTL")).isZero();
      assertThat(said("EXPIRE")).isEqualTo(1);
      await()
          .untilAsserted(
              () ->
                  assertThat(log.lines())
                      .singleElement()
                      .asString()
                      .contains("SPLITIO.events may never expire", "Its user lacks +expire"));
    }
  }
}
