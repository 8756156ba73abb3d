package io.splitio.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitFactory;
import io.splitio.api.SdkHealth;
import io.splitio.api.SplitClient;
import io.splitio.fake.Endpoint;
import io.splitio.fake.SplitCloud;
import io.splitio.fake.data.Flag;
import io.splitio.fake.http.Fault;
import io.splitio.fake.http.Request;
import io.splitio.net.HttpSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What properties of the cloud do, seen by a cloud over sockets. */
class CloudPropertiesTest extends CloudFixture {

  @Test
  void keyAloneSelectsTheCloud() {
    runner.run(
        context -> {
          assertThat(treatment(context)).isEqualTo("v2");
          assertThat(context.getBean(SplitFactory.class).health().mode()).isEqualTo("cloud");
        });

    Request request = cloud.requests().of(Endpoint.SPLIT_CHANGES).get(0);
    assertThat(request.header("Authorization")).contains("Bearer " + KEY);
  }

  @Test
  void cloudMayBeNamedAndTheKeyHaveSpaceAround() {
    runner
        .withPropertyValues("splitio.mode=cloud", "splitio.api-key= " + KEY + " ")
        .run(context -> assertThat(treatment(context)).isEqualTo("v2"));
  }

  @Test
  void changesArriveByStreaming() {
    runner.run(
        context -> {
          streamingIs(context.getBean(SplitFactory.class), SdkHealth.Streaming.UP);
          cloud.flags().put(Flag.named("checkout").otherwise("v3"));
          serves(context, "v3");
        });
  }

  @Test
  void withoutStreamingFlagsArePolledAtTheirRate() {
    runner
        .withPropertyValues(
            "splitio.streaming.enabled=false", "splitio.sync.features-refresh-rate=5s")
        .run(
            context -> {
              cloud.flags().put(Flag.named("checkout").otherwise("v3"));
              long begin = System.nanoTime();
              serves(context, "v3");

              assertThat(Duration.ofNanos(System.nanoTime() - begin))
                  .isBetween(Duration.ofSeconds(3), Duration.ofSeconds(12));
              assertThat(context.getBean(SplitFactory.class).health().streaming())
                  .isEqualTo(SdkHealth.Streaming.OFF);
            });
    assertThat(cloud.requests().of(Endpoint.AUTH)).isEmpty();
  }

  @Test
  void ratesQueuesAndModeAreThoseThatTelemetryTells() {
    runner
        .withPropertyValues(
            "splitio.streaming.enabled=false",
            "splitio.sync.features-refresh-rate=31",
            "splitio.sync.segments-refresh-rate=41s",
            "splitio.impressions.mode=debug",
            "splitio.impressions.refresh-rate=2s",
            "splitio.impressions.queue-size=17",
            "splitio.events.push-rate=3s",
            "splitio.events.queue-size=18",
            "splitio.telemetry.refresh-rate=2m")
        .run(context -> cloud.received().telemetryConfig().await(1, SOON));

    assertThat(cloud.received().telemetryConfig().bodies().get(0))
        .contains("\"sE\":false")
        .contains("\"rR\":{\"sp\":31,\"se\":41,\"im\":2,\"ev\":3,\"te\":120}")
        .contains("\"iQ\":17,\"eQ\":18,\"iM\":1");
  }

  @Test
  void telemetryCanBeSwitchedOff() {
    runner
        .withPropertyValues("splitio.telemetry.enabled=false")
        .run(context -> assertThat(treatment(context)).isEqualTo("v2"));

    assertThat(cloud.received().impressions().total()).isEqualTo(1); // sent at the end, as usage is
    assertThat(cloud.requests().of(Endpoint.TELEMETRY_CONFIG)).isEmpty();
    assertThat(cloud.requests().of(Endpoint.TELEMETRY_USAGE)).isEmpty();
  }

  @Test
  void impressionsAreSentAtTheirRateAndInTheirMode() {
    runner
        .withPropertyValues("splitio.impressions.mode=debug", "splitio.impressions.refresh-rate=1s")
        .run(
            context -> {
              treatment(context);
              treatment(context);
              assertThat(cloud.received().impressions().awaitTotal(2, SOON)).isEqualTo(2);
            });
  }

  @Test
  void withoutImpressionsOnlyKeysAndCountsAreSent() {
    runner.withPropertyValues("splitio.impressions.mode=none").run(CloudFixture::treatment);

    assertThat(cloud.received().uniqueKeys().total()).isEqualTo(1);
    assertThat(cloud.received().impressionCounts().total()).isEqualTo(1);
    assertThat(cloud.requests().of(Endpoint.IMPRESSIONS)).isEmpty();
  }

