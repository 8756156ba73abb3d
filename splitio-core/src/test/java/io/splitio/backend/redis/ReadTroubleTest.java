package io.splitio.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitFactory;
import io.splitio.api.Evaluation;
import io.splitio.api.Key;
import io.splitio.api.SplitClient;
import io.splitio.fake.proxy.FaultProxy;
import io.splitio.testing.LogCapture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Questions while Redis hangs, is slow, or does not want to answer (reliability 3.6). */
class ReadTroubleTest {
  private static final Duration BUDGET = Duration.ofMillis(150);
  private static final Duration PATIENT = Duration.ofSeconds(5);
  // outside of checkout_v2's traffic allocation, so it is off for it whatever segments it is in
  private static final String OUTSIDER = "stranger";
  private static final Map<String, Object> ADULT = Map.of("country", "DE", "age", 30);

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

  private RedisConnector connector(int port) {
    return RedisConnector.host("127.0.0.1", port).callBudget(BUDGET).localCopies(Duration.ZERO);
  }

  private FaultProxy proxy() {
    return FaultProxy.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), redis.port()));
  }

  private static Evaluation asked(SplitClient client, String key, String flag) {
    return client.evaluate(Key.of(key), flag, ADULT);
  }

  /** What is answered when Redis is well, however slow this machine is. */
  private static Evaluation known(SplitClient client, String key, String flag) {
    return await()
        .until(() -> asked(client, key, flag), answer -> !"exception".equals(answer.label()));
  }

  private static Duration taken(Runnable call) {
    long before = System.nanoTime();
    call.run();
    return Duration.ofNanos(System.nanoTime() - before);
  }

  @Test
  void aServerThatHangsCostsFiveBudgetsAndThenNothingUntilItGoesOn() {
    SplitClient client = sdks.ready(connector(redis.port())).client();
    Evaluation before = known(client, "alice", "price_test");
    redis.hang();

    Duration all =
        taken(
            () -> {
              for (int i = 0; i < 5; i++) {
                assertThat(asked(client, "alice", "price_test")).isEqualTo(before);
              }
            });
    assertThat(all).isLessThan(BUDGET.multipliedBy(5).plusMillis(500));

    await().until(() -> taken(() -> asked(client, "alice", "price_test")).toMillis() < 20);
    assertThat(asked(client, "alice", "price_test")).isEqualTo(before);
    assertThat(asked(client, "erin", "price_test").label()).isEqualTo("exception");
    assertThat(asked(client, OUTSIDER, "price_test").label()).isEqualTo("prerequisites not met");
    assertThat(asked(client, "alice", "unheard_of").label()).isEqualTo("exception");
    List<Long> micros = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      micros.add(taken(() -> asked(client, "alice", "price_test")).toNanos() / 1_000);
    }
    micros.sort(null);
    assertThat(micros.get(50)).isLessThan(1_000);

    redis.goOn();
    await()
        .atMost(Duration.ofSeconds(3))
        .until(() -> asked(client, "erin", "checkout_v2").changeNumber() != null);
  }

  @Test
  void manyThreadsOnAServerThatHangsAreAllAnsweredInTime() throws Exception {
    Duration budget = Duration.ofSeconds(1); // one after another they would take five
    SplitClient client = sdks.ready(connector(redis.port()).callBudget(budget)).client();
    Evaluation before = known(client, "alice", "checkout_v2");
    redis.hang();
    ExecutorService threads = Executors.newFixedThreadPool(40);
    try {
      List<CompletableFuture<Evaluation>> all = new ArrayList<>();
      Duration taken =
          taken(
              () -> {
                for (int i = 0; i < 40; i++) {
                  all.add(
                      CompletableFuture.supplyAsync(
                          () -> asked(client, "alice", "checkout_v2"), threads));
                  all.add(client.async().evaluate(Key.of("alice"), "checkout_v2", Map.of()));
                }
                CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new)).join();
              });
      assertThat(taken).isLessThan(budget.multipliedBy(3));
      assertThat(all).allSatisfy(one -> assertThat(one.join()).isEqualTo(before));
    } finally {
      threads.shutdownNow();
      redis.goOn();
    }
  }

  @Test
  void aConnectionThatIsSilentlyCutIsMadeAnew() {
    try (FaultProxy proxy = proxy()) {
      SplitClient client = sdks.ready(connector(proxy.port())).client();
      asked(client, "alice", "checkout_v2");
      long connections = proxy.accepted();

      proxy.toClient().blackholeAfter(0);
      for (int i = 0; i < 5; i++) {
        assertThat(asked(client, "alice", "checkout_v2").treatment()).isEqualTo("on");
      }
      proxy.toClient().clear();

      await().until(() -> proxy.accepted() > connections);
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> asked(client, "erin", "checkout_v2").changeNumber() != null);
    }
  }

  @Test
  void aConnectionThatIsResetIsMadeAnewWithoutAnyCallBeingTheWorseForIt() {
    try (FaultProxy proxy = proxy()) {
      SplitClient client = sdks.ready(connector(proxy.port())).client();
      Evaluation before = known(client, "alice", "checkout_v2");

      proxy.reset();

      for (int i = 0; i < 50; i++) {
        assertThat(asked(client, "alice", "checkout_v2")).isEqualTo(before);
      }
      await().until(() -> asked(client, "erin", "checkout_v2").changeNumber() != null);
    }
  }

  @Test
  void aSlowServerIsWaitedForNoLongerThanTheBudget() {
    try (FaultProxy proxy = proxy()) {
      SplitClient client = sdks.ready(connector(proxy.port())).client();
      Evaluation before = known(client, "alice", "checkout_v2");

      proxy.toClient().latency(BUDGET.multipliedBy(12));

      for (int i = 0; i < 4; i++) {
        assertThat(taken(() -> assertThat(asked(client, "alice", "checkout_v2")).isEqualTo(before)))
            .isLessThan(BUDGET.plusMillis(1_200));
      }
      proxy.toClient().latency(Duration.ZERO);
      await().until(() -> asked(client, "erin", "checkout_v2").changeNumber() != null);
    }
  }

  @Test
  void aBudgetLongerThanTheCommandTimeoutIsWaitedFor() {
    try (FaultProxy proxy = proxy()) {
      SplitClient client =
          sdks.ready(
                  connector(proxy.port())
                      .commandTimeout(Duration.ofMillis(500))
                      .callBudget(Duration.ofSeconds(20))
                      .withoutPush())
              .client();
      known(client, "alice", "checkout_v2");

      proxy.toClient().latency(Duration.ofSeconds(1));

      assertThat(asked(client, "erin", "checkout_v2").label()).isEqualTo("in segment all");
    }
  }

  @Test
  void whatMayNotBeReadIsAnExceptionAndTheRestIsAnswered() {
    redis.say("ACL SETUSER app on >secret +@all ~SPLITIO.split*");
    SplitClient client =
        sdks.ready(connector(redis.port()).login("app", "secret").withoutPush()).client();

    assertThat(asked(client, "vip_user", "legacy_banner").label()).isEqualTo("killed");
    assertThat(asked(client, "vip_user", "checkout_v2").label()).isEqualTo("whitelisted");
    assertThat(asked(client, "alice", "checkout_v2").label()).isEqualTo("exception");
  }

  @Test
  void aFlagSetThatIsNoneSpoilsNoOther() {
    redis.say("SET SPLITIO.flagSet.bad text");
    SplitClient client = sdks.ready(connector(redis.port()).callBudget(PATIENT)).client();
    List<String> sets = List.of("bad", "frontend");

    assertThat(client.getTreatmentsByFlagSets("alice", sets))
        .isEqualTo(Map.of("checkout_v2", "on", "legacy_banner", "off"));
    assertThat(client.async().getTreatmentsByFlagSets("alice", sets))
        .succeedsWithin(Duration.ofSeconds(10))
        .isEqualTo(Map.of("checkout_v2", "on", "legacy_banner", "off"));
  }

  @Test
  void aWrongPasswordIsToldAndTheRightOneIsTakenWithoutARestart() {
    redis.say("CONFIG SET requirepass right");
    String[] password = {"wrong"};
    SplitFactory factory =
        sdks.made(connector(redis.port()).password(() -> password[0].toCharArray()));

    await().until(() -> factory.health().fatal());
    assertThat(factory.health().problem()).contains("WRONGPASS").doesNotContain("wrong\"");
    assertThat(factory.client().getTreatment("alice", "checkout_v2")).isEqualTo("control");

    assertThat(factory.ready()).isCompletedExceptionally();

    password[0] = "right";
    factory.retryNow();
    assertThat(factory.ready()).succeedsWithin(Duration.ofSeconds(10));
    await().until(() -> factory.client().getTreatment("alice", "checkout_v2").equals("on"));
  }

  @Test
  void anOldCopyIsNotServedForEver() {
    SplitClient client =
        sdks.ready(connector(redis.port()).staleOnErrorMax(Duration.ofMillis(1_500))).client();
    assertThat(known(client, "vip_user", "checkout_v2").treatment()).isEqualTo("on");

    redis.close();

    assertThat(asked(client, "vip_user", "checkout_v2").treatment()).isEqualTo("on");
    await().until(() -> asked(client, "vip_user", "checkout_v2").label().equals("exception"));
  }

  @Test
  void aServerThatComesBackIsUsedWithinASecond() {
    SplitClient client = sdks.ready(connector(redis.port())).client();
    redis.close();
    assertThat(asked(client, "alice", "checkout_v2").label()).isEqualTo("exception");
    redis.start();
    load();

    await()
        .atMost(Duration.ofMillis(1_500))
        .until(() -> asked(client, "alice", "checkout_v2").treatment().equals("on"));
  }

  @Test
  void anEmptyDatabaseHasNoFlagsAndIsReadyUnlessFlagsAreRequired() {
    redis.say("FLUSHALL");
    SplitClient client = sdks.ready(connector(redis.port())).client();
    SplitFactory strict = sdks.made(connector(redis.port()).requiringFlags());

    assertThat(asked(client, "alice", "checkout_v2").label()).isEqualTo("definition not found");
    await().until(() -> strict.health().problem() != null);
    assertThat(strict.health().problem()).contains("no flags");

    load();
    await().until(() -> strict.client().getTreatment("alice", "checkout_v2").equals("on"));
  }

  @Test
  void whyTheFlagsCannotBeListedIsTold() {
    try (ToyRedis strict =
            new ToyRedis(said -> said.get(0).equals("SCAN") ? "-ERR not for you\r\n" : null);
        LogCapture log = LogCapture.warnings()) {
      SplitFactory factory =
          sdks.ready(RedisConnector.host("127.0.0.1", strict.port()).withoutPush());

      assertThat(factory.manager().splitNames()).isEmpty();
      assertThat(log.lines())
          .contains("ERROR splitNames: failed: 'Redis did not list the flags: ERR not for you'");
      assertThat(factory.manager().async().splitNames()).succeedsWithin(Duration.ofSeconds(20));
      assertThat(log.lines()).hasSize(1); // the same once more
    }
  }
}
