package io.splitio.spring.featbit;

import static io.splitio.spring.featbit.Environment.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.splitio.fake.featbit.FeatBitServer;
import io.splitio.spring.Running;
import io.splitio.spring.toggle.FeatureToggle;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A web application whose flags are FeatBit's: annotation, health and endpoint know no better. */
class FeatBitApplicationTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String CHECKOUT =
      """
      {"key": "checkout", "name": "Checkout", "variationType": "boolean", "isEnabled": true,
       "variations": [{"id": "on", "value": "true"}, {"id": "off", "value": "false"}],
       "disabledVariationId": "off",
       "rules": [{"conditions": [{"property": "plan", "op": "Equal", "value": "pro"}],
                  "variations": [{"id": "on", "rollout": [0, 1], "exptRollout": 1}]}],
       "fallthrough": {"variations": [{"id": "off", "rollout": [0, 1], "exptRollout": 1}]}}
      """;

  private final FeatBitServer server = FeatBitServer.start(SECRET);
  private Running application;

  @BeforeEach
  void start() {
    server.putFlag(CHECKOUT);
    application =
        Running.start(
            Shop.class,
            "splitio.featbit.env-secret=" + SECRET,
            "splitio.featbit.streaming-url=" + server.streaming(),
            "management.endpoints.web.exposure.include=splitio,health",
            "management.endpoint.health.show-details=always");
  }

  @AfterEach
  void stop() {
    application.close();
    server.close();
  }

  @Test
  void anAnnotatedMethodIsCalledWhenItsFlagSaysTrue() {
    Till till = application.bean(Till.class);
    assertThat(till.pay("anna", "pro")).isEqualTo("the new way");
    assertThat(till.pay("anna", "free")).isEqualTo("the old way");
    server.turnOff("checkout");
    await().atMost(SOON).until(() -> till.pay("anna", "pro").equals("the old way"));
  }

  @Test
  void anAnnotatedCallIsToldToFeatBit() {
    application.bean(Till.class).pay("anna", "pro");
    server
        .received()
        .awaitEvent(event -> String.valueOf(event).contains("featureFlagKey=checkout"), SOON);
    assertThat(server.received().variations())
        .anySatisfy(
            served -> assertThat(((Map<?, ?>) served.get("variation")).get("id")).isEqualTo("on"));
  }

  @Test
  void healthIsUpAndNamesTheMode() throws Exception {
    Map<?, ?> sdk =
        map(map(application.get("/actuator/health").json().get("components")).get("splitio"));
    assertThat(sdk.get("status")).isEqualTo("UP");
    assertThat(map(sdk.get("details")).get("mode")).isEqualTo("featbit");
    assertThat(map(sdk.get("details")).get("streaming")).isEqualTo("UP");
  }

  @Test
  void metersCountWhatWasTold() {
    MeterRegistry meters = application.bean(MeterRegistry.class);
    assertThat(meters.get("splitio.ready").gauge().value()).isEqualTo(1);
    assertThat(meters.get("splitio.streaming.connected").gauge().value()).isEqualTo(1);
    assertThat(meters.get("splitio.flags").gauge().value()).isEqualTo(1);
    application.bean(Till.class).pay("anna", "pro");
    await()
        .atMost(SOON)
        .until(
            () ->
                meters
                        .get("splitio.impressions")
                        .tag("outcome", "delivered")
                        .functionCounter()
                        .count()
                    > 0);
  }

  @Test
  void healthStaysUpWhenTheServerIsGone() throws Exception {
    server.refuse(503);
    server.cut();
    await()
        .atMost(SOON)
        .until(() -> application.get("/actuator/health").body().contains("\"streaming\":\"DOWN\""));
    assertThat(application.get("/actuator/health").status()).isEqualTo(200);
  }

  @Test
  void theEndpointShowsFlagsAndExplainsThem() throws Exception {
    Map<String, Object> overview = application.get("/actuator/splitio").json();
    assertThat(map(overview.get("sdk")).get("mode")).isEqualTo("featbit");
    assertThat(map(overview.get("flags")).get("total")).isEqualTo(1);
    String why = application.get("/actuator/splitio/checkout?key=anna&attr=plan=pro").body();
    assertThat(why).contains("rule match");
  }

  private static Map<?, ?> map(Object json) {
    return (Map<?, ?>) json;
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Shop {
    @Bean
    Till till() {
      return new Till();
    }
  }

  /** Where people pay. */
  static class Till {
    @FeatureToggle(
        flag = "checkout",
        key = "#user",
        attributes = "plan=#plan",
        fallbackMethod = "payOld")
    String pay(String user, String plan) {
      return "the new way";
    }

    String payOld(String user, String plan) {
      return "the old way";
    }
  }
}