  @Test
  void impressionsAndEventsAreSentInBulksOfTheirSize() {
    runner
        .withPropertyValues(
            "splitio.impressions.mode=debug",
            "splitio.impressions.bulk-size=2",
            "splitio.events.bulk-size=3")
        .run(
            context -> {
              SplitClient client = context.getBean(SplitClient.class);
              for (int i = 0; i < 4; i++) {
                client.getTreatment("anna", "checkout");
                client.track("anna", "user", "bought");
              }
            });

    assertThat(cloud.requests().of(Endpoint.IMPRESSIONS)).hasSize(2);
    assertThat(cloud.requests().of(Endpoint.EVENTS)).hasSize(2);
  }

  @Test
  void eventsAreSentAtTheirRate() {
    runner
        .withPropertyValues("splitio.events.push-rate=1s")
        .run(
            context -> {
              context.getBean(SplitClient.class).track("anna", "user", "bought");
              assertThat(cloud.received().events().awaitTotal(1, Duration.ofSeconds(8)))
                  .isEqualTo(1);
            });
  }

  @Test
  void machineIsNamedUnlessThatIsSwitchedOff() {
    runner
        .withPropertyValues("splitio.instance-name=node-7")
        .run(context -> assertThat(context).hasNotFailed());
    runner
        .withPropertyValues("splitio.instance-name=node-7", "splitio.ip-addresses-enabled=false")
        .run(context -> assertThat(context).hasNotFailed());

    List<Request> requests = cloud.requests().of(Endpoint.SPLIT_CHANGES);
    assertThat(requests.get(0).header("SplitSDKMachineName")).contains("node-7");
    assertThat(requests.get(requests.size() - 1).header("SplitSDKMachineName")).isEmpty();
    assertThat(requests.get(requests.size() - 1).header("SplitSDKMachineIP")).isEmpty();
  }

  @Test
  void onlyTheFlagSetsOfTheFilterAreAskedFor() {
    runner
        .withPropertyValues("splitio.flag-sets-filter=frontend,backend")
        .run(context -> assertThat(context).hasNotFailed());

    assertThat(cloud.requests().of(Endpoint.SPLIT_CHANGES).get(0).query("sets"))
        .contains("backend,frontend");
  }

  @Test
  void headersAreSentWithEachRequest() {
    runner
        .withPropertyValues("splitio.http.headers.X-Team=payments")
        .run(context -> cloud.streaming().awaitConnections(1, SOON));

    for (Endpoint endpoint : List.of(Endpoint.SPLIT_CHANGES, Endpoint.AUTH, Endpoint.STREAM)) {
      assertThat(cloud.requests().of(endpoint).get(0).header("X-Team"))
          .as(endpoint.name())
          .contains("payments");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "sdk, '', SPLIT_CHANGES",
    "events, '', EVENTS",
    "auth, /api/v2/auth, AUTH",
    "streaming, /sse, STREAM",
    "telemetry, /api/v1, TELEMETRY_CONFIG"
  })
  void serviceMayHaveAnAddressOfItsOwn(String service, String path, Endpoint endpoint) {
    try (SplitCloud other = SplitCloud.start()) {
      other.flags().put(Flag.named("checkout").otherwise("v2"));
      runner
          .withPropertyValues("splitio.endpoints." + service + "=" + other.url(path))
          .run(
              context -> {
                context.getBean(SplitClient.class).track("anna", "user", "bought");
                cloud.requests().await(request -> true, 1, SOON);
                if (endpoint != Endpoint.EVENTS) { // sent when the context closes
                  other.requests().await(endpoint, 1, SOON);
                }
              });

      assertThat(other.requests().all()).isNotEmpty().allMatch(request -> fits(endpoint, request));
      assertThat(cloud.requests().of(endpoint)).isEmpty();
    }
  }

  /** Two services have several resources. */
  private static boolean fits(Endpoint endpoint, Request request) {
    return switch (endpoint) {
      case EVENTS ->
          request.path().startsWith("/api/events") || request.path().startsWith("/api/testImp");
      case TELEMETRY_CONFIG -> request.path().startsWith("/api/v1/");
      default -> endpoint.matches(request);
    };
  }

  @Test
  void answerThatStaysAwayIsGivenUpAfterTheReadTimeout() {
    cloud.faults().next(Endpoint.SPLIT_CHANGES, Fault.hang());
    runner
        .withPropertyValues("splitio.http.read-timeout=100ms", "splitio.ready.timeout=9s")
        .run(context -> assertThat(treatment(context)).isEqualTo("v2"));
  }

  @Test
  void exchangeThatTakesTooLongIsGivenUpAfterTheTotalTimeout() {
    cloud.faults().next(Endpoint.SPLIT_CHANGES, Fault.trickle(1, Duration.ofMillis(200)));
    runner
        .withPropertyValues("splitio.http.total-timeout=500ms", "splitio.ready.timeout=9s")
        .run(context -> assertThat(treatment(context)).isEqualTo("v2"));
  }

