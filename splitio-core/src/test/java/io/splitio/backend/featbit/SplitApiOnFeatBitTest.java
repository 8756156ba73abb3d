package io.splitio.backend.featbit;

import static io.splitio.backend.featbit.WorkedExample.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.api.Evaluation;
import io.splitio.api.FallbackTreatments;
import io.splitio.api.Impression;
import io.splitio.api.Key;
import io.splitio.api.SdkHealth;
import io.splitio.api.SplitView;
import io.splitio.fake.featbit.FeatBitServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What applications know of Split's API holds with flags from FeatBit. */
class SplitApiOnFeatBitTest {
  private static final String SECRET = "HowrP016X06bYBwtPk9aawUm1_C8ORiEqy5F1sf46aAQ";
  private static final String CHECKOUT = "checkout-redesign";
  private static final Map<String, Object> WALTER =
      Map.of("name", "Walter", "country", "fr", "age", 18, "region", "us-east");

  private final FeatBitServer server = FeatBitServer.start(SECRET);
  private final LinkedBlockingQueue<Impression> heard = new LinkedBlockingQueue<>();
  private final SplitFactory factory;

  SplitApiOnFeatBitTest() {
    server.load(resource("full.json"));
    factory =
        SplitFactory.create(
            FeatBitConnector.secret(SECRET).streaming(server.streaming()).events(server.events()),
            SplitConfig.defaults()
                .withImpressionListener(heard::add)
                .withFallbackTreatments(FallbackTreatments.none().with("gone", "later")));
  }

  @BeforeEach
  void ready() throws Exception {
    factory.blockUntilReady(Duration.ofSeconds(40));
  }

  @AfterEach
  void end() {
    factory.destroy();
    server.close();
  }

  @Test
  void severalFlagsAreAnsweredAtOnce() {
    assertThat(
            factory
                .client()
                .getTreatments("walter", List.of(CHECKOUT, "rate-limit", "none", "gone"), WALTER))
        .isEqualTo(
            Map.of(CHECKOUT, "true", "rate-limit", "25", "none", "control", "gone", "later"));
  }

  @Test
  void flagsMayHaveNamesThatSplitDoesNotAllow() {
    server.putFlag(
        """
        {"key":"kill.switch","isEnabled":true,"variationType":"string","variations":[{"id":"a","value":"A"}],
         "disabledVariationId":"a","fallthrough":{"variations":[{"id":"a","rollout":[0,1]}]},
         "updatedAt":"2031-03-01T10:00:00Z"}\
        """);

    await()
        .atMost(Duration.ofSeconds(40))
        .until(() -> factory.client().getTreatment("walter", "kill.switch").equals("A"));
    assertThat(factory.client().getTreatments("walter", List.of("kill.switch")))
        .isEqualTo(Map.of("kill.switch", "A"));
    assertThat(factory.manager().split("kill.switch")).isNotNull();
    assertThat(factory.client().explain(Key.of("walter"), "kill.switch", Map.of()).toString())
        .contains("A");
  }

  @Test
  void attributesMayBeNumbersAndBooleans() {
    assertThat(factory.client().getTreatment("ivan", "banner-text", ivan(false)))
        .isEqualTo("Bonjour");
    assertThat(factory.client().getTreatment("ivan", "banner-text", ivan(true)))
        .isNotEqualTo("Bonjour");
  }

  private static Map<String, Object> ivan(boolean suspended) {
    return Map.of("email", "ivan@corp.example", "suspended", suspended, "region", "us-east");
  }

  @Test
  void anEvaluationTellsReasonVersionAndVariation() {
    Evaluation evaluation = factory.client().evaluate(Key.of("walter"), CHECKOUT, WALTER);
    assertThat(evaluation.label()).isEqualTo("rule match");
    assertThat(evaluation.changeNumber()).isEqualTo(1740823200123L);
    assertThat(Objects.requireNonNull(evaluation.variation()).id()).isEqualTo("co-on");
  }

  @Test
  void allFlagsAreEvaluated() {
    assertThat(factory.client().evaluateAll(Key.of("walter"), WALTER))
        .containsOnlyKeys(CHECKOUT, "banner-text", "rate-limit");
  }

  @Test
  void anExplanationShowsTheWayToTheDecision() {
    assertThat(factory.client().explain(Key.of("walter"), CHECKOUT, WALTER).toString())
        .contains("target match")
        .contains("rule match")
        .contains("country")
        .contains("true");
  }

  @Test
  void theManagerShowsFlagsWithTheirValues() {
    assertThat(factory.manager().splitNames())
        .containsExactlyInAnyOrder(CHECKOUT, "banner-text", "rate-limit");
    SplitView view = Objects.requireNonNull(factory.manager().split("rate-limit"));
    assertThat(view.killed()).isTrue();
    assertThat(view.defaultTreatment()).isEqualTo("25");
    assertThat(view.treatments()).containsExactlyInAnyOrder("25", "99.5");
  }

  @Test
  void theAsynchronousClientAnswersTheSame() {
    assertThat(factory.client().async().getTreatment("walter", CHECKOUT, WALTER).join())
        .isEqualTo("true");
  }

  @Test
  void anImpressionListenerHearsOfEvaluations() throws Exception {
    factory.client().getTreatment("walter", CHECKOUT, WALTER);
    Impression impression = heard.poll(20, TimeUnit.SECONDS);
    assertThat(Objects.requireNonNull(impression).treatment()).isEqualTo("true");
    assertThat(impression.label()).isEqualTo("rule match");
    assertThat(impression.attributes()).isEqualTo(WALTER);
  }

  @Test
  void theHealthReportCountsAndNamesTheBackend() {
    SdkHealth health = factory.health();
    assertThat(health.mode()).isEqualTo("featbit");
    assertThat(health.flags()).isEqualTo(3);
    assertThat(health.ruleBasedSegments()).isEqualTo(1);
    assertThat(health.streaming()).isEqualTo(SdkHealth.Streaming.UP);
    assertThat(health.problem()).isNull();
  }
}
