package io.splitio.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.api.Evaluation;
import io.splitio.api.Key;
import io.splitio.api.SplitClient;
import io.splitio.api.SplitResult;
import io.splitio.testing.LogCapture;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The data set of Redis specification 14, with its expected answers. */
class GoldenDataTest {
  private static final String TEAL = "{\"color\":\"teal\"}";

  private static TestRedis redis;
  private static List<SplitFactory> factories;

  @BeforeAll
  static void start() {
    redis = TestRedis.started().golden("").golden("acme.").golden("a.*b..");
    factories =
        List.of(
            redis.ready(patient()),
            redis.ready(patient().prefix("acme")),
            redis.ready(patient().prefix("a.*b.")),
            redis.ready(patient().localCopies(Duration.ZERO)));
  }

  /** What is asked here is what is answered, and not how fast. */
  private static RedisConnector patient() {
    return redis.connector().callBudget(Duration.ofSeconds(5));
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "vip_user, -, checkout_v2, -, on, whitelisted, 1700000000003, teal",
        "alice, -, checkout_v2, -, on, in segment beta_testers, 1700000000003, teal",
        "bob, -, checkout_v2, -, off, not in split, 1700000000003, -",
        "erin, -, checkout_v2, -, on, in segment all, 1700000000003, teal",
        "ivan, -, checkout_v2, -, off, in segment all, 1700000000003, -",
        "erin, ivan, checkout_v2, -, off, in segment all, 1700000000003, -",
        "edge-663, -, checkout_v2, -, on, in segment all, 1700000000003, teal",
        "edge-47, -, checkout_v2, -, off, not in split, 1700000000003, -",
        "edge-415, -, checkout_v2, -, on, in segment all, 1700000000003, teal",
        "edge-14, -, checkout_v2, -, off, in segment all, 1700000000003, -",
        "naïve-ключ, -, checkout_v2, -, off, in segment all, 1700000000003, -",
        "erin, -, price_test, 30, low, in rule based segment eu_adults, 1700000000004, -",
        "erin, -, price_test, 17, none, in segment all, 1700000000004, -",
        "alice, -, price_test, 30, high, in rule based segment eu_adults, 1700000000004, -",
        "frank, -, price_test, 30, none, in segment all, 1700000000004, -",
        "judy, -, price_test, 30, none, in segment all, 1700000000004, -",
        "ivan, -, price_test, 30, none, prerequisites not met, 1700000000004, -",
        "vip_user, -, price_test, 30, low, in rule based segment eu_adults, 1700000000004, -",
        "alice, -, legacy_banner, -, off, killed, 1700000000005, -",
        "erin, -, missing_flag, -, control, definition not found, -, -"
      })
  void everyRowIsAnsweredAsExpectedNowAndLater(
      String matching,
      String bucketing,
      String flag,
      Integer age,
      String treatment,
      String label,
      Long changeNumber,
      String config) {
    Key key = bucketing == null ? Key.of(matching) : Key.of(matching, bucketing);
    Map<String, Object> attributes = age == null ? Map.of() : Map.of("country", "DE", "age", age);
    Evaluation expected =
        new Evaluation(
            new SplitResult(treatment, config == null ? null : TEAL), label, changeNumber);

    assertThat(factories)
        .allSatisfy(
            factory -> {
              SplitClient client = factory.client();
              assertThat(client.evaluate(key, flag, attributes)).isEqualTo(expected);
              assertThat(client.async().evaluate(key, flag, attributes))
                  .succeedsWithin(Duration.ofSeconds(5))
                  .isEqualTo(expected);
            });
  }

  @Test
  void flagSetsAreAnsweredByWhatRedisListsInThem() {
    Map<String, String> expected =
        new HashMap<>(Map.of("checkout_v2", "on", "legacy_banner", "off"));

    assertThat(factories)
        .allSatisfy(
            factory -> {
              SplitClient client = factory.client();
              assertThat(client.getTreatmentsByFlagSet("alice", "frontend")).isEqualTo(expected);
              assertThat(client.async().getTreatmentsByFlagSet("alice", "frontend"))
                  .succeedsWithin(Duration.ofSeconds(5))
                  .isEqualTo(expected);
            });
  }

  @Test
  void severalFlagsAreAnsweredAtOnce() {
    assertThat(factories)
        .allSatisfy(
            factory ->
                assertThat(
                        factory
                            .client()
                            .getTreatments(
                                "alice", List.of("legacy_banner", "checkout_v2", "missing_flag")))
                    .isEqualTo(
                        Map.of(
                            "legacy_banner", "off",
                            "checkout_v2", "on",
                            "missing_flag", "control")));
  }

  @Test
  void theManagerShowsTheFlagsOfItsPrefixOnly() {
    assertThat(factories)
        .allSatisfy(
            factory -> {
              assertThat(factory.manager().splitNames())
                  .containsExactlyInAnyOrder("checkout_v2", "price_test", "legacy_banner");
              assertThat(factory.manager().splits()).hasSize(3);
              assertThat(factory.manager().split("price_test").defaultTreatment())
                  .isEqualTo("none");
              assertThat(factory.manager().async().splitNames())
                  .succeedsWithin(Duration.ofSeconds(5))
                  .satisfies(names -> assertThat(names).hasSize(3));
            });
  }

  @Test
  void aFilterOfFlagSetsIsForTheSynchronizer() throws Exception {
    try (LogCapture log = LogCapture.warnings();
        SplitFactory factory =
            redis.made(patient(), SplitConfig.defaults().withFlagSets(Set.of("backend")))) {
      factory.blockUntilReady(Duration.ofSeconds(10));

      assertThat(factory.client().getTreatmentsByFlagSet("alice", "frontend")).hasSize(2);
      assertThat(log.lines())
          .anyMatch(line -> line.contains("The filter of flag sets [backend] is ignored"));
    }
  }
}
