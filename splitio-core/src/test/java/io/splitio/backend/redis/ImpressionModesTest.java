package io.splitio.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.api.Impression;
import io.splitio.api.ImpressionMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What stands in Redis of the same three calls in each mode (Redis specification 9 and 14). */
class ImpressionModesTest {
  private final List<Impression> heard = new CopyOnWriteArrayList<>();
  private TestRedis redis;
  private RedisCli cli;

  @BeforeEach
  void start() {
    redis = TestRedis.started().golden("");
    cli = redis.cli();
  }

  @AfterEach
  void stop() {
    cli.close();
    redis.close();
  }

  /** Asks as the specification does, and ends, so that everything is delivered. */
  private void ask(ImpressionMode mode, UnaryOperator<SplitConfig> changes) throws Exception {
    SplitConfig config =
        SplitConfig.defaults().withImpressionMode(mode).withImpressionListener(heard::add);
    SplitFactory factory = redis.made(redis.connector(), changes.apply(config));
    factory.blockUntilReady(Duration.ofSeconds(10));
    factory.client().getTreatment("alice", "checkout_v2");
    factory.client().getTreatment("alice", "checkout_v2");
    factory.client().getTreatment("alice", "legacy_banner");
    factory.destroy();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          DEBUG     | 2 | {legacy_banner=1}                | {"f":"legacy_banner","ks":["alice"]}
          OPTIMIZED | 1 | {checkout_v2=1, legacy_banner=1} | {"f":"legacy_banner","ks":["alice"]}
          NONE      | 0 | {checkout_v2=2, legacy_banner=1} | {"f":"checkout_v2","ks":["alice"]} {"f":"legacy_banner","ks":["alice"]}
          """)
  void theThreeCallsLeaveWhatTheSpecificationSays(
      ImpressionMode mode, long impressions, String counts, String uniqueKeys) throws Exception {
    ask(mode, config -> config);

    assertThat(cli.say("LLEN SPLITIO.impressions")).isEqualTo(impressions);
    assertThat(flags("SPLITIO.impressions")).allMatch("checkout_v2"::equals);
    assertThat(countsByFlag()).hasToString(counts);
    assertThat(cli.list("LRANGE SPLITIO.uniquekeys 0 -1"))
        .containsExactlyInAnyOrder((Object[]) uniqueKeys.split(" "));
  }

  private List<String> flags(String list) {
    return cli.list("LRANGE " + list + " 0 -1").stream()
        .map(element -> ((String) element).replaceAll(".*\"f\":\"([^\"]*)\".*", "$1"))
        .toList();
  }

  /** How often each flag was served, in whichever hour. */
  private Map<String, Long> countsByFlag() {
    List<Object> hash = cli.list("HGETALL SPLITIO.impressions.count");
    Map<String, Long> counts = new TreeMap<>();
    for (int i = 0; i < hash.size(); i += 2) {
      String[] field = ((String) hash.get(i)).split("::");
      assertThat(field).hasSize(2);
      assertThat(Long.parseLong(field[1]) % 3_600_000).isZero();
      counts.merge(field[0], Long.valueOf((String) hash.get(i + 1)), Long::sum);
    }
    return counts;
  }

  @ParameterizedTest
  @EnumSource
  void aListenerHearsEveryImpressionInEveryMode(ImpressionMode mode) throws Exception {
    ask(mode, config -> config);

    assertThat(heard)
        .extracting(Impression::flag)
        .containsExactly("checkout_v2", "checkout_v2", "legacy_banner");
    assertThat(heard)
        .extracting(Impression::label)
        .containsExactly("in segment beta_testers", "in segment beta_testers", "killed");
  }

  @Test
  void withoutLabelsTheLabelIsNull() throws Exception {
    ask(ImpressionMode.DEBUG, SplitConfig::withoutLabels);

    assertThat(cli.list("LRANGE SPLITIO.impressions 0 -1"))
        .hasSize(2)
        .allSatisfy(
            element ->
                assertThat((String) element)
                    .contains("\"t\":\"on\",\"r\":null,\"c\":170000000000"));
  }

  @Test
  void withoutAddressesNeitherHostNorAddressIsTold() throws Exception {
    ask(
        ImpressionMode.DEBUG,
        config -> config.withoutIpAddresses().withInstanceName("secret-host"));

    List<Object> told = new ArrayList<>(cli.list("LRANGE SPLITIO.impressions 0 -1"));
    assertThat(told)
        .hasSize(2)
        .allSatisfy(
            element -> assertThat((String) element).contains(",\"n\":\"NA\",\"i\":\"NA\"}"));
    told.addAll(cli.list("HKEYS SPLITIO.telemetry.init"));
    told.addAll(cli.list("HKEYS SPLITIO.telemetry.latencies"));
    assertThat(told).hasSizeGreaterThan(3);
    assertThat(told).noneMatch(text -> ((String) text).contains("secret-host"));
    assertThat((String) told.get(2)).matches("java-[^/]+/NA/NA");
    assertThat((String) told.get(3)).matches("java-[^/]+/NA/NA/treatment/\\d+");
  }
}
