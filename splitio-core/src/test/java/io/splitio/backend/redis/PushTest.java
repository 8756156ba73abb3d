package io.splitio.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.api.SplitClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Local copies that Redis itself tells of changes (Redis specification 12). */
class PushTest {
  private static final Map<String, Object> ADULT = Map.of("country", "DE", "age", 30);
  private static final Pattern CALLS =
      Pattern.compile("cmdstat_(?:get|mget|sismember|smembers):calls=(\\d+)");

  private RedisProcess redis;
  private RedisCli cli;
  private TestSdks sdks;

  @BeforeEach
  void start() {
    redis = RedisProcess.server(RedisProcess.freePort());
    cli = redis.cli();
    sdks = new TestSdks();
    TestRedis.load(cli, "acme.");
  }

  @AfterEach
  void stop() {
    sdks.close();
    cli.close();
    redis.close();
  }

  private RedisConnector connector() {
    return RedisConnector.host("127.0.0.1", redis.port()).prefix("acme");
  }

  /** One that knows what the test asks about, and that Redis tells of changes. */
  private SplitClient warm(RedisConnector connector) {
    SplitClient client = sdks.ready(connector).client();
    awaitTold();
    ask(client);
    await()
        .until(
            () -> {
              cli.say("CONFIG RESETSTAT");
              ask(client);
              return asked() == 0;
            });
    return client;
  }

  private static void ask(SplitClient client) {
    client.getTreatment("erin", "price_test", ADULT);
    client.getTreatment("erin", "legacy_banner");
    client.getTreatmentsByFlagSet("erin", "frontend");
  }

  private void awaitTold() {
    await().until(() -> !trackers().isEmpty());
  }

  private List<String> trackers() {
    return ((String) cli.say("CLIENT LIST"))
        .lines()
        .filter(line -> line.matches(".* flags=[^ ]*B.*"))
        .map(line -> line.replaceAll(".*?id=(\\d+) .*", "$1"))
        .toList();
  }

  private long asked() {
    long asked = 0;
    Matcher calls = CALLS.matcher((String) cli.say("INFO commandstats"));
    while (calls.find()) {
      asked += Long.parseLong(calls.group(1));
    }
    return asked;
  }

  private void rename(String flag, String from, String to) {
    String stored = (String) cli.say("GET acme.SPLITIO.split." + flag);
    assertThat(stored).contains(from);
    cli.send(List.of("SET", "acme.SPLITIO.split." + flag, stored.replace(from, to)));
  }

  @Test
  void whatIsKnownIsServedWithoutAskingAlsoMembershipsAndSets() {
    SplitClient client = warm(connector().localCopies(Duration.ofNanos(1)));
    cli.say("CONFIG RESETSTAT");

    for (int i = 0; i < 100; i++) {
      assertThat(client.getTreatment("erin", "price_test", ADULT)).isEqualTo("low");
      assertThat(client.async().getTreatment("erin", "legacy_banner").join()).isEqualTo("off");
      assertThat(client.getTreatmentsByFlagSet("erin", "frontend")).hasSize(2);
    }

    assertThat(asked()).isZero();
  }

  @Test
  void aChangeOfAFlagIsSeenWithinMilliseconds() {
    SplitClient client = warm(connector().localCopies(Duration.ofMinutes(5)));

    rename("legacy_banner", "\"off\"", "\"elsewhere\"");

    await()
        .pollInterval(Duration.ofMillis(1))
        .atMost(Duration.ofMillis(500))
        .until(() -> client.getTreatment("erin", "legacy_banner").equals("elsewhere"));
  }

  @Test
  void aChangeOfAPrerequisiteOfASegmentAndOfARuleBasedSegmentIsSeen() {
    SplitClient client = warm(connector().localCopies(Duration.ofMinutes(5)));

    cli.say("SADD acme.SPLITIO.segment.internal_staff erin");
    await().until(() -> client.getTreatment("erin", "price_test", ADULT).equals("none"));
    cli.say("SREM acme.SPLITIO.segment.internal_staff erin");
    await().until(() -> client.getTreatment("erin", "price_test", ADULT).equals("low"));

    rename("checkout_v2", "\"killed\":false", "\"killed\":true");
    await().until(() -> client.getTreatment("erin", "price_test", ADULT).equals("none"));
    rename("checkout_v2", "\"killed\":true", "\"killed\":false");
    await().until(() -> client.getTreatment("erin", "price_test", ADULT).equals("low"));

    cli.say("DEL acme.SPLITIO.rbsegment.eu_adults");
    await().until(() -> client.getTreatment("erin", "price_test", ADULT).equals("none"));
  }

  @Test
  void aFlagThatComesAndOneThatGoesAreSeenAndSoAreSets() {
    SplitClient client = warm(connector().localCopies(Duration.ofMinutes(5)));
    assertThat(client.getTreatment("erin", "new_one")).isEqualTo("control");

    String stored = (String) cli.say("GET acme.SPLITIO.split.legacy_banner");
    cli.send(
        List.of("SET", "acme.SPLITIO.split.new_one", stored.replace("legacy_banner", "new_one")));
    cli.say("SADD acme.SPLITIO.flagSet.frontend new_one");
    cli.say("DEL acme.SPLITIO.split.legacy_banner");

    await()
        .untilAsserted(
            () -> {
              assertThat(client.getTreatment("erin", "new_one")).isEqualTo("off");
              assertThat(client.getTreatment("erin", "legacy_banner")).isEqualTo("control");
              assertThat(client.getTreatmentsByFlagSet("erin", "frontend")).containsKey("new_one");
            });
  }

