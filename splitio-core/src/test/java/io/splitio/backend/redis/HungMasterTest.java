package io.splitio.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.SplitFactory;
import io.splitio.api.Key;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sentinels still name a master that hangs when they are asked first. */
class HungMasterTest {
  private final AtomicInteger asked = new AtomicInteger();
  private final TestSdks sdks = new TestSdks();
  private final ToyRedis hung = ToyRedis.mute();
  private final ToyRedis next = new ToyRedis(HungMasterTest::asMaster);
  private final ToyRedis sentinel = new ToyRedis(this::asSentinel);

  @AfterEach
  void stop() {
    sdks.close();
    sentinel.close();
    next.close();
    hung.close();
  }

  private static String asMaster(List<String> command) {
    return command.get(0).equals("ROLE") ? "*3\r\n$6\r\nmaster\r\n:0\r\n*0\r\n" : null;
  }

  private String asSentinel(List<String> command) {
    if (!command.get(0).equals("SENTINEL")) {
      return null;
    }
    String port = "" + (asked.incrementAndGet() <= 2 ? hung : next).port();
    return "*2\r\n$9\r\n127.0.0.1\r\n$" + port.length() + "\r\n" + port + "\r\n";
  }

  @Test
  void theNextOneIsUsedAsSoonAsTheyNameItHoweverLongAConnectionMayTake() {
    SplitFactory factory =
        sdks.ready(
            RedisConnector.sentinels("flags", List.of(sentinel.node()))
                .withoutPush()
                .connectTimeout(Duration.ofMinutes(5)));

    assertThat(factory.client().evaluate(Key.of("k"), "none", Map.of()).label())
        .isEqualTo("definition not found");
    assertThat(hung.accepted()).isEqualTo(1);
  }
}