  @Test
  void answerThatIsTooLongIsRefused() {
    runner
        .withPropertyValues("splitio.http.max-payload=100B", "splitio.ready.block=background")
        .run(
            context -> {
              SplitFactory factory = context.getBean(SplitFactory.class);
              await().atMost(SOON).until(() -> factory.health().problem() != null);
              assertThat(factory.health().problem()).contains("100");
            });
  }

  @Test
  void segmentThatIsTooLongIsRefused() {
    cloud.segment("beta").add("a-key-of-some-length", "another-key-of-some-length");
    cloud.flags().put(Flag.named("search").inSegment("beta", "on").otherwise("off"));
    runner
        .withPropertyValues(
            "splitio.http.max-segment-payload=40B", "splitio.ready.block=background")
        .run(
            context -> {
              SplitFactory factory = context.getBean(SplitFactory.class);
              await().atMost(SOON).until(() -> factory.health().problem() != null);
              assertThat(factory.health().problem()).contains("Segments").contains("40");
            });
  }

  @Test
  void timesReachTheHttpClient() {
    assertThat(
            http(
                    "splitio.http.connect-timeout=1500",
                    "splitio.http.read-timeout=2s",
                    "splitio.http.total-timeout=33s",
                    "splitio.streaming.open-timeout=4s",
                    "splitio.streaming.idle-timeout=71s")
                .timeouts())
        .isEqualTo(
            new HttpSettings.Timeouts(
                Duration.ofMillis(1500),
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                Duration.ofSeconds(33),
                Duration.ofSeconds(4),
                Duration.ofSeconds(71)));
  }

  @Test
  void withoutPropertiesTheDefaultsOfTheHttpClientHold() {
    HttpSettings http = http();

    assertThat(http.timeouts()).isEqualTo(HttpSettings.defaults().timeouts());
    assertThat(http.maxBytes()).isEqualTo(HttpSettings.defaults().maxBytes());
    assertThat(http.proxy()).isNull();
    assertThat(http.proxyFromEnvironment()).isTrue();
    assertThat(http.headers()).isEmpty();
    assertThat(http.allowInsecure()).isFalse();
  }

  @Test
  void plainHttpToOtherMachinesCanBeAllowed() {
    elsewhere
        .withPropertyValues(
            "splitio.endpoints.all=http://split-proxy.invalid:3000",
            "splitio.http.allow-insecure=true",
            "splitio.ready.block=background")
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void segmentsAreAskedForOneAtATimeIfThatIsWanted() {
    for (int i = 0; i < 5; i++) {
      cloud.segment("beta" + i).add("anna");
      cloud.flags().put(Flag.named("search" + i).inSegment("beta" + i, "on").otherwise("off"));
    }
    cloud.faults().when(Endpoint.SEGMENT_CHANGES::matches, 1, Fault.delay(Duration.ofMillis(300)));
    runner
        .withPropertyValues("splitio.sync.segments-concurrency=1")
        .run(context -> assertThat(context).hasNotFailed());

    List<Request> requests = cloud.requests().of(Endpoint.SEGMENT_CHANGES);
    assertThat(Duration.between(requests.get(0).at(), requests.get(1).at()))
        .isGreaterThan(Duration.ofMillis(250));
  }

  @Test
  void tokenIsAskedForAgainAfterItsOwnPause() {
    cloud.faults().next(Endpoint.AUTH, Fault.status(500));
    runner
        .withPropertyValues(
            "splitio.streaming.auth-backoff-base=1s",
            "splitio.streaming.reconnect-backoff-base=60s")
        .run(context -> streamingIs(context.getBean(SplitFactory.class), SdkHealth.Streaming.UP));
  }

  @Test
  void customizersAreAskedAfterTheProperties() {
    runner
        .withBean(
            SplitConnectorCustomizer.class,
            () ->
                connector ->
                    connector.http(
                        http -> http.withDecorator(sent -> Map.of("X-Now", List.of("1")))))
        .run(context -> assertThat(context).hasNotFailed());

    assertThat(cloud.requests().of(Endpoint.SPLIT_CHANGES).get(0).header("X-Now")).contains("1");
  }

  private HttpSettings http(String... properties) {
    List<HttpSettings> seen = new CopyOnWriteArrayList<>();
    runner
        .withPropertyValues(properties)
        .withBean(
            SplitConnectorCustomizer.class,
            () ->
                connector ->
                    connector.http(
                        http -> {
                          seen.add(http);
                          return http;
                        }))
        .run(context -> assertThat(context).hasNotFailed());
    return seen.get(0);
  }

  private static void streamingIs(SplitFactory factory, SdkHealth.Streaming state) {
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(factory.health().streaming()).isEqualTo(state));
  }
}
