package io.splitio.backend.redis;

import static io.splitio.backend.redis.TestSdks.assertExact;
import static io.splitio.backend.redis.TestSdks.awaitDelivered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitFactory;
import io.splitio.api.SplitClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A master, its replica, and three sentinels that watch them (reliability 3.6). */
class SentinelTest {
  private RedisProcess first;
  private RedisProcess second;
  private final List<RedisProcess> sentinels = new ArrayList<>();
  private final TestSdks sdks = new TestSdks();

  @BeforeEach
  void start() {
    first = RedisProcess.server(RedisProcess.freePort());
    second =
        RedisProcess.server(RedisProcess.freePort(), "--replicaof", "127.0.0.1", "" + first.port());
    try (RedisCli cli = first.cli()) {
      TestRedis.load(cli, "");
    }
    await().until(() -> said(second, "INFO replication").contains("master_link_status:up"));
    for (int i = 0; i < 3; i++) {
      sentinels.add(
          RedisProcess.sentinel(
              RedisProcess.freePort(),
              "requirepass watch",
              "sentinel sentinel-pass watch",
              "sentinel monitor flags 127.0.0.1 " + first.port() + " 2",
              "sentinel down-after-milliseconds flags 500",
              "sentinel failover-timeout flags 3000"));
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> sentinels.stream().allMatch(SentinelTest::knowsTheOthers));
  }

  private static boolean knowsTheOthers(RedisProcess sentinel) {
    try (RedisCli cli = sentinel.cli()) {
      cli.say("AUTH watch");
      String known = (String) cli.say("INFO sentinel");
      return known.contains("slaves=1") && known.contains("sentinels=3");
    }
  }

  private static String said(RedisProcess redis, String command) {
    return (String) redis.say(command);
  }

  @AfterEach
  void stop() {
    sdks.close();
    sentinels.forEach(RedisProcess::close);
    second.close();
    first.close();
  }

  private SplitFactory ready() {
    return sdks.ready(
        RedisConnector.sentinels("flags", sentinels.stream().map(RedisProcess::node).toList())
            .sentinelPassword("watch")
            .localCopies(Duration.ZERO)
            .callBudget(Duration.ofSeconds(5))); // on a machine with other work, too
  }

  private static void recorded(SplitFactory factory, int number) {
    for (int i = 0; i < number; i++) {
      factory.client().track("alice", "user", "bought");
    }
  }

  /** It does not matter what is served meanwhile, as long as it is no other flag's. */
  private static void awaitReads(SplitClient client) {
    await()
        .atMost(Duration.ofSeconds(40))
        .until(
            () -> client.getTreatment("someone" + System.nanoTime(), "checkout_v2").length() < 4);
  }

  @Test
  void theMasterIsFoundAlsoWhenASentinelIsGone() {
    sentinels.get(0).close();

    SplitFactory factory = ready();

    assertThat(factory.client().getTreatment("alice", "checkout_v2")).isEqualTo("on");
    recorded(factory, 3);
    awaitDelivered(factory, 1, 3);
    assertThat(first.say("LLEN SPLITIO.events")).isEqualTo(3L);
  }

  @Test
  void whenTheMasterDiesTheNextOneIsUsedAndNothingRecordedIsLost() {
    SplitFactory factory = ready();
    assertThat(factory.client().getTreatment("alice", "checkout_v2")).isEqualTo("on");
    awaitDelivered(factory, 1, 0);

    first.close();
    assertThat(factory.client().getTreatment("alice", "checkout_v2")).isEqualTo("on");
    recorded(factory, 5);

    awaitReads(factory.client());
    awaitDelivered(factory, factory.health().impressions().accepted(), 5);
    assertThat(second.say("LLEN SPLITIO.events")).isEqualTo(5L);
  }

  @Test
  void aMasterThatIsReplacedOnPurposeIsLeft() {
    SplitFactory factory = ready();
    try (RedisCli cli = sentinels.get(0).cli()) {
      cli.say("AUTH watch");
      assertThat(cli.say("SENTINEL FAILOVER flags")).isEqualTo("OK");
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> said(second, "INFO replication").contains("role:master"));
    second.say("SADD SPLITIO.flagSet.next checkout_v2");

    await()
        .atMost(Duration.ofSeconds(8)) // the old master becomes a replica some 11 seconds later
        .until(() -> !factory.client().getTreatmentsByFlagSet("alice", "next").isEmpty());
    recorded(factory, 4);

    awaitDelivered(factory, factory.health().impressions().accepted(), 4);
    assertThat(second.say("LLEN SPLITIO.events")).isEqualTo(4L);
  }

  @Test
  void aMasterThatHangsIsLeftForItsReplica() {
    SplitFactory factory = ready();
    assertThat(factory.client().getTreatment("alice", "checkout_v2")).isEqualTo("on");

    first.hang();

    awaitReads(factory.client());
    recorded(factory, 2); // it may have them, where it was connected to for writing already
    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(() -> assertThat(factory.health().events().queued()).isZero());
    assertExact(factory.health());
    recorded(factory, 2);
    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(
            () -> assertThat((Long) second.say("LLEN SPLITIO.events")).isBetween(2L, 4L));
    first.goOn();
  }

  @Test
  void withoutAnySentinelTheMasterInUseStaysInUse() {
    SplitFactory factory = ready();
    sentinels.forEach(RedisProcess::close);

    recorded(factory, 2); // on a connection that is only made now

    assertThat(factory.client().getTreatment("alice", "checkout_v2")).isEqualTo("on");
    awaitDelivered(factory, 1, 2);
  }
}
