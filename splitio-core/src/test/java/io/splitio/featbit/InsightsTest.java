package io.splitio.featbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.api.SdkHealth.Ledger;
import io.splitio.backend.featbit.FeatBitConnector;
import io.splitio.fake.featbit.FeatBitEndpoint;
import io.splitio.fake.featbit.FeatBitServer;
import io.splitio.fake.http.Fault;
import io.splitio.fake.http.Request;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What FeatBit is told, byte for byte (FeatBit specification 6). */
class InsightsTest {
  private static final String SECRET = "HowrP016X06bYBwtPk9aawUm1_C8ORiEqy5F1sf46aAQ";
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final FeatBitUser ANA =
      FeatBitUser.of("user-1", "Ana").with("age", 18).with("member", true).with("KeyId", "x");

  private final FeatBitServer server = FeatBitServer.start(SECRET);
  private @Nullable SplitFactory factory;

  InsightsTest() {
    server.putFlag(
        """
        {"key":"checkout","name":"Checkout","variationType":"boolean","isEnabled":true,
         "variations":[{"id":"co-on","value":"true"},{"id":"co-off","value":"false"}],
         "targetUsers":[],"rules":[],"disabledVariationId":"co-off",
         "fallthrough":{"includedInExpt":true,"variations":[{"id":"co-on","rollout":[0,1],"exptRollout":1}]},
         "updatedAt":"2025-03-01T10:00:00Z"}""");
  }

  private FeatBitClient client(UnaryOperator<FeatBitConnector> change) throws Exception {
    SplitFactory made =
        SplitFactory.create(
            change.apply(
                FeatBitConnector.secret(SECRET)
                    .streaming(server.streaming())
                    .events(server.events())),
            SplitConfig.defaults());
    factory = made;
    made.blockUntilReady(LIMIT);
    return FeatBitClient.of(made);
  }

  private FeatBitClient client() throws Exception {
    return client(same -> same);
  }

  private SplitFactory factory() {
    return Objects.requireNonNull(factory);
  }

  @AfterEach
  void end() {
    if (factory != null) {
      factory.destroy();
    }
    server.close();
  }

  private Request request(long events) {
    server.received().await(events, LIMIT);
    return server.received().requests().get(0);
  }

  /** The only thing nobody knows beforehand is when it happened. */
  private String body(long events) {
    return request(events).body().text().replaceAll("\"timestamp\":\\d{13}", "\"timestamp\":0");
  }

  @Test
  void anEvaluationIsToldWithItsUserAndItsVariation() throws Exception {
    client().boolVariation("checkout", FeatBitUser.of("user-1", "Ana").with("age", 18), false);
    assertThat(body(1))
        .isEqualTo(
            "[{\"user\":{\"keyId\":\"user-1\",\"name\":\"Ana\",\"customizedProperties\":"
                + "[{\"name\":\"age\",\"value\":\"18\"}]},"
                + "\"variations\":[{\"featureFlagKey\":\"checkout\",\"sendToExperiment\":true,"
                + "\"timestamp\":0,"
                + "\"variation\":{\"id\":\"co-on\",\"value\":\"true\","
                + "\"reason\":\"fall through all rules\"}}]}]");
  }

  @Test
  void aRequestShowsTheSecretAndWhoSendsIt() throws Exception {
    client().identify(ANA);
    Request request = request(1);
    assertThat(request.header("Authorization")).contains(SECRET);
    assertThat(request.header("Content-Type")).contains("application/json");
    assertThat(request.header("User-Agent").orElse("")).startsWith("splitio-java-");
    assertThat(server.attempts().get(0).header("User-Agent"))
        .isEqualTo(request.header("User-Agent"));
  }

  @Test
  void aUserIsToldWithAttributesAsText() throws Exception {
    client().identify(ANA);
    assertThat(body(1))
        .isIn(
            "[{\"user\":{\"keyId\":\"user-1\",\"name\":\"Ana\",\"customizedProperties\":"
                + "[{\"name\":\"age\",\"value\":\"18\"},{\"name\":\"member\",\"value\":\"true\"}]}}]",
            "[{\"user\":{\"keyId\":\"user-1\",\"name\":\"Ana\",\"customizedProperties\":"
                + "[{\"name\":\"member\",\"value\":\"true\"},{\"name\":\"age\",\"value\":\"18\"}]}}]");
  }

  @Test
  void aMetricCountsOneUnlessSaidOtherwise() throws Exception {
    FeatBitUser user = FeatBitUser.of("user-1", "Ana");
    client().trackMetric(user, "purchase");
    assertThat(body(1))
        .isEqualTo(
            "[{\"user\":{\"keyId\":\"user-1\",\"name\":\"Ana\",\"customizedProperties\":[]},"
                + "\"metrics\":[{\"route\":\"index/metric\",\"type\":\"CustomEvent\","
                + "\"eventName\":\"purchase\",\"numericValue\":1.0,"
                + "\"appType\":\"javaserverside\",\"timestamp\":0}]}]");
  }

