package io.splitio.backend.redis;

import static io.splitio.backend.redis.TestSdks.awaitDelivered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A user of Redis with the permissions that docs/redis.md lists, and no others. */
class AclTest {
  private static final Map<String, Object> ADULT = Map.of("country", "DE", "age", 30);
  private static final Pattern LINE = Pattern.compile("```\\n(ACL SETUSER split-sdk [^`]+)\\n```");

  // a sign of life after ten seconds, and what mends a lost reply (DoubtfulTest)
  private static final Set<String> NOT_SEEN_HERE = Set.of("ping", "ttl");

  private final TestSdks sdks = new TestSdks();
  private final List<RedisProcess> all = new ArrayList<>();

  @AfterEach
  void stop() {
    sdks.close();
    all.forEach(RedisProcess::close);
  }

  /** What the first group of a pattern is in the documentation, in one line. */
  private static String documented(Pattern pattern) {
    try {
      Matcher found = pattern.matcher(Files.readString(Path.of("..", "docs", "redis.md")));
      assertThat(found.find()).as(pattern.pattern()).isTrue();
      return found.group(1).replaceAll("\\s+", " ");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String also(String before) {
    return " " + documented(Pattern.compile(before.replace(" ", "\\s+") + "\\s+`([^`]+)`"));
  }

  private RedisProcess started(String... arguments) {
    RedisProcess redis = RedisProcess.server(RedisProcess.freePort(), arguments);
    all.add(redis);
    return redis;
  }

  private static void allow(RedisProcess redis, String line) {
    assertThat(redis.say(line)).isEqualTo("OK");
  }

  private SplitFactory ready(RedisConnector connector) {
    return sdks.ready(
        connector.login("split-sdk", "secret").callBudget(Duration.ofSeconds(5)).prefix(""));
  }

  private static void awaitTold(RedisProcess redis) {
    await().until(() -> ((String) redis.say("CLIENT LIST")).matches("(?s).* flags=[^ ]*B.*"));
  }

  /** All there is to do, with impressions, counts, unique keys, events and telemetry. */
  private static void use(SplitFactory factory) {
    assertThat(factory.client().getTreatment("erin", "price_test", ADULT)).isEqualTo("low");
    assertThat(factory.client().getTreatmentsByFlagSet("erin", "frontend")).hasSize(2);
    assertThat(factory.manager().splitNames()).hasSize(3);
    factory.client().track("erin", "user", "bought");
    awaitDelivered(factory, 2, 1);
  }

  /** What was refused, but for Lettuce's saying who it is, which it can do without. */
  private static void assertNothingElseWasRefused(RedisProcess redis) {
    try (RedisCli cli = redis.cli()) {
      for (Object entry : cli.list("ACL LOG")) {
        assertThat(new ArrayList<Object>((List<?>) entry))
            .contains("client")
            .doesNotContain("key", "auth");
      }
    }
  }

  private static Set<String> commandsOf(RedisProcess redis) {
    return ((String) redis.say("INFO commandstats"))
        .lines()
        .filter(line -> line.startsWith("cmdstat_") && !line.contains(":calls=0,"))
        .map(line -> line.substring("cmdstat_".length(), line.indexOf(':')))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> allowedBy(String line) {
    return Pattern.compile("\\+([a-z]+)")
        .matcher(line)
        .results()
        .map(word -> word.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void areEnoughForOneServerAndEachIsUsed() {
    RedisProcess redis = started();
    String line = documented(LINE);
    try (RedisCli cli = redis.cli()) {
      TestRedis.load(cli, "");
      assertThat(cli.say(line)).isEqualTo("OK");
      cli.say("CONFIG RESETSTAT");
    }
    SplitFactory factory = ready(RedisConnector.host("127.0.0.1", redis.port()));
    awaitTold(redis);
    use(factory);
    redis.say("DEL SPLITIO.split.legacy_banner");
    await().until(() -> factory.client().getTreatment("erin", "legacy_banner").equals("control"));
    factory.destroy();

    assertNothingElseWasRefused(redis);
    assertThat(redis.say("EXISTS SPLITIO.impressions.count SPLITIO.uniquekeys")).isEqualTo(2L);
    assertThat(redis.say("EXISTS SPLITIO.telemetry.init SPLITIO.telemetry.latencies"))
        .isEqualTo(2L);
    Set<String> unused = allowedBy(line);
    unused.removeAll(commandsOf(redis));
    assertThat(unused).isEqualTo(NOT_SEEN_HERE);
  }

  @Test
  void areEnoughForAnotherDatabaseWithOneMore() {
    RedisProcess redis = started();
    allow(redis, documented(LINE) + also("A database other than 0 takes"));
    try (RedisCli cli = redis.cli()) {
      cli.say("SELECT 1");
      TestRedis.load(cli, "");
    }

    use(ready(RedisConnector.host("127.0.0.1", redis.port()).database(1)));

    assertNothingElseWasRefused(redis);
  }

  @Test
  void areEnoughBehindSentinelsWithOneMoreAndOneForThem() {
    RedisProcess redis = started();
    allow(redis, documented(LINE) + also("Behind Sentinels add"));
    try (RedisCli cli = redis.cli()) {
      TestRedis.load(cli, "");
    }
    RedisProcess sentinel =
        RedisProcess.sentinel(
            RedisProcess.freePort(), "sentinel monitor flags 127.0.0.1 " + redis.port() + " 1");
    all.add(sentinel);
    allow(
        sentinel,
        "ACL SETUSER watcher on >watch resetkeys -@all"
            + also("where the Sentinels have users, theirs needs"));

    SplitFactory factory =
        ready(
            RedisConnector.sentinels("flags", List.of(sentinel.node()))
                .sentinelLogin("watcher", "watch"));
    awaitTold(redis);
    use(factory);

    assertNothingElseWasRefused(redis);
    assertNothingElseWasRefused(sentinel);
    assertThat(commandsOf(redis)).contains("role");
  }

  @Test
  void areEnoughForAClusterThatMovesKeysWithTwoMore() {
    String line =
        documented(LINE).replace("~SPLITIO", "~{SPLITIO}.SPLITIO") + also("A cluster takes");
    try (TestCluster cluster = new TestCluster()) {
      for (int i = 0; i < 3; i++) {
        allow(cluster.node(i), line);
      }
      try (RedisCli cli = cluster.node(0).cli()) {
        TestRedis.load(cli, "{SPLITIO}.");
      }
      cluster.beginMove(0, 1);
      cluster.move(0, 1, "{SPLITIO}.SPLITIO.rbsegment.eu_adults");
      SplitFactory factory = ready(cluster.connector(2));
      use(factory);
      cluster.endMove(0, 1);
      assertThat(factory.client().getTreatment("alice", "checkout_v2")).isEqualTo("on");
      awaitTold(cluster.node(1));

      for (int i = 0; i < 3; i++) {
        assertNothingElseWasRefused(cluster.node(i));
      }
      assertThat(commandsOf(cluster.node(1))).contains("asking");
      sdks.close();
    }
  }
}
