package io.splitio.spring.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.spring.Running;
import io.splitio.spring.SdkThreads;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
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
  void toggledMethodItsVariantBeanAndItsFallbackRun() throws Exception {
    assertThat(pay("ben")).isEqualTo("paid by ben");
    assertThat(pay("anna")).isEqualTo("paid in a hurry by anna");
    assertThat(pay("kim")).isEqualTo("paid the old way by kim, because off");
  }

  @Test
  @Tag("aot") // left out of the first run, which generated nothing
  void generatedHintsLetTheFallbackAndTheVariantBeCalled() throws IOException {
    assertThat(hints())
        .anySatisfy(hint -> assertThat(hint).contains(Till.class.getName(), "\"payOld\""))
        .anySatisfy(hint -> assertThat(hint).contains(ExpressTill.class.getName(), "\"pay\""));
  }

  /** What a native image would be told of each class, without blanks. */
  private static List<String> hints() throws IOException {
    String file = "/META-INF/native-image/io.splitio/splitio-spring-boot-starter-tests/";
    try (InputStream hints =
        Objects.requireNonNull(
            IntegrationApplication.class.getResourceAsStream(file + "reachability-metadata.json"),
            "no hints were generated")) {
      String all = new String(hints.readAllBytes(), StandardCharsets.UTF_8);
      return List.of(all.replaceAll("\\s", "").split("(?=\\{\"type\":)", -1));
    }
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

  private static String pay(String user) throws Exception {
    return application.get("/pay?user=" + user).body();
  }

  private static String treatment(String key, String flag) throws Exception {
    return application.get("/treatment?key=" + key + "&flag=" + flag).body();
  }
}