  @Test
  void severalMetricsAreOneEventWithoutTheInvalidOnes() throws Exception {
    Map<String, @Nullable Double> metrics = new LinkedHashMap<>();
    metrics.put("clicks", 2.5);
    metrics.put(" ", 1.0);
    metrics.put("nothing", null);
    metrics.put("endless", Double.POSITIVE_INFINITY);
    metrics.put("views", 3.0);
    assertThat(client().trackMetrics(ANA, metrics)).isTrue();
    server.received().await(1, LIMIT);
    assertThat(server.received().metrics())
        .extracting(metric -> metric.get("eventName"))
        .isEqualTo(List.of("clicks", "views"));
  }

  @Test
  void aMetricWithoutAUserANameOrANumberIsNotTold() throws Exception {
    FeatBitClient client = client();
    assertThat(client.trackMetric(null, "purchase")).isFalse();
    assertThat(client.trackMetric(ANA, " ")).isFalse();
    assertThat(client.trackMetric(ANA, "purchase", Double.NaN)).isFalse();
    assertThat(client.trackMetrics(ANA)).isFalse();
    assertThat(client.trackMetrics(ANA, (String[]) null)).isFalse();
    assertThat(client.trackMetrics(ANA, failing())).isFalse();
    assertThat(client.identify(null)).isFalse();
    assertThat(factory().health().events().accepted()).isZero();
  }

  private static Map<String, Double> failing() {
    return new HashMap<>() {
      private static final long serialVersionUID = 1;

      @Override
      public void forEach(BiConsumer<? super String, ? super Double> action) {
        throw new IllegalStateException("of the test");
      }
    };
  }

  @Test
  void anEventOfSplitsClientIsOneMetricThatCountsOne() throws Exception {
    client();
    factory().client().track("user-1", "user", "signup");
    server.received().await(1, LIMIT);
    assertThat(server.received().metrics().get(0).get("eventName")).isEqualTo("signup");
    assertThat(body(1)).contains("\"name\":\"user-1\"").contains("\"numericValue\":1.0");
  }

  @Test
  void anEvaluationBySplitsClientIsToldEachTime() throws Exception {
    client();
    Map<String, Object> attributes = Map.of("name", "Ana", "age", 30, "tags", List.of("a"));
    factory().client().getTreatment("user-1", "checkout", attributes);
    factory().client().getTreatment("user-1", "checkout", attributes);
    server.received().await(2, LIMIT);
    assertThat(server.received().variations()).hasSize(2);
    assertThat(server.received().events().get(0).get("user"))
        .hasToString("{keyId=user-1, name=Ana, customizedProperties=[{name=age, value=30}]}");
  }

  @Test
  void aDefaultIsNotTold() throws Exception {
    FeatBitClient client = client();
    client.variation("unknown", ANA, "d");
    client.intVariation("checkout", ANA, 1);
    client.variation("checkout", null, "d");
    factory().client().getTreatment("user-1", "unknown");
    boolean unused = client.isFlagKnown("checkout");
    assertThat(factory().health().impressions().accepted()).isZero();
  }

  @Test
  void ofAllFlagsThoseAreToldThatAreUsed() throws Exception {
    AllFlagStates states = client().getAllLatestFlagVariations(ANA);
    assertThat(factory().health().impressions().accepted()).isZero();
    states.getBoolDetail("checkout", false);
    states.getBoolDetail("checkout", false);
    states.getBoolDetail("unknown", false);
    server.received().await(2, LIMIT);
    assertThat(server.received().total()).isEqualTo(2);
  }

  @Test
  void atMostFiftyEventsTravelTogether() throws Exception {
    FeatBitClient client = client(to -> to.eventsFlushInterval(Duration.ofSeconds(3)));
    IntStream.range(0, 120).forEach(i -> client.trackMetric(ANA, "purchase", i));
    client.flush();
    server.received().await(120, LIMIT);
    assertThat(server.received().requests())
        .extracting(request -> request.body().text().split("numericValue", -1).length - 1)
        .containsExactlyInAnyOrder(50, 50, 20);
  }

  /** One after the other, a service that takes 100 ms would hear of 500 events in a second. */
  @Test
  void fiveRequestsAreUnderWayAtOnce() throws Exception {
    server.faults().when(FeatBitEndpoint.INSIGHTS, 5, Fault.hang());
    FeatBitClient client =
        client(connector -> connector.eventsFlushInterval(Duration.ofSeconds(3)));
    IntStream.range(0, 250).forEach(i -> client.trackMetric(ANA, "purchase", i));
    client.flush();
    await().atMost(LIMIT).until(() -> server.faults().happened() == 5);
    assertThat(server.received().requests()).isEmpty();
  }

  @Test
  void aFailureIsTriedAgainAfterTheRetryInterval() throws Exception {
    server.faults().when(FeatBitEndpoint.INSIGHTS, 1, Fault.status(500));
    FeatBitClient client = client();
    client.trackMetric(ANA, "purchase");
    server.received().await(1, LIMIT);
    await().atMost(LIMIT).until(() -> events().delivered() == 1);
  }

