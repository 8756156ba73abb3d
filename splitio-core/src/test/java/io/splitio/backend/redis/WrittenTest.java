package io.splitio.backend.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.api.ImpressionMode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is written to Redis, compared with literal bytes (Redis specification 4). */
class WrittenTest {
  private static final String WHO =
      "\"m\":\\{\"s\":\"java-[^\"/]+\",\"n\":\"box_1\",\"i\":\"[^\"/]+\"\\}";
  private static final String TIME = "17\\d{11}|1[89]\\d{11}|[2-9]\\d{12}";

  private TestRedis redis;
  private RedisCli cli;

  @BeforeEach
  void start() {
    redis = TestRedis.started().golden("acme.");
    cli = redis.cli();
  }

  @AfterEach
  void stop() {
    cli.close();
    redis.close();
  }

  private SplitFactory made(ImpressionMode mode) throws Exception {
    SplitFactory factory =
        redis.made(
            redis.connector().prefix("acme"),
            SplitConfig.defaults().withImpressionMode(mode).withInstanceName("box/1"));
    factory.blockUntilReady(java.time.Duration.ofSeconds(10));
    return factory;
  }

  private List<Object> elements(String key) {
    return cli.list("LRANGE " + key + " 0 -1");
  }

  private void awaitLength(String key, long length) {
    await().untilAsserted(() -> assertThat(cli.say("LLEN " + key)).isEqualTo(length));
  }

  @Test
  void anImpressionHasTheFieldsOfTheSpecificationAndItsListExpires() throws Exception {
    made(ImpressionMode.DEBUG).client().getTreatment("erin", "checkout_v2");

    awaitLength("acme.SPLITIO.impressions", 1);
    assertThat((String) elements("acme.SPLITIO.impressions").get(0))
        .matches(
            "\\{"
                + WHO
                + ",\"i\":\\{\"k\":\"erin\",\"b\":null,\"f\":\"checkout_v2\",\"t\":\"on\","
                + "\"r\":\"in segment all\",\"c\":1700000000003,\"m\":("
                + TIME
                + ")\\}\\}");
    await()
        .untilAsserted(
            () ->
                assertThat((Long) cli.say("TTL acme.SPLITIO.impressions")).isBetween(3500L, 3600L));
  }

  @Test
  void theTimeToLiveIsSetByThePushThatMakesTheListAndNotRenewed() throws Exception {
    SplitFactory factory = made(ImpressionMode.DEBUG);
    factory.client().getTreatment("erin", "checkout_v2");
    await()
        .untilAsserted(
            () -> assertThat((Long) cli.say("TTL acme.SPLITIO.impressions")).isPositive());
    cli.say("EXPIRE acme.SPLITIO.impressions 1000");

    factory.client().getTreatment("ivan", "checkout_v2");

    awaitLength("acme.SPLITIO.impressions", 2);
    factory.destroy();
    assertThat((Long) cli.say("TTL acme.SPLITIO.impressions")).isBetween(900L, 1000L);
  }

  @Test
  void anEventHasTheFieldsOfTheSpecification() throws Exception {
    made(ImpressionMode.DEBUG).client().track("erin", "user", "purchase", 12.5, Map.of("n", 1));

    awaitLength("acme.SPLITIO.events", 1);
    assertThat((String) elements("acme.SPLITIO.events").get(0))
        .matches(
            "\\{"
                + WHO
                + ",\"e\":\\{\"key\":\"erin\",\"trafficTypeName\":\"user\","
                + "\"eventTypeId\":\"purchase\",\"value\":12.5,\"timestamp\":("
                + TIME
                + "),\"properties\":\\{\"n\":1\\}\\}\\}");
  }

  @Test
  void anEventWithoutAValueSaysNull() throws Exception {
    made(ImpressionMode.DEBUG).client().track("erin", "user", "purchase");

    awaitLength("acme.SPLITIO.events", 1);
    assertThat((String) elements("acme.SPLITIO.events").get(0))
        .contains("\"eventTypeId\":\"purchase\",\"value\":null,\"timestamp\":")
        .doesNotContain("properties");
  }

  @Test
  void withoutImpressionsThereAreCountsAndUniqueKeys() throws Exception {
    SplitFactory factory = made(ImpressionMode.NONE);
    factory.client().getTreatment("alice", "checkout_v2");
    factory.client().getTreatment("alice", "checkout_v2");
    factory.client().getTreatment("alice", "legacy_banner");

    factory.destroy();

    assertThat(cli.say("EXISTS acme.SPLITIO.impressions")).isEqualTo(0L);
    assertThat(elements("acme.SPLITIO.uniquekeys"))
        .containsExactlyInAnyOrder(
            "{\"f\":\"checkout_v2\",\"ks\":[\"alice\"]}",
            "{\"f\":\"legacy_banner\",\"ks\":[\"alice\"]}");
    List<Object> counts = cli.list("HGETALL acme.SPLITIO.impressions.count");
    assertThat(counts)
        .hasSize(4)
        .anySatisfy(field -> assertThat((String) field).matches("checkout_v2::\\d+00000"))
        .anySatisfy(field -> assertThat((String) field).matches("legacy_banner::\\d+00000"))
        .contains("2", "1");
    assertThat((Long) cli.say("TTL acme.SPLITIO.impressions.count")).isBetween(3500L, 3600L);
    assertThat((Long) cli.say("TTL acme.SPLITIO.uniquekeys")).isBetween(3500L, 3600L);
  }

  @Test
  void manyLongUniqueKeysAreSentInPartsThatHoldUpNobody() throws Exception {
    SplitFactory factory = made(ImpressionMode.NONE);
    for (int i = 0; i < 2_000; i++) {
      factory.client().getTreatment("語".repeat(240) + i, "checkout_v2");
    }

    factory.destroy();

    List<Object> elements = elements("acme.SPLITIO.uniquekeys");
    assertThat(elements)
        .allMatch(element -> ((String) element).getBytes(UTF_8).length < 65_536)
        .satisfies(
            all -> assertThat(all.stream().mapToInt(WrittenTest::keysIn).sum()).isEqualTo(2_000));
    assertThat((String) cli.say("INFO commandstats")).contains("cmdstat_rpush:calls=2,");
  }

  private static int keysIn(Object element) {
    return ((String) element).split("\",\"").length - 1; // the first is the flag
  }

  @Test
  void telemetrySaysHowTheSdkIsSetUpAndHowItIsDoing() throws Exception {
    SplitFactory factory = made(ImpressionMode.OPTIMIZED);
    factory.client().getTreatment("erin", "checkout_v2");
    await()
        .untilAsserted(() -> assertThat(cli.say("HLEN acme.SPLITIO.telemetry.init")).isEqualTo(1L));

    factory.destroy();

    List<Object> init = cli.list("HGETALL acme.SPLITIO.telemetry.init");
    assertThat((String) init.get(0)).matches("java-[^/]+/box_1/[^/]+");
    assertThat((String) init.get(1))
        .matches("\\{\"oM\":1,\"st\":\"redis\",\"aF\":\\d,\"rF\":\\d,\"iM\":0,\"t\":\\[\\]\\}");
    List<Object> latencies = cli.list("HGETALL acme.SPLITIO.telemetry.latencies");
    assertThat((String) latencies.get(0))
        .matches("java-[^/]+/box_1/[^/]+/treatment/([0-9]|1[0-9]|2[0-2])");
    assertThat(latencies.get(1)).isEqualTo("1");
    assertThat((Long) cli.say("TTL acme.SPLITIO.telemetry.latencies")).isBetween(3500L, 3600L);
  }
}
