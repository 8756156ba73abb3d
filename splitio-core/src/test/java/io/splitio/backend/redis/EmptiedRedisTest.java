package io.splitio.backend.redis;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitFactory;
import io.splitio.api.Key;
import io.splitio.api.SplitClient;
import io.splitio.testing.LogCapture;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Redis that is emptied, as when the Synchronizer starts afresh (Redis specification 12.3). */
class EmptiedRedisTest {
  private static final Map<String, Object> ADULT = Map.of("country", "DE", "age", 30);
  private static final Duration GRACE = Duration.ofSeconds(4);

  private RedisProcess redis;
  private RedisCli cli;
  private final TestSdks sdks = new TestSdks();

  @BeforeEach
  void start() {
    redis = RedisProcess.server(RedisProcess.freePort());
    cli = redis.cli();
    TestRedis.load(cli, "");
  }

  @AfterEach
  void stop() {
    sdks.close();
    cli.close();
    redis.close();
  }

  /** One whose copies are never fresh. */
  private SplitClient client(Duration grace) {
    return sdks.ready(
            RedisConnector.host("127.0.0.1", redis.port())
                .callBudget(Duration.ofSeconds(5))
                .withoutPush()
                .localCopies(Duration.ZERO)
                .wipeGrace(grace))
        .client();
  }

  private void change(String key, String part, String other) {
    String stored = (String) cli.say("GET " + key);
    assertThat(stored).contains(part);
    cli.send(List.of("SET", key, stored.replace(part, other)));
  }

