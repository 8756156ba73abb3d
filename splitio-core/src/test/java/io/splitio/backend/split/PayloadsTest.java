package io.splitio.backend.split;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.ImpressionMode;
import io.splitio.record.Event;
import io.splitio.record.Served;
import io.splitio.record.Sinks.Count;
import io.splitio.record.Sinks.Keys;
import io.splitio.telemetry.Call;
import io.splitio.telemetry.ConfigReport;
import io.splitio.telemetry.Resource;
import io.splitio.telemetry.StreamingEvent;
import io.splitio.telemetry.Telemetry;
import io.splitio.telemetry.UsageReport;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The documents of the worked example (protocol specification 15), byte by byte. */
class PayloadsTest {

  private static Served served(String key, long time, @Nullable Long previous) {
    return new Served(
        "checkout_v2",
        key,
        null,
        "on",
        "in segment beta_testers",
        1759999000000L,
        time,
        previous == null ? 0 : previous,
        Map.of());
  }

  private static String text(byte[] document) {
    return new String(document, UTF_8);
  }

  @Test
  void anImpressionLeavesOutWhatIsNull() {
    assertThat(text(Payloads.impressions(List.of(served("u1", 1760000010000L, null)))))
        .isEqualTo(
            "[{\"f\":\"checkout_v2\",\"i\":[{\"k\":\"u1\",\"t\":\"on\",\"r\":\"in segment"
                + " beta_testers\",\"c\":1759999000000,\"m\":1760000010000}]}]");
  }

  @Test
  void anImpressionSeenBeforeSaysWhen() {
    assertThat(text(Payloads.impressions(List.of(served("u1", 1760000410000L, 1760000020000L)))))
        .isEqualTo(
            "[{\"f\":\"checkout_v2\",\"i\":[{\"k\":\"u1\",\"t\":\"on\",\"r\":\"in segment"
                + " beta_testers\",\"c\":1759999000000,\"m\":1760000410000,\"pt\":1760000020000}]}]");
  }

  @Test
  void impressionsOfOneFlagStandTogetherAndPropertiesAreText() {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("plan", "pro");
    properties.put("age", 3);
    Served other = new Served("banner", "u2", "b2", "hide", null, null, 2, 0, properties);

    assertThat(
            text(
                Payloads.impressions(List.of(served("u1", 1, null), other, served("u3", 3, null)))))
        .isEqualTo(
            "[{\"f\":\"checkout_v2\",\"i\":[{\"k\":\"u1\",\"t\":\"on\",\"r\":\"in segment"
                + " beta_testers\",\"c\":1759999000000,\"m\":1},{\"k\":\"u3\",\"t\":\"on\",\"r\":\"in"
                + " segment"
                + " beta_testers\",\"c\":1759999000000,\"m\":3}]},{\"f\":\"banner\",\"i\":[{\"k\":\"u2\",\"b\":\"b2\",\"t\":\"hide\",\"m\":2,\"properties\":\"{\\\"plan\\\":\\\"pro\\\",\\\"age\\\":3}\"}]}]");
  }

  @Test
  void countsAreOfHours() {
    List<Count> counts =
        List.of(
            new Count("checkout_v2", 1759996800000L, 1),
            new Count("checkout_v2", 1760000400000L, 1),
            new Count("banner", 1759996800000L, 3));

    assertThat(text(Payloads.counts(counts)))
        .isEqualTo(
            "{\"pf\":[{\"f\":\"checkout_v2\",\"m\":1759996800000,\"rc\":1},{\"f\":\"checkout_v2\",\"m\":1760000400000,\"rc\":1},{\"f\":\"banner\",\"m\":1759996800000,\"rc\":3}]}");
  }

  @Test
  void uniqueKeysStandBesideTheirFlag() {
    assertThat(text(Payloads.uniqueKeys(List.of(new Keys("banner", List.of("u1", "u2"))))))
        .isEqualTo("{\"keys\":[{\"f\":\"banner\",\"ks\":[\"u1\",\"u2\"]}]}");
  }

  @Test
  void anEventCarriesValueAndProperties() {
    Event event =
        new Event("u1", "user", "purchase", 19.9, Map.of("currency", "EUR"), 1760000015000L);

    assertThat(text(Payloads.events(List.of(event))))
        .isEqualTo(
            "[{\"key\":\"u1\",\"trafficTypeName\":\"user\",\"eventTypeId\":\"purchase\",\"value\":19.9,\"timestamp\":1760000015000,\"properties\":{\"currency\":\"EUR\"}}]");
  }

  @Test
  void anEventWithoutValueHasNoneAndNullPropertiesStay() {
    Event event = new Event("u1", "user", "e", null, Collections.singletonMap("gone", null), 1);

    assertThat(text(Payloads.events(List.of(event))))
        .isEqualTo(
            "[{\"key\":\"u1\",\"trafficTypeName\":\"user\",\"eventTypeId\":\"e\",\"timestamp\":1,\"properties\":{\"gone\":null}}]");
  }

  @Test
  void halfASurrogatePairDoesNotSpoilTheDocument() {
    assertThat(text(Payloads.uniqueKeys(List.of(new Keys("f", List.of("a\ud800b"))))))
        .isEqualTo("{\"keys\":[{\"f\":\"f\",\"ks\":[\"a\ufffdb\"]}]}");
  }

