package io.splitio.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.DateUnit;
import io.splitio.api.ImpressionMode;
import io.splitio.spring.redis.RedisProperties;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.json.JsonParserFactory;

/** What an IDE knows of the properties. */
class MetadataTest {
  private static Map<String, Object> metadata;

  @BeforeAll
  static void read() throws IOException {
    for (URL file :
        Collections.list(
            MetadataTest.class
                .getClassLoader()
                .getResources("META-INF/spring-configuration-metadata.json"))) {
      try (InputStream in = file.openStream()) {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        if (text.contains("\"splitio.api-key\"")) {
          metadata = JsonParserFactory.getJsonParser().parseMap(text);
        }
      }
    }
    assertThat(metadata).as("metadata of the starter").isNotNull();
  }

  @Test
  void everyPropertyIsDescribed() {
    assertThat(properties()).hasSizeGreaterThan(70);
    assertThat(properties())
        .allSatisfy(
            property ->
                assertThat(String.valueOf(property.get("description")))
                    .as("%s", property.get("name"))
                    .isNotBlank()
                    .doesNotContain("{@", "null"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "splitio.start-suspended=false",
        "splitio.ip-addresses-enabled=true",
        "splitio.sync.features-refresh-rate=30s",
        "splitio.sync.segments-refresh-rate=30s",
        "splitio.sync.segments-concurrency=10",
        "splitio.sync.snapshot-file=null",
        "splitio.streaming.enabled=true",
        "splitio.streaming.reconnect-backoff-base=1s",
        "splitio.streaming.auth-backoff-base=1s",
        "splitio.streaming.open-timeout=15s",
        "splitio.streaming.idle-timeout=70s",
        "splitio.http.connect-timeout=5s",
        "splitio.http.read-timeout=10s",
        "splitio.http.total-timeout=60s",
        "splitio.http.proxy.host=null",
        "splitio.http.proxy.port=null",
        "splitio.http.proxy.username=null",
        "splitio.http.proxy.password=null",
        "splitio.http.proxy.bearer-token=null",
        "splitio.http.proxy.secure=false",
        "splitio.http.proxy.ssl-bundle=null",
        "splitio.http.proxy.from-environment=true",
        "splitio.http.ssl-bundle=null",
        "splitio.http.headers=null",
        "splitio.http.max-payload=256MB",
        "splitio.http.max-segment-payload=512MB",
        "splitio.http.allow-insecure=false",
        "splitio.endpoints.all=null",
        "splitio.endpoints.sdk=null",
        "splitio.endpoints.events=null",
        "splitio.endpoints.auth=null",
        "splitio.endpoints.streaming=null",
        "splitio.endpoints.telemetry=null",
        "splitio.redis.url=null",
        "splitio.redis.host=null",
        "splitio.redis.port=null",
        "splitio.redis.unix-socket=null",
        "splitio.redis.database=null",
        "splitio.redis.username=null",
        "splitio.redis.password=null",
        "splitio.redis.prefix=",
        "splitio.redis.connect-timeout=2s",
        "splitio.redis.timeout=2s",
        "splitio.redis.call-budget=250ms",
        "splitio.redis.stale-on-error-max=10m",
        "splitio.redis.wipe-grace=60s",
        "splitio.redis.retry-on-timeout=false",
        "splitio.redis.resend-doubtful=false",
        "splitio.redis.require-flags=false",
        "splitio.redis.use-spring-data-redis=false",
        "splitio.redis.local-cache.enabled=true",
        "splitio.redis.local-cache.ttl=5s",
        "splitio.redis.local-cache.push=true",
        "splitio.redis.ssl.enabled=null",
        "splitio.redis.ssl.bundle=null",
        "splitio.redis.ssl.verify=full",
        "splitio.redis.sentinel.master=null",
        "splitio.redis.sentinel.nodes=null",
        "splitio.redis.sentinel.username=null",
        "splitio.redis.sentinel.password=null",
        "splitio.redis.sentinel.plain=false",
        "splitio.redis.cluster.nodes=null",
        "splitio.redis.cluster.hash-tag={SPLITIO}",
        "splitio.impressions.mode=optimized",
        "splitio.impressions.refresh-rate=null",
        "splitio.impressions.queue-size=10000",
        "splitio.impressions.bulk-size=5000",
        "splitio.impressions.observer-size=500000",
        "splitio.events.push-rate=10s",
        "splitio.events.queue-size=10000",
        "splitio.events.bulk-size=5000",
        "splitio.telemetry.enabled=true",
        "splitio.telemetry.refresh-rate=1h"
      })
  void propertyIsKnownWithItsDefault(String property) {
    int equals = property.indexOf('=');
    String name = property.substring(0, equals);

    assertThat(properties())
        .filteredOn(known -> name.equals(known.get("name")))
        .singleElement()
        .satisfies(
            known ->
                assertThat(String.valueOf(known.get("defaultValue")))
                    .isEqualTo(property.substring(equals + 1)));
  }

  @Test
  void valuesOfEnumsAreDescribed() {
    assertHints("splitio.mode", SplitioProperties.Mode.values());
    assertHints("splitio.ready.block", SplitioProperties.Block.values());
    assertHints("splitio.impressions.mode", ImpressionMode.values());
    assertHints("splitio.date-unit", DateUnit.values());
    assertHints("splitio.redis.ssl.verify", RedisProperties.Verify.values());
    assertHints("splitio.health.not-ready-status", SplitioProperties.NotReadyStatus.values());
  }

  private static void assertHints(String property, Enum<?>[] values) {
    assertThat(list("hints"))
        .filteredOn(hint -> property.equals(hint.get("name")))
        .singleElement()
        .satisfies(
            hint -> {
              List<Map<String, Object>> hints = values(hint);
              assertThat(hints).allSatisfy(one -> assertThat(one).containsKey("description"));
              assertThat(hints)
                  .extracting(one -> one.get("value"))
                  .containsExactlyElementsOf(
                      Arrays.stream(values)
                          .map(value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                          .toList());
            });
  }

  private static List<Map<String, Object>> properties() {
    return list("properties");
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> values(Map<String, Object> hint) {
    return (List<Map<String, Object>>) hint.get("values");
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> list(String name) {
    return (List<Map<String, Object>>) metadata.get(name);
  }
}
