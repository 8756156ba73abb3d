package io.splitio.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.split.client.SplitClient;
import io.split.client.SplitClientConfig;
import io.split.client.SplitFactory;
import io.split.client.SplitFactoryBuilder;
import io.split.client.impressions.ImpressionsManager;
import io.splitio.fake.data.Flag;
import io.splitio.fake.data.RuleBasedSegment;
import io.splitio.fake.http.Fault;
import io.splitio.fake.http.Request;
import io.splitio.fake.stream.Inline;
import java.io.IOException;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The server held to the real protocol: the official Java SDK, unmodified, runs against it. */
class OfficialJavaSdkTest {
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final String SDK_KEY = "official-sdk-key";

  private final SplitCloud cloud = SplitCloud.start();
  private SplitFactory factory;
  private SplitClient client;
  private int probes;

  @BeforeEach
  void startTheSdk()
      throws IOException, URISyntaxException, InterruptedException, TimeoutException {
    cloud.behaviour().acceptKeys(SDK_KEY);
    cloud.segment("beta").add("user-1");
    cloud.ruleBasedSegments().put(RuleBasedSegment.named("vip").keys("user-5"));
    cloud.flags().put(Flag.named("banner").inSegment("beta", "on").otherwise("off"));
    cloud.flags().put(Flag.named("lounge").inRuleBasedSegment("vip", "open").otherwise("shut"));
    factory = SplitFactoryBuilder.build(SDK_KEY, config());
    client = factory.client();
    client.blockUntilReady();
  }

  @AfterEach
  void stop() {
    factory.destroy();
    cloud.close();
  }

  @Test
  void becomesReadyWithFlagsAndSegmentsOfBothKinds() {
    assertThat(client.getTreatment("user-1", "banner")).isEqualTo("on");
    assertThat(client.getTreatment("user-2", "banner")).isEqualTo("off");
    assertThat(client.getTreatment("user-5", "lounge")).isEqualTo("open");
    assertThat(client.getTreatment("user-6", "lounge")).isEqualTo("shut");
  }

  @ParameterizedTest
  @EnumSource(Inline.class)
  void followsAFlagOverTheStreamHoweverTheDefinitionTravels(Inline inline) {
    awaitStream();
    cloud.streaming().inline(inline);
    int fetches = cloud.requests().of(Endpoint.SPLIT_CHANGES).size();

    cloud.flags().put(Flag.named("banner").otherwise("blue"));

    awaitTreatment("user-2", "banner", "blue");
    boolean fetched = cloud.requests().of(Endpoint.SPLIT_CHANGES).size() > fetches;
    assertThat(fetched).isEqualTo(inline == Inline.NONE);
  }

  @Test
  void followsAKillOverTheStream() {
    awaitStream();
    cloud.flags().kill("banner", "killed");
    awaitTreatment("user-1", "banner", "killed");
    assertThat(cloud.streaming().sent("SPLIT_KILL")).isEqualTo(1);
  }

  @Test
  void forgetsAnArchivedFlagOverTheStream() {
    awaitStream();
    cloud.flags().archive("banner");
    awaitTreatment("user-1", "banner", "control");
  }

  @Test
  void followsASegmentOverTheStream() {
    awaitStream();
    cloud.segment("beta").add("user-2").remove("user-1");
    awaitTreatment("user-2", "banner", "on");
    awaitTreatment("user-1", "banner", "off");
  }

  @Test
  void followsARuleBasedSegmentOverTheStream() {
    awaitStream();
    cloud.ruleBasedSegments().put(RuleBasedSegment.named("vip").keys("user-6"));
    awaitTreatment("user-6", "lounge", "open");
    awaitTreatment("user-5", "lounge", "shut");
  }

  @Test
  void pollsWhileTheStreamIsCutAndReturnsToIt() {
    awaitStream();
    cloud.faults().always(Endpoint.AUTH, Fault.status(500));
    cloud.streaming().drop();
    cloud.streaming().awaitConnections(0, SOON);
    cloud.flags().put(Flag.named("banner").otherwise("polled"));
    awaitTreatment("user-1", "banner", "polled");

    cloud.faults().clear();
    awaitStream();
    cloud.flags().put(Flag.named("banner").otherwise("streamed"));
    awaitTreatment("user-1", "banner", "streamed");
  }