  @Test
  void whatIsWrittenAllTheTimeIsNotTold() {
    SplitClient client = warm(connector());
    cli.say("CONFIG RESETSTAT");
    for (int i = 0; i < 10; i++) {
      client.track("erin", "user", "bought");
      cli.say("RPUSH acme.SPLITIO.impressions x");
    }

    assertThat(client.getTreatment("erin", "price_test", ADULT)).isEqualTo("low");
    assertThat(asked()).isZero();
  }

  @Test
  void nothingOutdatedSurvivesAConnectionThatWasCutWhileSomethingChanged() {
    SplitClient client = warm(connector().localCopies(Duration.ofMinutes(5)));

    String old = trackers().get(0);
    String stored = (String) cli.say("GET acme.SPLITIO.split.legacy_banner");
    cli.say("MULTI");
    cli.say("CLIENT KILL ID " + old);
    cli.send( // before it can be there again
        List.of(
            "SET", "acme.SPLITIO.split.legacy_banner", stored.replace("\"off\"", "\"elsewhere\"")));
    assertThat(cli.say("EXEC")).isEqualTo(List.of(1L, "OK"));

    await().until(() -> !trackers().isEmpty() && !trackers().contains(old));
    await().until(() -> client.getTreatment("erin", "legacy_banner").equals("elsewhere"));
    rename("legacy_banner", "\"elsewhere\"", "\"third\"");
    await()
        .atMost(Duration.ofMillis(500))
        .until(() -> client.getTreatment("erin", "legacy_banner").equals("third"));
  }

  @Test
  void anEmptiedRedisIsNoticedAndWhatWasThereIsServedForAWhile() {
    SplitClient kept = warm(connector().localCopies(Duration.ofMinutes(5)));
    SplitClient strict =
        warm(connector().localCopies(Duration.ofMinutes(5)).wipeGrace(Duration.ZERO));

    cli.say("FLUSHALL");

    await().until(() -> strict.getTreatment("erin", "legacy_banner").equals("control"));
    assertThat(kept.getTreatment("erin", "legacy_banner")).isEqualTo("off");

    TestRedis.load(cli, "acme.");
    rename("legacy_banner", "\"off\"", "\"elsewhere\"");
    await().until(() -> strict.getTreatment("erin", "legacy_banner").equals("elsewhere"));
    await().until(() -> kept.getTreatment("erin", "legacy_banner").equals("elsewhere"));
  }

  @Test
  void withoutPermissionToBeToldCopiesAreServedAsLongAsTheyAreFresh() {
    cli.say("ACL SETUSER app on >secret ~* +@all -client");
    SplitClient client =
        sdks.ready(connector().login("app", "secret").localCopies(Duration.ofMillis(50))).client();
    assertThat(client.getTreatment("erin", "legacy_banner")).isEqualTo("off");

    rename("legacy_banner", "\"off\"", "\"elsewhere\"");

    await().until(() -> client.getTreatment("erin", "legacy_banner").equals("elsewhere"));
    assertThat(trackers()).isEmpty();
  }

  @Test
  void aServerOfTheOldProtocolIsAskedWhenCopiesAreNoLongerFresh() {
    try (RedisProcess old =
            RedisProcess.server(RedisProcess.freePort(), "--rename-command", "HELLO", "");
        RedisCli said = old.cli()) {
      TestRedis.load(said, "");
      SplitClient client =
          sdks.ready(
                  RedisConnector.host("127.0.0.1", old.port())
                      .callBudget(Duration.ofSeconds(5))
                      .localCopies(Duration.ofMillis(50)))
              .client();
      assertThat(client.getTreatment("erin", "legacy_banner")).isEqualTo("off");

      said.say("DEL SPLITIO.split.legacy_banner");

      await().until(() -> client.getTreatment("erin", "legacy_banner").equals("control"));
      assertThat((String) said.say("CLIENT LIST")).doesNotContainPattern(" flags=[^ ]*B");
    }
  }

  @Test
  void manyThreadsThatAskWhileFlagsChangeGetTheirOwnFlagsAndInTheEndTheNewest() throws Exception {
    SplitClient client = warm(connector().callBudget(Duration.ofSeconds(5)));
    Set<String> answers = ConcurrentHashMap.newKeySet();
    AtomicBoolean over = new AtomicBoolean();
    List<Thread> threads =
        Stream.generate(() -> new Thread(() -> askAllTheTime(client, over, answers)))
            .limit(8)
            .toList();
    threads.forEach(Thread::start);
    String before = "off";
    for (int i = 0; i < 300; i++) {
      rename("legacy_banner", "\"" + before + "\"", "\"v" + i + "\"");
      before = "v" + i;
      if (i % 50 == 0) { // however busy the machine is
        String now = before;
        await().until(() -> answers.contains(now));
      }
    }
    String newest = before;
    await()
        .atMost(Duration.ofSeconds(2))
        .until(() -> client.getTreatment("erin", "legacy_banner").equals(newest));
    over.set(true);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(answers).hasSizeGreaterThan(5).allMatch(answer -> answer.matches("off|v\\d+"));
  }

  private static void askAllTheTime(SplitClient client, AtomicBoolean over, Set<String> answers) {
    while (!over.get()) {
      answers.add(client.getTreatment("erin", "legacy_banner"));
    }
  }

  @Test
  void whatWasToldOfIsAsOldAsTheConnectionThatToldOfIt() {
    SplitClient client =
        warm(
            connector().localCopies(Duration.ofNanos(1)).staleOnErrorMax(Duration.ofMillis(1_500)));
    await().pollDelay(Duration.ofSeconds(2)).until(() -> asked() == 0);

    redis.close();

    assertThat(client.getTreatment("erin", "legacy_banner")).isEqualTo("off");
    await()
        .during(Duration.ofMillis(500))
        .until(() -> client.getTreatment("erin", "legacy_banner").equals("control"));
  }
}
