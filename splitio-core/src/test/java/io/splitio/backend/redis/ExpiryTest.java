package io.splitio.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.api.ImpressionMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queues expire an hour after the write that made them (Redis specification 4.7). */
class ExpiryTest {
  private static final List<String> LISTS = List.of("impressions", "events", "uniquekeys");
  private static final List<String> HASHES = List.of("impressions.count", "telemetry.latencies");

  private TestRedis redis;
  private RedisCli cli;

  @BeforeEach
  void start() {
    redis = TestRedis.started();
    cli = redis.cli();
  }

  @AfterEach
  void stop() {
    cli.close();
    redis.close();
  }

  /** An instance that writes to every queue, and ends. */
  private void write(String prefix) throws Exception {
    SplitFactory factory = factory(prefix);
    factory.client().getTreatment("alice", "checkout_v2");
    factory.client().getTreatment("alice", "checkout_v2");
    factory.client().getTreatment("alice", "legacy_banner");
    factory.client().track("alice", "user", "visit");
    factory.destroy();
  }

  private SplitFactory factory(String prefix) throws Exception {
    SplitFactory factory =
        redis.made(
            redis.connector().prefix(prefix),
            SplitConfig.defaults().withImpressionMode(ImpressionMode.OPTIMIZED));
    factory.blockUntilReady(Duration.ofSeconds(10));
    return factory;
  }

  private long ttl(String key) {
    return (Long) cli.say("TTL " + key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "acme"})
  void everyQueueExpiresButTheSetUp(String prefix) throws Exception {
    String before = prefix.isEmpty() ? "SPLITIO." : prefix + ".SPLITIO.";
    redis.golden(prefix.isEmpty() ? "" : prefix + ".");

    write(prefix);

    for (String queue : LISTS) {
      assertThat(ttl(before + queue)).as(queue).isBetween(3_500L, 3_600L);
    }
    for (String queue : HASHES) {
      assertThat(ttl(before + queue)).as(queue).isBetween(3_500L, 3_600L);
    }
    assertThat(ttl(before + "telemetry.init")).isEqualTo(-1);
    assertThat(ttl(before + "split.checkout_v2")).isEqualTo(-1);
  }

  @Test
  void aSecondWriteRenewsNothing() throws Exception {
    redis.golden("");
    write("");
    LISTS.forEach(queue -> cli.say("EXPIRE SPLITIO." + queue + " 1000"));
    HASHES.forEach(queue -> cli.say("EXPIRE SPLITIO." + queue + " 1000"));

    write("");

    assertThat(cli.say("LLEN SPLITIO.events")).isEqualTo(2L);
    assertThat(LISTS).allSatisfy(q -> assertThat(ttl("SPLITIO." + q)).isBetween(900L, 1_000L));
    assertThat(HASHES).allSatisfy(q -> assertThat(ttl("SPLITIO." + q)).isBetween(900L, 1_000L));
  }

  /** What was there without a time to live keeps none: only its maker sets it. */
  @Test
  void aNewFieldOfAnOldHashSetsNoTime() throws Exception {
    redis.golden("");
    cli.say("HSET SPLITIO.impressions.count other::1700000000000 1");
    cli.say("HSET SPLITIO.telemetry.latencies go-1/h/i/treatment/3 1");

    write("");

    assertThat(cli.say("HEXISTS SPLITIO.telemetry.latencies go-1/h/i/treatment/3")).isEqualTo(1L);
    assertThat((Long) cli.say("HLEN SPLITIO.impressions.count")).isGreaterThan(1);
    assertThat(HASHES).allSatisfy(queue -> assertThat(ttl("SPLITIO." + queue)).isEqualTo(-1));
  }

  @Test
  void afterTheQueueWasEmptiedTheNextWriteSetsTheTimeAgain() throws Exception {
    redis.golden("");
    SplitFactory factory = factory("");
    factory.client().track("alice", "user", "first");
    await().untilAsserted(() -> assertThat(ttl("SPLITIO.events")).isPositive());
    cli.say("EXPIRE SPLITIO.events 1000");
    cli.say("LTRIM SPLITIO.events 1 -1");

    factory.client().track("alice", "user", "second", null, Map.of());

    await().untilAsserted(() -> assertThat(ttl("SPLITIO.events")).isBetween(3_500L, 3_600L));
  }

  @Test
  void whatWouldBeALargeCommandIsSentInParts() throws Exception {
    redis.golden("");
    cli.say("CONFIG RESETSTAT");
    SplitFactory factory = factory("");
    Map<String, Object> large = Map.of("text", "x".repeat(30_000));
    for (int i = 0; i < 100; i++) {
      factory.client().track("alice", "user", "bulky", large);
    }
    factory.destroy();

    assertThat(cli.say("LLEN SPLITIO.events")).isEqualTo(100L);
    String calls =
        ((String) cli.say("INFO commandstats"))
            .replaceAll("(?s).*cmdstat_rpush:calls=(\\d+).*", "$1");
    assertThat(Integer.parseInt(calls)).isBetween(3, 40);
  }
}
