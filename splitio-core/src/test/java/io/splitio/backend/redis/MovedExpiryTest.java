package io.splitio.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitFactory;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A queue that was just created by its new owner expires there. */
class MovedExpiryTest {
  private final TestSdks sdks = new TestSdks();
  private final ToyRedis owner = new ToyRedis(command -> is("RPUSH", command) ? ":1\r\n" : null);
  private final ToyRedis before = new ToyRedis(this::moved);

  @AfterEach
  void stop() {
    sdks.close();
    before.close();
    owner.close();
  }

  private static boolean is(String name, List<String> command) {
    return command.get(0).equals(name);
  }

  private String moved(List<String> command) {
    return is("RPUSH", command) ? "-MOVED 2392 " + owner.node() + "\r\n" : null;
  }

  @Test
  void whoHadTheQueueBeforeIsNotAsked() {
    SplitFactory factory = sdks.ready(RedisConnector.cluster(List.of(before.node())).withoutPush());

    factory.client().track("k", "user", "bought");

    String expiry = "EXPIRE {SPLITIO}.SPLITIO.events 3600";
    await().until(() -> owner.commands().contains(expiry));
    assertThat(before.commands()).doesNotContain(expiry);
  }
}
