package io.splitio.spring.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.spring.Running;
import io.splitio.spring.SdkThreads;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.aot.AotDetector;
import org.springframework.context.annotation.AnnotationConfigUtils;

/** Runs twice in {@code mvn verify}: as it stands, and with what process-aot generated. */
class IntegrationApplicationTest {
  private static Running application;

  @BeforeAll
  static void start() {
    application = new Running(IntegrationApplication.start("--server.port=0"));
  }

  @AfterAll
  static void stop() {
    if (application != null) {
      application.close();
    }
    SdkThreads.assertNoneLeft();
  }

  @Test
  void configurationClassesAreReadOnlyWithoutAot() {
    assertThat(
            application
                .context()
                .containsBeanDefinition(
                    AnnotationConfigUtils.CONFIGURATION_ANNOTATION_PROCESSOR_BEAN_NAME))
        .isEqualTo(!AotDetector.useGeneratedArtifacts());
  }

  @Test
  void flagsOfTheFileDecide() throws Exception {
    assertThat(treatment("anna", "checkout")).isEqualTo("v2");
    assertThat(treatment("ben", "checkout")).isEqualTo("v1");
    assertThat(treatment("ben", "search")).isEqualTo("on");
  }

  @Test
  void fallbackOfPropertiesIsServedForAnUnknownFlag() throws Exception {
    assertThat(treatment("anna", "unknown")).isEqualTo("fallback");
    assertThat(treatment("anna", "other")).isEqualTo("control");
  }

  @Test
  void impressionListenerAndCustomizerAreUsed() throws Exception {
    treatment("carl", "checkout");

    await()
        .untilAsserted(
            () ->
                assertThat(application.get("/impressions").body())
                    .contains("carl checkout v1 integration"));
  }

  @Test
  void readinessContainsTheSdk() throws Exception {
    Running.Answer readiness = application.get("/actuator/health/readiness");

    assertThat(readiness.status()).isEqualTo(200);
    assertThat(readiness.body()).contains("\"splitio\"");
  }

  @Test
  void endpointExplainsADecision() throws Exception {
    Map<String, Object> report =
        application.get("/actuator/splitio/checkout?key=anna&attr=age=30").json();

    assertThat(report).containsKeys("flag", "explanation");
    assertThat(report.get("explanation").toString()).contains("v2").contains("anna");
  }

  private static String treatment(String key, String flag) throws Exception {
    return application.get("/treatment?key=" + key + "&flag=" + flag).body();
  }
}