  @Test
  void theSetUpOfTheWorkedExample() {
    ConfigReport report =
        new ConfigReport(
            ImpressionMode.OPTIMIZED,
            new ConfigReport.Queue(30_000, Duration.ofSeconds(300)),
            new ConfigReport.Queue(10_000, Duration.ofSeconds(30)),
            Duration.ofHours(1),
            false,
            1,
            0,
            Duration.ofMillis(412),
            0,
            0,
            0,
            0);
    SplitSinks.Setup setup =
        new SplitSinks.Setup(
            true, Duration.ofSeconds(60), Duration.ofSeconds(60), Endpoints.CLOUD, false);

    assertThat(text(ReportPayloads.config(report, setup)))
        .isEqualTo(
            "{\"oM\":0,\"st\":\"memory\",\"sE\":true,\"rR\":{\"sp\":60,\"se\":60,\"im\":300,\"ev\":30,\"te\":3600},"
                + "\"uO\":{\"s\":false,\"e\":false,\"a\":false,\"st\":false,\"t\":false},\"iQ\":30000,\"eQ\":10000,\"iM\":0,\"iL\":false,\"hP\":false,"
                + "\"aF\":1,\"rF\":0,\"tR\":412,\"bT\":0,\"nR\":0,\"i\":[],\"t\":[],\"fsT\":0,\"fsI\":0}");
  }

  @Test
  void theSetUpBehindAProxyOfSplit() {
    ConfigReport report =
        new ConfigReport(
            ImpressionMode.NONE,
            new ConfigReport.Queue(10, Duration.ofSeconds(60)),
            new ConfigReport.Queue(20, Duration.ofSeconds(10)),
            Duration.ofMinutes(1),
            true,
            2,
            3,
            Duration.ofMillis(5),
            6,
            7,
            8,
            1);
    Endpoints proxy = Endpoints.at(URI.create("http://127.0.0.1:3000"));
    SplitSinks.Setup setup =
        new SplitSinks.Setup(false, Duration.ofSeconds(5), Duration.ofSeconds(30), proxy, true);

    assertThat(text(ReportPayloads.config(report, setup)))
        .isEqualTo(
            "{\"oM\":0,\"st\":\"memory\",\"sE\":false,\"rR\":{\"sp\":5,\"se\":30,\"im\":60,\"ev\":10,\"te\":60},"
                + "\"uO\":{\"s\":true,\"e\":true,\"a\":true,\"st\":true,\"t\":true},\"iQ\":10,\"eQ\":20,\"iM\":2,\"iL\":true,\"hP\":true,"
                + "\"aF\":2,\"rF\":3,\"tR\":5,\"bT\":6,\"nR\":7,\"i\":[],\"t\":[],\"fsT\":8,\"fsI\":1}");
  }

  @Test
  void theUseOfTheWorkedExample() {
    Telemetry telemetry = new Telemetry();
    for (int i = 0; i < 6; i++) {
      telemetry.answered(Call.TREATMENT, 500_000);
    }
    telemetry.answered(Call.TRACK, 20_000);
    telemetry.exchange(Resource.TOKEN, 200, 80_000_000, 1760000001000L);
    telemetry.exchange(Resource.TOKEN, 500, 86_000_000, 1760000401000L);
    telemetry.exchange(Resource.TOKEN, 200, 100_000_000, 1760000403000L);
    telemetry.tokenRefreshed();
    telemetry.tokenRefreshed();
    telemetry.inlineUpdate();
    telemetry.streamed(StreamingEvent.TOKEN_REFRESH, 1760003600000L, 1760000001000L);
    telemetry.streamed(StreamingEvent.CONNECTION_ESTABLISHED, 0, 1760000001200L);
    UsageReport report =
        new UsageReport(
            telemetry.take(),
            telemetry.lastSuccesses(),
            new UsageReport.Recorded(2, 1, 0, 1, 0),
            new UsageReport.Held(2, 2, 3),
            499_600);

    assertThat(text(ReportPayloads.usage(report)))
        .isEqualTo(
            "{\"lS\":{\"sp\":0,\"se\":0,\"im\":0,\"ic\":0,\"ev\":0,\"to\":1760000403000,\"te\":0},"
                + "\"mL\":{\"t\":[6,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0],\"tr\":[1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]},\"mE\":{},"
                + "\"hE\":{\"to\":{\"500\":1}},\"hL\":{\"to\":[0,0,0,0,0,0,0,0,0,0,0,2,1,0,0,0,0,0,0,0,0,0,0]},"
                + "\"tR\":2,\"aR\":0,\"iQ\":2,\"iDe\":1,\"iDr\":0,\"eQ\":1,\"eD\":0,\"spC\":2,\"seC\":2,\"skC\":3,\"sL\":499600,"
                + "\"sE\":[{\"e\":50,\"d\":1760003600000,\"t\":1760000001000},{\"e\":0,\"d\":0,\"t\":1760000001200}],\"t\":[],\"ufs\":{\"sp\":1}}");
  }
}
