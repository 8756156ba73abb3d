package io.splitio.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitFactory;
import io.splitio.api.Evaluation;
import io.splitio.api.Key;
import io.splitio.api.SplitClient;
import io.splitio.testing.LogCapture;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Redis answers, but with errors: what was known is served, and somebody is told what to do. */
class ServerTroubleTest {
  private static final Map<String, Object> ADULT = Map.of("country", "DE", "age", 30);

  private final TestSdks sdks = new TestSdks();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private LogCapture log;
  private RedisProcess redis;

  @BeforeEach
  void start() {
    log = LogCapture.warnings();
    redis = RedisProcess.server(RedisProcess.freePort());
    try (RedisCli cli = redis.cli()) {
      TestRedis.load(cli, "");
    }
  }

  @AfterEach
  void stop() {
    sdks.close();
    redis.close();
    threads.shutdownNow();
    log.close();
  }

  private RedisConnector connector() {
    return RedisConnector.host("127.0.0.1", redis.port())
        .callBudget(Duration.ofSeconds(1))
        .localCopies(Duration.ZERO);
  }

  private static Evaluation asked(SplitClient client, String key) {
    return client.evaluate(Key.of(key), "price_test", ADULT);
  }

  /** Says something that Redis is busy with until it is over. */
  private CompletableFuture<Object> meanwhile(String command) {
    return CompletableFuture.supplyAsync(() -> redis.say(command), threads);
  }

  /** What was known is served throughout, at once in the end, and it is said what to do. */
  private void assertServedFromCopies(SplitFactory factory, Evaluation before, String code) {
    SplitClient client = factory.client();
    await()
        .until(
            () -> {
              assertThat(asked(client, "alice")).isEqualTo(before);
              String problem = factory.health().problem();
              return problem != null && problem.contains(code);
            });
    assertThat(asked(client, "alice")).isEqualTo(before);
    assertThat(asked(client, "erin").label()).isEqualTo("exception");
    assertThat(factory.health().fatal()).isFalse();
  }

  private void assertTold(String code, String remedy) {
    await()
        .untilAsserted(
            () ->
                assertThat(log.lines())
                    .filteredOn(line -> line.startsWith("WARN Redis at"))
                    .filteredOn(line -> line.contains(" " + code + " ") && line.contains(remedy))
                    .hasSize(1));
  }

  private static void awaitAnswer(SplitClient client) {
    await().until(() -> asked(client, "erin").treatment().equals("low"));
  }

  @Test
  void aServerThatStillLoadsIsNotWaitedFor() {
    redis.say("CONFIG SET rdbcompression no");
    for (int i = 0; i < 25; i++) {
      redis.say("SETRANGE padding:" + i + " 2200000 x");
    }
    redis.say("CONFIG SET key-load-delay 100000");
    SplitFactory factory = sdks.ready(connector());
    Evaluation before = asked(factory.client(), "alice");

    CompletableFuture<Object> loaded = meanwhile("DEBUG RELOAD");
    assertServedFromCopies(factory, before, "LOADING");
    assertTold("LOADING", "read its data from disk");

    assertThat(loaded).succeedsWithin(Duration.ofSeconds(30)).isEqualTo("OK");
    awaitAnswer(factory.client());
    assertThat(factory.health().problem()).isNull();
  }

  @Test
  void aReplicaThatLostItsMasterIsNotBelieved() {
    redis.say("CONFIG SET replica-serve-stale-data no");
    SplitFactory factory = sdks.ready(connector());
    Evaluation before = asked(factory.client(), "alice");

    redis.say("REPLICAOF 127.0.0.1 1");
    assertServedFromCopies(factory, before, "MASTERDOWN");
    assertTold("MASTERDOWN", "mend the replication");

    redis.say("REPLICAOF NO ONE");
    awaitAnswer(factory.client());
  }

  @Test
  void aScriptThatNeverEndsHoldsUpNoCall() {
    redis.say("CONFIG SET lua-time-limit 20");
    SplitFactory factory = sdks.ready(connector());
    Evaluation before = asked(factory.client(), "alice");

    CompletableFuture<Object> script = meanwhile("EVAL 'while true do end' 0");
    assertServedFromCopies(factory, before, "BUSY");
    assertTold("BUSY", "SCRIPT KILL");

    redis.say("SCRIPT KILL");
    assertThat(script).succeedsWithin(Duration.ofSeconds(10));
    awaitAnswer(factory.client());
  }

  @Test
  void whatIsNotPermittedIsToldOnceAndTheRestIsAnswered() {
    redis.say("ACL SETUSER app on >secret +@all ~SPLITIO.split* ~SPLITIO.impressions*");
    SplitFactory factory = sdks.ready(connector().login("app", "secret").withoutPush());

    for (int i = 0; i < 20; i++) {
      assertThat(asked(factory.client(), "alice").label()).isEqualTo("exception");
      assertThat(factory.client().getTreatment("alice", "legacy_banner")).isEqualTo("off");
    }
    assertTold("NOPERM", "docs/redis.md");
    assertThat(factory.health().fatal()).isFalse();
  }

  @Test
  void whatIsNoSegmentIsToldOnceAndHasNoMembers() {
    redis.say("DEL SPLITIO.segment.beta_testers");
    redis.say("SET SPLITIO.segment.beta_testers text");
    SplitClient client = sdks.ready(connector()).client();

    for (int i = 0; i < 20; i++) {
      assertThat(client.evaluate(Key.of("erin"), "checkout_v2", Map.of()).label())
          .isEqualTo("in segment all");
    }
    assertTold("WRONGTYPE", "another prefix");
  }

  @Test
  void whatIsNoFlagSetNamesNoFlags() {
    redis.say("SET SPLITIO.flagSet.frontend text");
    SplitClient client = sdks.ready(connector()).client();

    assertThat(client.getTreatmentsByFlagSet("alice", "frontend")).isEmpty();
    assertThat(client.getTreatment("alice", "checkout_v2")).isEqualTo("on");
    assertTold("WRONGTYPE", "another prefix");
  }

  @Test
  void aHugeValueSpoilsNoOther() {
    String huge = "x".repeat(10 << 20);
    try (RedisCli cli = redis.cli()) {
      cli.send(List.of("SET", "SPLITIO.split.garbage", huge));
      cli.send(List.of("SET", "SPLITIO.split.torn", "{\"name\":\"torn\",\"seed\":\"" + huge));
      cli.send(List.of("SET", "SPLITIO.split.long", "[" + "0,".repeat(5 << 20) + "0]"));
    }
    SplitClient client = sdks.ready(connector().localCopies(Duration.ofSeconds(5))).client();

    for (String name : List.of("garbage", "torn", "long")) {
      await()
          .untilAsserted(
              () ->
                  assertThat(client.getTreatments("alice", List.of(name, "legacy_banner")))
                      .containsEntry(name, "control")
                      .containsEntry("legacy_banner", "off"));
      assertThat(client.evaluate(Key.of("alice"), name, Map.of()).label()).isEqualTo("exception");
    }
    assertThat(client.getTreatment("alice", "checkout_v2")).isEqualTo("on");
    assertThat(log.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(2_000));
  }
}
