package io.splitio.backend.redis;

import static io.splitio.backend.redis.TestSdks.assertExact;
import static io.splitio.backend.redis.TestSdks.awaitDelivered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitFactory;
import io.splitio.api.SdkHealth;
import io.splitio.fake.proxy.FaultProxy;
import io.splitio.testing.LogCapture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was recorded while Redis does not take it: all of it is accounted for (reliability 3.6). */
class WriteTroubleTest {
  private static final int MANY = 200;

  private final TestSdks sdks = new TestSdks();
  private RedisProcess redis;

  @BeforeEach
  void start() {
    redis = RedisProcess.server(RedisProcess.freePort());
    load();
  }

  private void load() {
    try (RedisCli cli = redis.cli()) {
      TestRedis.load(cli, "");
    }
  }

  @AfterEach
  void stop() {
    sdks.close();
    redis.close();
  }

  private RedisConnector connector() {
    return RedisConnector.host("127.0.0.1", redis.port()).commandTimeout(Duration.ofMillis(500));
  }

  private static void record(SplitFactory factory) {
    for (int i = 0; i < MANY; i++) {
      factory.client().getTreatment("erin" + i, "checkout_v2");
      factory.client().track("erin" + i, "user", "bought");
    }
  }

  private long length(String list) {
    return (Long) redis.say("LLEN SPLITIO." + list);
  }

  @Test
  void whatAFullRedisRefusesIsKeptUntilThereIsRoom() {
    SplitFactory factory = sdks.ready(connector());
    redis.say("CONFIG SET maxmemory 1");

    record(factory);
    await().until(() -> refused("OOM"));
    assertThat(factory.health().events().delivered()).isZero();
    assertExact(factory.health());

    redis.say("CONFIG SET maxmemory 0");
    factory.retryNow();
    awaitDelivered(factory, MANY, MANY);
    assertThat(length("events")).isEqualTo(MANY);
    assertThat(length("impressions")).isEqualTo(MANY);
  }

  private boolean refused(String code) {
    return ((String) redis.say("INFO errorstats")).contains("errorstat_" + code);
  }

  @Test
  void whatAReplicaRefusesIsKeptUntilItIsAMasterAgain() {
    SplitFactory factory = sdks.ready(connector());
    redis.say("CONFIG SET replica-serve-stale-data yes");
    redis.say("REPLICAOF 127.0.0.1 1");

    record(factory);
    await().until(() -> refused("READONLY"));
    assertExact(factory.health());

    redis.say("REPLICAOF NO ONE");
    factory.retryNow();
    awaitDelivered(factory, MANY, MANY);
    assertThat(length("events")).isEqualTo(MANY);
  }

  @Test
  void whatAServerRefusesThatCannotSaveIsKeptUntilItCan() throws IOException {
    Path gone = Files.createTempDirectory("gone");
    SplitFactory factory = sdks.ready(connector());
    redis.say("CONFIG SET dir " + gone);
    redis.say("CONFIG SET save '3600 1'");
    Files.delete(gone);
    redis.say("BGSAVE");
    await().until(() -> ((String) redis.say("INFO")).contains("last_bgsave_status:err"));

    try (LogCapture log = LogCapture.warnings()) {
      record(factory);
      await().until(() -> refused("MISCONF"));
      await().untilAsserted(() -> assertThat(log.lines()).anyMatch(l -> l.contains("its disk")));
    }
    assertExact(factory.health());

    redis.say("CONFIG SET save ''");
    factory.retryNow();
    awaitDelivered(factory, MANY, MANY);
    assertThat(length("events")).isEqualTo(MANY);
  }

  @Test
  void whatAServerRefusesThatIsBusyWithAScriptIsKeptUntilItEnds() {
    SplitFactory factory = sdks.ready(connector());
    record(factory);
    awaitDelivered(factory, MANY, MANY);
    redis.say("CONFIG SET lua-time-limit 20");
    CompletableFuture<Object> script =
        CompletableFuture.supplyAsync(() -> redis.say("EVAL 'while true do end' 0"));
    await().until(() -> String.valueOf(redis.say("GET x")).startsWith("-BUSY"));

    try (LogCapture log = LogCapture.warnings()) {
      factory.client().track("erin", "user", "bought");
      await()
          .untilAsserted(
              () -> assertThat(log.lines()).anyMatch(l -> l.contains("from everything else")));
    }
    redis.say("SCRIPT KILL");
    assertThat(script).succeedsWithin(Duration.ofSeconds(10));
    awaitDelivered(factory, MANY, MANY + 1);
    assertThat(length("events")).isEqualTo(MANY + 1);
  }