  private static Set<String> labelsOfStrangers(SplitClient client) {
    Set<String> labels = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      labels.add(client.evaluate(Key.of("stranger" + i), "checkout_v2", Map.of()).label());
    }
    return labels;
  }

  private static String asked(SplitClient client, String key, String flag) {
    return client.getTreatment(key, flag);
  }

  @Test
  void aSecondTimeIsAsGoodAsTheFirst() {
    SplitClient client = client(GRACE);
    assertThat(asked(client, "erin", "legacy_banner")).isEqualTo("off");
    cli.say("FLUSHALL");
    assertThat(asked(client, "erin", "legacy_banner")).isEqualTo("off");
    await()
        .atMost(GRACE.plusSeconds(10))
        .until(() -> asked(client, "erin", "legacy_banner").equals("control"));

    TestRedis.load(cli, "");
    assertThat(asked(client, "erin", "legacy_banner")).isEqualTo("off");
    cli.say("FLUSHALL");

    assertThat(asked(client, "erin", "legacy_banner")).isEqualTo("off");
  }

  @Test
  void aFlagThatIsDeletedIsNotServedForLongWhereNothingTellsTheVersionOfTheOthers() {
    SplitClient client = client(GRACE);
    assertThat(asked(client, "erin", "legacy_banner")).isEqualTo("off");
    cli.say("DEL SPLITIO.splits.till SPLITIO.split.legacy_banner");

    await()
        .atMost(GRACE.plusSeconds(10))
        .until(
            () -> {
              assertThat(asked(client, "vip_user", "checkout_v2")).isEqualTo("on");
              return asked(client, "erin", "legacy_banner").equals("control");
            });
  }

  @Test
  void whereTheVersionIsGoneWhatVanishedIsServedForAWhile() {
    SplitClient client = client(Duration.ofMinutes(1));
    assertThat(asked(client, "erin", "legacy_banner")).isEqualTo("off");
    cli.say("DEL SPLITIO.splits.till SPLITIO.split.legacy_banner");

    await()
        .during(Duration.ofSeconds(1))
        .atMost(Duration.ofSeconds(20))
        .until(() -> asked(client, "erin", "legacy_banner").equals("off"));
  }

  @Test
  void aFlagThatIsDeletedIsNoSignOfAnEmptiedRedisWhereThereNeverWasAVersion() {
    cli.say("DEL SPLITIO.splits.till");
    SplitClient client = client(Duration.ofMinutes(1));
    assertThat(asked(client, "alice", "checkout_v2")).isEqualTo("on");
    assertThat(asked(client, "erin", "legacy_banner")).isEqualTo("off");
    cli.say("DEL SPLITIO.split.legacy_banner");

    assertThat(asked(client, "erin", "legacy_banner")).isEqualTo("control");
    for (int i = 0; i < 20; i++) {
      assertThat(client.evaluate(Key.of("stranger" + i), "checkout_v2", Map.of()).label())
          .isNotEqualTo("exception");
    }
  }

  @Test
  void whoWasInASegmentIsStillAndWhatWasInAFlagSetToo() {
    SplitClient client = client(Duration.ofMinutes(1));
    assertThat(asked(client, "alice", "checkout_v2")).isEqualTo("on");
    assertThat(client.getTreatmentsByFlagSet("alice", "frontend")).hasSize(2);

    cli.say("FLUSHALL");

    for (int i = 0; i < 3; i++) {
      assertThat(asked(client, "alice", "checkout_v2")).isEqualTo("on");
      assertThat(client.getTreatmentsByFlagSet("alice", "frontend")).hasSize(2);
    }
  }

  @Test
  void whoseSegmentsAreNotKnownGetsNoWrongAnswer() {
    SplitClient client = client(Duration.ofMinutes(1));
    assertThat(asked(client, "alice", "checkout_v2")).isEqualTo("on");
    cli.say("FLUSHALL");
    asked(client, "alice", "checkout_v2");

    assertThat(labelsOfStrangers(client)).containsExactlyInAnyOrder("exception", "not in split");
  }

  @Test
  void whatIsAskedForOnlyAfterwardsIsNotToldToBeNowhere() {
    SplitClient client =
        sdks.ready(
                RedisConnector.host("127.0.0.1", redis.port())
                    .callBudget(Duration.ofSeconds(5))
                    .withoutPush()
                    .localCopies(Duration.ofMinutes(1)))
            .client();
    assertThat(asked(client, "alice", "checkout_v2")).isEqualTo("on");
    cli.say("FLUSHALL");

    assertThat(labelsOfStrangers(client)).containsExactlyInAnyOrder("exception", "not in split");
    assertThat(client.getTreatmentsByFlagSet("bob", "frontend")).isEmpty();

    TestRedis.load(cli, "");
    assertThat(labelsOfStrangers(client))
        .containsExactlyInAnyOrder("in segment all", "not in split");
    assertThat(client.getTreatmentsByFlagSet("bob", "frontend")).hasSize(2);
  }

  @Test
  void whatAKnownFlagNeedsAndWasNeverLoadedIsNotTakenForMissing() {
    change("SPLITIO.split.price_test", "[{\"n\":\"checkout_v2\",\"ts\":[\"on\"]}]", "[]");
    String staff = "[{\"name\":\"internal_staff\",\"type\":\"standard\"}]";
    change("SPLITIO.rbsegment.eu_adults", staff, "[]");
    SplitFactory factory =
        sdks.ready(
            RedisConnector.host("127.0.0.1", redis.port())
                .callBudget(Duration.ofSeconds(5))
                .withoutPush()
                .localCopies(Duration.ofMinutes(1)));
    assertThat(factory.manager().splits()).hasSize(3);
    cli.say("DEL SPLITIO.splits.till SPLITIO.rbsegment.eu_adults");

    assertThat(factory.client().evaluate(Key.of("erin"), "price_test", ADULT).label())
        .isEqualTo("exception");
  }

  @Test
  void whatWasFilledAfterTheStartIsServedOnToo() {
    cli.say("FLUSHALL");
    SplitClient client = client(Duration.ofMinutes(1));
    TestRedis.load(cli, "");
    assertThat(asked(client, "erin", "legacy_banner")).isEqualTo("off");
    cli.say("FLUSHALL");

    assertThat(asked(client, "erin", "legacy_banner")).isEqualTo("off");
  }

  @Test
  void aVersionOfAnotherTypeIsNoSignOfItAndIsTold() {
    SplitClient client = client(Duration.ofMinutes(1));
    assertThat(asked(client, "alice", "checkout_v2")).isEqualTo("on");
    cli.say("DEL SPLITIO.splits.till");
    cli.say("RPUSH SPLITIO.splits.till 1");

    try (LogCapture log = LogCapture.warnings()) {
      assertThat(labelsOfStrangers(client))
          .containsExactlyInAnyOrder("in segment all", "not in split");
      assertThat(log.lines())
          .singleElement(as(STRING))
          .contains("WRONGTYPE of SPLITIO.splits.till. Something else uses a key of the SDK");
    }

    cli.say("DEL SPLITIO.splits.till");
    TestRedis.load(cli, "");
    assertThat(asked(client, "alice", "checkout_v2")).isEqualTo("on");
    cli.say("FLUSHALL");
    assertThat(asked(client, "alice", "checkout_v2")).isEqualTo("on");
  }

  @Test
  void whoLeavesASegmentOfARedisThatIsNotEmptyIsOutAtOnceAndSoIsASet() {
    SplitClient client = client(Duration.ofMinutes(1));
    assertThat(asked(client, "alice", "checkout_v2")).isEqualTo("on");
    assertThat(client.getTreatmentsByFlagSet("alice", "frontend")).hasSize(2);

    cli.list("KEYS SPLITIO.segment.*").stream()
        .map(String.class::cast)
        .filter(key -> !key.endsWith(".till"))
        .forEach(key -> cli.say("DEL " + key));
    cli.say("DEL SPLITIO.flagSet.frontend");

    assertThat(asked(client, "alice", "checkout_v2")).isEqualTo("off");
    assertThat(client.getTreatmentsByFlagSet("alice", "frontend")).isEmpty();
  }

  @Test
  void whatIsServedMeanwhileIsNotServedOnWhenRedisTellsOfChanges() {
    SplitClient client =
        sdks.ready(RedisConnector.host("127.0.0.1", redis.port()).wipeGrace(Duration.ofSeconds(1)))
            .client();
    assertThat(asked(client, "erin", "legacy_banner")).isEqualTo("off");
    cli.say("FLUSHALL");

    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> asked(client, "erin", "legacy_banner").equals("control"));
  }
}