  @Test
  void pollsWhileTheStreamIsPausedAndReliesOnItWhenItIsResumed() {
    awaitStream();
    cloud.streaming().pause();
    cloud.flags().put(Flag.named("banner").otherwise("polled"));
    awaitTreatment("user-1", "banner", "polled");

    cloud.streaming().resume();
    awaitStream();
    cloud.flags().put(Flag.named("banner").otherwise("streamed"));
    awaitTreatment("user-1", "banner", "streamed");
    assertThat(cloud.streaming().connections()).isEqualTo(1);
  }

  @Test
  void pollsWhenNobodyPublishesAnyMore() {
    awaitStream();
    cloud.streaming().mute();
    cloud.flags().put(Flag.named("banner").otherwise("polled"));
    cloud.streaming().occupancy("control_pri", 0);
    cloud.streaming().occupancy("control_sec", 0);
    awaitTreatment("user-1", "banner", "polled");
  }

  @Test
  void deliversImpressionsEventsAndTelemetry() {
    client.getTreatment("user-1", "banner");
    client.track("user-1", "user", "purchase", 19.9, Map.of("currency", "EUR"));

    Request impressions = cloud.received().impressions().await(1, SOON).get(0);
    assertThat(impressions.header("SplitSDKImpressionsMode")).contains("DEBUG");
    assertThat(impressions.header("Authorization")).contains("Bearer " + SDK_KEY);
    assertThat(impressions.body().text()).contains("\"f\":\"banner\"", "\"k\":\"user-1\"");
    Object event = cloud.received().events().awaitItem(item -> true, SOON).get(0);
    assertThat(event).extracting("eventTypeId").isEqualTo("purchase");
    cloud.received().telemetryConfig().await(1, SOON);
    factory.destroy();
    cloud.received().telemetryUsage().await(1, SOON);
  }

  @Test
  void deliversCountsAndUniqueKeysOfFlagsWithoutImpressions() {
    cloud.flags().put(Flag.named("quiet").otherwise("on").impressionsDisabled());
    awaitTreatment("user-1", "quiet", "on");
    factory.destroy();
    cloud.received().impressionCounts().awaitTotal(1, SOON);
    List<Object> keys = cloud.received().uniqueKeys().awaitItem(item -> true, SOON);
    assertThat(keys.get(0)).isEqualTo(Map.of("f", "quiet", "ks", List.of("user-1")));
  }

  @Test
  void nothingItAsksForIsUnknownToTheServer() {
    awaitStream();
    client.getTreatment("user-1", "banner");
    cloud.received().impressions().await(1, SOON);
    factory.destroy();
    assertThat(cloud.requests().matching(request -> Endpoint.of(request).isEmpty())).isEmpty();
  }

  /**
   * The SDK drops what it is told between its first fetch after connecting and the start of its
   * workers. It follows the stream for certain once two changes have arrived without a fetch.
   */
  private void awaitStream() {
    cloud.streaming().awaitConnections(1, SOON);
    await().atMost(SOON).until(this::followsTwoChanges);
  }

  private boolean followsTwoChanges() {
    boolean first = followsAChange();
    return first && followsAChange();
  }

  private boolean followsAChange() {
    String treatment = "probe-" + probes++;
    int fetches = cloud.requests().of(Endpoint.SPLIT_CHANGES).size();
    cloud.flags().put(Flag.named("probe").otherwise(treatment));
    try {
      await()
          .atMost(Duration.ofMillis(500))
          .pollInterval(Duration.ofMillis(5))
          .until(() -> client.getTreatment("user-1", "probe").equals(treatment));
    } catch (ConditionTimeoutException e) {
      return false;
    }
    return cloud.requests().of(Endpoint.SPLIT_CHANGES).size() == fetches;
  }

  private void awaitTreatment(String key, String flag, String treatment) {
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(() -> assertThat(client.getTreatment(key, flag)).isEqualTo(treatment));
  }

  private SplitClientConfig config() {
    return SplitClientConfig.builder()
        .endpoint(cloud.url(), cloud.url())
        .authServiceURL(cloud.url("/api/v2/auth"))
        .streamingServiceURL(cloud.url("/sse"))
        .telemetryURL(cloud.url("/api/v1"))
        .featuresRefreshRate(5)
        .segmentsRefreshRate(30)
        .impressionsMode(ImpressionsManager.Mode.DEBUG)
        .impressionsRefreshRate(1)
        .eventFlushIntervalInMillis(1000)
        .setBlockUntilReadyTimeout(10_000)
        .disableDestroyOnShutDown()
        .build();
  }
}