  @Test
  void whatIsNotPermittedIsKeptAndOneListDoesNotHoldUpAnother() {
    redis.say(
        "ACL SETUSER app on >secret +@all ~SPLITIO.split* ~SPLITIO.segment* ~SPLITIO.rbsegment*"
            + " ~SPLITIO.hash ~SPLITIO.events ~SPLITIO.telemetry*");
    SplitFactory factory = sdks.ready(connector().login("app", "secret"));

    record(factory);
    await().until(() -> factory.health().events().delivered() == MANY);
    await().until(() -> refused("NOPERM"));
    assertThat(factory.health().impressions().delivered()).isZero();
    assertThat(factory.health().impressions().queued()).isEqualTo(MANY);
    assertExact(factory.health());

    redis.say("ACL SETUSER app ~*");
    factory.retryNow();
    awaitDelivered(factory, MANY, MANY);
  }

  @Test
  void aListThatIsNoneHoldsUpNoOther() {
    redis.say("SET SPLITIO.impressions text");
    SplitFactory factory = sdks.ready(connector());

    record(factory);
    await().until(() -> factory.health().events().delivered() == MANY);
    await().until(() -> refused("WRONGTYPE"));
    assertExact(factory.health());

    redis.say("DEL SPLITIO.impressions");
    factory.retryNow();
    awaitDelivered(factory, MANY, MANY);
    assertThat(length("impressions")).isEqualTo(MANY);
  }

  @Test
  void whatIsRecordedWhileRedisIsGoneArrivesOnceWhenItIsBack() {
    SplitFactory factory = sdks.ready(connector());
    factory.client().getTreatment("alice", "checkout_v2");
    awaitDelivered(factory, 1, 0);

    redis.close();
    record(factory);
    assertThat(factory.health().events().delivered()).isZero();
    assertExact(factory.health());
    redis.start();
    load();

    awaitDelivered(factory, factory.health().impressions().accepted(), MANY);
    assertThat(length("events")).isEqualTo(MANY);
  }

  @Test
  void eventsWhoseReplyWasLostAreNeverWrittenTwice() {
    try (FaultProxy proxy =
        FaultProxy.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), redis.port()))) {
      SplitFactory factory =
          sdks.ready(
              RedisConnector.host("127.0.0.1", proxy.port())
                  .commandTimeout(Duration.ofMillis(500)));
      factory.client().track("erin", "user", "first");
      awaitDelivered(factory, 0, 1);

      proxy.toClient().blackholeAfter(0);
      for (int i = 0; i < MANY; i++) {
        factory.client().track("erin" + i, "user", "bought");
      }
      await().until(() -> length("events") > 1);
      await().until(() -> factory.health().events().abandoned() > 0);
      proxy.toClient().clear();
      proxy.drop();

      await().atMost(Duration.ofSeconds(30)).until(() -> factory.health().events().queued() == 0);
      SdkHealth.Ledger events = factory.health().events();
      assertExact(factory.health());
      assertThat(length("events")).isEqualTo(events.delivered() + events.abandoned());
      assertThat(distinctKeys()).isEqualTo(length("events"));
    }
  }

  private long distinctKeys() {
    try (RedisCli cli = redis.cli()) {
      List<Object> all = cli.list("LRANGE SPLITIO.events 0 -1");
      return all.stream()
          .map(
              e ->
                  ((String) e)
                      .replaceAll(".*\"key\":\"([^\"]*)\",.*eventTypeId\":\"(\\w+)\".*", "$1$2"))
          .distinct()
          .count();
    }
  }

  @Test
  void anEndWithoutRedisTakesNoLongerThanAllowedAndCountsWhatIsLost() {
    SplitFactory factory = sdks.ready(connector());
    redis.close();
    record(factory);

    long before = System.nanoTime();
    factory.destroy();

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(6));
    SdkHealth health = factory.health();
    assertExact(health);
    assertThat(LongStream.of(health.events().queued(), health.impressions().queued()).sum())
        .isZero();
    assertThat(health.events().abandoned()).isEqualTo(MANY);
    factory.destroy();
  }
}
