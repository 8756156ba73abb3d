package io.splitio.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.api.ImpressionMode;
import io.splitio.api.SplitClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server is asked and given, as it notes it down (Redis specification 2 and 5.2). */
class CommandsTest {
  private static final Set<String> WITH_KEYS =
      Set.of("GET", "MGET", "SISMEMBER", "SMEMBERS", "HSET", "HINCRBY", "HLEN", "RPUSH", "EXPIRE");
  private static final Set<String> WITHOUT_KEYS =
      Set.of("HELLO", "AUTH", "SELECT", "CLIENT", "PING", "SCAN", "ECHO", "MONITOR");

  private TestRedis redis;

  @BeforeEach
  void start() {
    redis = TestRedis.started();
  }

  @AfterEach
  void stop() {
    redis.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "acme", "a.*[b]?"})
  void onlyDocumentedCommandsTouchOnlyKeysBelowThePrefix(String prefix) throws Exception {
    String before = prefix.isEmpty() ? "" : prefix + ".";
    redis.golden(before);
    List<List<String>> commands;
    try (Monitor monitor = Monitor.of(redis)) {
      everything(prefix);
      commands = monitor.commands();
    }

    Set<String> names = commands.stream().map(words -> words.get(0)).collect(Collectors.toSet());
    assertThat(names)
        .isSubsetOf(union(WITH_KEYS, WITHOUT_KEYS))
        .contains("MGET", "SISMEMBER", "SMEMBERS", "SCAN", "RPUSH", "HINCRBY", "HSET");
    assertThat(commands)
        .filteredOn(words -> WITH_KEYS.contains(words.get(0)))
        .allSatisfy(
            words -> assertThat(keys(words)).allMatch(key -> key.startsWith(before + "SPLITIO.")));
  }

  private static Set<String> union(Set<String> some, Set<String> others) {
    Set<String> all = new TreeSet<>(some);
    all.addAll(others);
    return all;
  }

  private static List<String> keys(List<String> words) {
    return words.get(0).equals("MGET") ? words.subList(1, words.size()) : List.of(words.get(1));
  }

  /** Asks and tells all there is, and ends. */
  private void everything(String prefix) throws Exception {
    SplitFactory factory = ready(redis.connector().prefix(prefix), ImpressionMode.OPTIMIZED);
    SplitClient client = factory.client();
    client.getTreatment("erin", "checkout_v2");
    client.getTreatment("erin", "price_test", Map.of("country", "DE", "age", 30));
    client.getTreatment("alice", "legacy_banner");
    client.getTreatments("alice", List.of("checkout_v2", "missing_flag"));
    client.getTreatmentsByFlagSets("alice", List.of("frontend", "backend"));
    client.async().getTreatment("bob", "checkout_v2").get();
    client.track("erin", "user", "purchase");
    assertThat(factory.manager().splitNames()).hasSize(3);
    assertThat(factory.manager().splits()).hasSize(3);
    assertThat(factory.manager().split("price_test")).isNotNull();
    factory.destroy();
  }

  private SplitFactory ready(RedisConnector connector, ImpressionMode mode) throws Exception {
    SplitFactory factory = redis.made(connector, SplitConfig.defaults().withImpressionMode(mode));
    factory.blockUntilReady(Duration.ofSeconds(10));
    return factory;
  }

  @Test
  void theManagerScansAndNeverAsksForKeys() throws Exception {
    redis.golden("");
    SplitFactory factory = ready(redis.connector(), ImpressionMode.DEBUG);

    assertThat(factory.manager().splitNames()).hasSize(3);
    assertThat(factory.manager().async().splits().get()).hasSize(3);

    assertThat((String) redis.say("INFO commandstats"))
        .contains("cmdstat_scan:calls=")
        .doesNotContain("cmdstat_keys");
  }

  @Test
  void theManagerAsksWhoIsInASegmentNeverAndLeavesEvaluationsAsTheyAre() throws Exception {
    redis.golden("");
    SplitFactory factory =
        ready(redis.connector().callBudget(Duration.ofSeconds(10)), ImpressionMode.DEBUG);
    List<List<String>> commands;
    try (Monitor monitor = Monitor.of(redis)) {
      assertThat(factory.manager().splits()).hasSize(3);
      assertThat(factory.manager().split("price_test")).isNotNull();
      assertThat(factory.manager().async().split("checkout_v2").get()).isPresent();
      commands = monitor.commands();
    }

    assertThat(commands)
        .noneMatch(words -> words.get(0).equals("SISMEMBER"))
        .noneMatch(words -> words.toString().contains("rbsegment.eu_adults"));
    Map<String, Object> adult = Map.of("country", "DE", "age", 30);
    assertThat(factory.client().getTreatment("alice", "checkout_v2")).isEqualTo("on");
    assertThat(factory.client().getTreatment("erin", "price_test", adult)).isEqualTo("low");
  }

  @Test
  void aNameThatIsScannedTwiceIsListedOnce() throws Exception {
    redis.golden("");
    for (int i = 0; i < 3_000; i++) {
      redis.say("SET other." + i + " x");
    }
    SplitFactory factory = ready(redis.connector(), ImpressionMode.DEBUG);

    assertThat(factory.manager().splitNames())
        .containsExactlyInAnyOrder("checkout_v2", "price_test", "legacy_banner");
  }

  @Test
  void whatIsWrittenStandsUnderItsSevenKeysOnly() throws Exception {
    redis.golden("acme.");
    everything("acme");

    Set<String> keys =
        redis.cli().list("KEYS *").stream()
            .map(String.class::cast)
            .filter(
                key ->
                    !key.matches(".*(split|segment|flagSet|trafficType|splits|rbsegments?)\\..*"))
            .collect(Collectors.toSet());
    assertThat(keys)
        .containsExactlyInAnyOrder(
            "acme.SPLITIO.impressions",
            "acme.SPLITIO.impressions.count",
            "acme.SPLITIO.uniquekeys",
            "acme.SPLITIO.events",
            "acme.SPLITIO.telemetry.init",
            "acme.SPLITIO.telemetry.latencies");
  }
}
