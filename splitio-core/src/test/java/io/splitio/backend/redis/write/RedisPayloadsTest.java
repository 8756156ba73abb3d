package io.splitio.backend.redis.write;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.ImpressionMode;
import io.splitio.record.Event;
import io.splitio.record.Served;
import io.splitio.record.Sinks.Keys;
import io.splitio.telemetry.Call;
import io.splitio.telemetry.ConfigReport;
import io.splitio.telemetry.ConfigReport.Queue;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written, byte for byte (Redis specification 4). */
class RedisPayloadsTest {
  private static final Identity WHO = new Identity("java-1.0.0", "web-3", "10.0.0.7");
  private static final String M =
      "{\"m\":{\"s\":\"java-1.0.0\",\"n\":\"web-3\",\"i\":\"10.0.0.7\"},";
  private static final long TIME = 1_700_000_123_456L;

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }

  private static Map<String, Object> properties(Object... pairs) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      properties.put((String) pairs[i], pairs[i + 1]);
    }
    return properties;
  }

  @Test
  void theImpressionOfTheSpecification() {
    Served served =
        new Served(
            "checkout_v2",
            "erin",
            null,
            "on",
            "in segment all",
            1_700_000_000_003L,
            TIME,
            0,
            Map.of());

    assertThat(text(RedisPayloads.impression(WHO, served)))
        .isEqualTo(
            M
                + "\"i\":{\"k\":\"erin\",\"b\":null,\"f\":\"checkout_v2\",\"t\":\"on\",\"r\":\"in"
                + " segment all\",\"c\":1700000000003,\"m\":1700000123456}}");
  }

  @Test
  void anImpressionWithEverythingThatMayBeThere() {
    Served served =
        new Served(
            "f",
            "naïve-\"ключ\"",
            "b",
            "t",
            "l",
            7L,
            TIME,
            1_700_000_000_000L,
            properties("plan", "p\"ro", "seats", 7, "share", 0.5, "trial", false, "none", null));

    assertThat(text(RedisPayloads.impression(WHO, served)))
        .isEqualTo(
            M
                + "\"i\":{\"k\":\"naïve-\\\"ключ\\\"\",\"b\":\"b\",\"f\":\"f\",\"t\":\"t\",\"r\":\"l\","
                + "\"c\":7,\"m\":1700000123456,\"pt\":1700000000000,\"properties\":\"{\\\"plan\\\":"
                + "\\\"p\\\\\\\"ro\\\",\\\"seats\\\":7,\\\"share\\\":0.5,\\\"trial\\\":false,"
                + "\\\"none\\\":null}\"}}");
  }

  @Test
  void anImpressionWithoutLabelAndVersionSaysNull() {
    Served served = new Served("f", "k", null, "control", null, null, TIME, 0, Map.of());

    assertThat(text(RedisPayloads.impression(WHO, served)))
        .isEqualTo(
            M
                + "\"i\":{\"k\":\"k\",\"b\":null,\"f\":\"f\",\"t\":\"control\",\"r\":null,\"c\":null,"
                + "\"m\":1700000123456}}");
  }

  @Test
  void theEventOfTheSpecification() {
    Event event =
        new Event(
            "erin", "user", "purchase", 12.5, properties("sku", "x", "n", 1, "ok", true), TIME);

    assertThat(text(RedisPayloads.event(WHO, event)))
        .isEqualTo(
            M
                + "\"e\":{\"key\":\"erin\",\"trafficTypeName\":\"user\",\"eventTypeId\":\"purchase\","
                + "\"value\":12.5,\"timestamp\":1700000123456,\"properties\":{\"sku\":\"x\",\"n\":1,"
                + "\"ok\":true}}}");
  }

  @Test
  void anEventWithoutValueAndProperties() {
    assertThat(
            text(RedisPayloads.event(WHO, new Event("k", "user", "visit", null, Map.of(), TIME))))
        .isEqualTo(
            M
                + "\"e\":{\"key\":\"k\",\"trafficTypeName\":\"user\",\"eventTypeId\":\"visit\","
                + "\"value\":null,\"timestamp\":1700000123456}}");
  }

  @Test
  void uniqueKeysOfAFlagAreOneElement() {
    assertThat(RedisPayloads.uniqueKeys(new Keys("checkout_v2", List.of("alice", "bob"))))
        .extracting(RedisPayloadsTest::text)
        .containsExactly("{\"f\":\"checkout_v2\",\"ks\":[\"alice\",\"bob\"]}");
  }

  @Test
  void manyUniqueKeysAreSeveralElementsThatHaveEachKeyOnce() {
    List<String> keys = IntStream.range(0, 1_201).mapToObj(i -> "key-" + i).toList();

    List<String> elements =
        RedisPayloads.uniqueKeys(new Keys("f", keys)).stream()
            .map(RedisPayloadsTest::text)
            .toList();

    assertThat(elements)
        .hasSize(3)
        .allMatch(element -> element.startsWith("{\"f\":\"f\",\"ks\":[\""));
    assertThat(
            elements.stream()
                .flatMap(e -> Stream.of(e.substring(e.indexOf('[') + 1, e.indexOf(']')).split(",")))
                .map(key -> key.replace("\"", "")))
        .containsExactlyElementsOf(keys);
  }

  @ParameterizedTest
  @ValueSource(strings = {"k", "\u0001", "\"", "я", "語", "😀"})
  void noElementOfUniqueKeysHas64KibibytesAndNoneIsNeedlesslyShort(String character) {
    String filled = character.repeat(250 / character.length() - 4);
    List<String> keys = IntStream.range(100, 600).mapToObj(i -> i + filled).toList();

    List<byte[]> elements = RedisPayloads.uniqueKeys(new Keys("f".repeat(100), keys));

    assertThat(elements).allMatch(element -> element.length < 65_536);
    assertThat(elements)
        .as("all but the last")
        .filteredOn(element -> element != elements.get(elements.size() - 1))
        .allMatch(element -> element.length > 40_000);
    assertThat(elements.stream().mapToInt(e -> text(e).split("\",\"").length - 1).sum())
        .isEqualTo(500);
  }

  @ParameterizedTest
  @CsvSource({"OPTIMIZED, 0", "DEBUG, 1", "NONE, 2"})
  void theSetUpIsToldAsTheSpecificationHasIt(ImpressionMode mode, int number) {
    Queue queue = new Queue(10, Duration.ofSeconds(1));
    ConfigReport report =
        new ConfigReport(
            mode, queue, queue, Duration.ofHours(1), false, 2, 3, Duration.ZERO, 0, 0, 0, 0);

    assertThat(text(RedisPayloads.config(report)))
        .isEqualTo("{\"oM\":1,\"st\":\"redis\",\"aF\":2,\"rF\":3,\"iM\":" + number + ",\"t\":[]}");
  }

  @Test
  void methodsAreNamedAsTheSynchronizerCountsThem() {
    assertThat(Stream.of(Call.values()).map(RedisPayloads::method))
        .containsExactlyInAnyOrder(
            "treatment",
            "treatments",
            "treatmentWithConfig",
            "treatmentsWithConfig",
            "treatmentsByFlagSet",
            "treatmentsByFlagSets",
            "treatmentsWithConfigByFlagSet",
            "treatmentsWithConfigByFlagSets",
            "track");
  }
}