  @Test
  void whatIsTooLargeIsHalvedUntilItIsTaken() throws Exception {
    FeatBitClient client = client(to -> to.eventsFlushInterval(Duration.ofSeconds(3)));
    server.faults().when(FeatBitEndpoint.INSIGHTS, 2, Fault.status(413));
    IntStream.range(0, 40).forEach(i -> client.trackMetric(ANA, "purchase", i));
    client.flush();
    server.received().await(40, LIMIT);
    assertThat(server.received().requests().get(0).body().text().split("numericValue", -1))
        .hasSize(11);
    await().atMost(LIMIT).until(() -> events().delivered() == 40);
  }

  @Test
  void aServiceThatIsBusyIsAskedAgainWhenItSaysSo() throws Exception {
    server.faults().when(FeatBitEndpoint.INSIGHTS, 1, Fault.retryAfter(429, "1"));
    FeatBitClient client = client();
    client.trackMetric(ANA, "purchase");
    await().atMost(LIMIT).until(() -> server.faults().happened() == 1);
    long refused = System.nanoTime();
    server.received().await(1, LIMIT);
    assertThat(Duration.ofNanos(System.nanoTime() - refused)).isGreaterThan(Duration.ofMillis(500));
  }

  @Test
  void aConnectionThatBreaksLosesNothing() throws Exception {
    server.faults().when(FeatBitEndpoint.INSIGHTS, 2, Fault.reset());
    FeatBitClient client = client();
    client.trackMetric(ANA, "purchase");
    server.received().await(1, LIMIT);
    await().atMost(LIMIT).until(() -> events().delivered() == 1);
  }

  @Test
  void aRefusedSecretKeepsWhatIsRecordedAndRetryNowDeliversIt() throws Exception {
    server.faults().always(FeatBitEndpoint.INSIGHTS, Fault.status(401));
    FeatBitClient client = client();
    client.trackMetric(ANA, "purchase");
    await().atMost(LIMIT).until(() -> server.faults().happened() == 1);
    assertThat(events().queued()).isEqualTo(1);
    server.faults().clear();
    await()
        .atMost(LIMIT)
        .until(
            () -> {
              factory().retryNow();
              return server.received().total() == 1;
            });
  }

  @Test
  void whatTheServerDoesNotUnderstandIsGivenUpAfterOneMoreTry() throws Exception {
    server.faults().always(FeatBitEndpoint.INSIGHTS, Fault.status(400));
    FeatBitClient client = client();
    client.trackMetric(ANA, "purchase");
    await().atMost(LIMIT).until(() -> events().refused() == 1);
    assertThat(server.faults().happened()).isEqualTo(2);
  }

  @Test
  void whatFindsNoRoomIsCounted() throws Exception {
    server.faults().always(FeatBitEndpoint.INSIGHTS, Fault.status(503));
    FeatBitClient client = client(to -> to.eventsCapacity(10));
    IntStream.range(0, 25).forEach(i -> client.trackMetric(ANA, "purchase"));
    assertThat(events().accepted()).isEqualTo(10);
    assertThat(events().dropped()).isEqualTo(15);
    server.faults().clear();
    server.received().await(10, LIMIT);
    await().atMost(LIMIT).until(() -> events().delivered() == 10);
  }

  private Ledger events() {
    return factory().health().events();
  }

  @Test
  void whatIsRecordedIsDeliveredAtTheEnd() throws Exception {
    FeatBitClient client = client(to -> to.eventsFlushInterval(Duration.ofSeconds(3)));
    client.boolVariation("checkout", ANA, false);
    client.trackMetric(ANA, "purchase");
    factory().destroy();
    assertThat(server.received().total()).isEqualTo(2);
    assertThat(client.trackMetric(ANA, "purchase")).isFalse();
  }

  @Test
  void withoutEventsNothingIsSentAndFlagsAreFollowed() throws Exception {
    FeatBitClient client = client(FeatBitConnector::withoutEvents);
    assertThat(client.boolVariation("checkout", ANA, false)).isTrue();
    client.trackMetric(ANA, "purchase");
    factory().destroy();
    assertThat(server.received().total()).isZero();
  }

  @Test
  void settingsOutOfRangeSayWhatIsAccepted() {
    FeatBitConnector connector = FeatBitConnector.secret(SECRET);
    assertThatThrownBy(() -> connector.eventsCapacity(0)).hasMessageContaining("at least 1");
    assertThatThrownBy(() -> connector.eventsFlushInterval(Duration.ofSeconds(4)))
        .hasMessageContaining("at most 3 s");
    assertThatThrownBy(() -> connector.eventsRetries(4, Duration.ofMillis(1)))
        .hasMessageContaining("from 0 to 3");
    assertThatThrownBy(() -> connector.eventsRetries(1, Duration.ZERO))
        .hasMessageContaining("at least 1 ms");
  }
}
