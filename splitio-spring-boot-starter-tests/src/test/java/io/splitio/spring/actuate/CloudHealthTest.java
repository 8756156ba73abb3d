package io.splitio.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitFactory;
import io.splitio.api.SdkHealth;
import io.splitio.api.SplitClient;
import io.splitio.fake.Endpoint;
import io.splitio.fake.SplitCloud;
import io.splitio.fake.data.Flag;
import io.splitio.fake.http.Fault;
import io.splitio.spring.Running;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What operators see of the cloud. */
class CloudHealthTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String KEY = "canary-key-0123456789";

  private final SplitCloud cloud = SplitCloud.start();

  @BeforeEach
  void flag() {
    cloud.flags().put(Flag.named("checkout").forKeys("v1", "user-canary").otherwise("v2"));
  }

  @AfterEach
  void close() {
    cloud.close();
  }

  @Test
  void cloudThatStreamsIsUp() throws Exception {
    try (Running application = start()) {
      streams(application, SdkHealth.Streaming.UP);

      assertThat(sdk(application)).containsEntry("status", "UP");
      assertThat(details(application))
          .containsEntry("mode", "cloud")
          .containsEntry("state", "READY")
          .containsEntry("streaming", "UP")
          .containsEntry("stale", false)
          .containsKey("lastSynchronized")
          .doesNotContainKey("problem");
    }
  }

  @Test
  void endpointShowsTheSameState() throws Exception {
    try (Running application = start()) {
      streams(application, SdkHealth.Streaming.UP);

      assertThat(map(application.get("/actuator/splitio").json().get("sdk")))
          .containsEntry("mode", "cloud")
          .containsEntry("streaming", "UP")
          .containsEntry("status", "READY");
    }
  }

  @Test
  void streamThatIsLostIsSaidAndTakesNobodyOutOfService() throws Exception {
    try (Running application = start()) {
      streams(application, SdkHealth.Streaming.UP);
      cloud.faults().always(Fault.status(500));
      cloud.streaming().drop();
      streams(application, SdkHealth.Streaming.DOWN);
      await()
          .atMost(SOON)
          .until(() -> application.bean(SplitFactory.class).health().problem() != null);

      assertThat(sdk(application)).containsEntry("status", "UP");
      assertThat(details(application))
          .containsEntry("streaming", "DOWN")
          .hasEntrySatisfying(
              "problem", problem -> assertThat(String.valueOf(problem)).contains("500"));
      assertThat(application.get("/actuator/health/readiness").status()).isEqualTo(200);
    }
  }

  @Test
  void refusedKeyIsDownUntilItIsAccepted() throws Exception {
    cloud.behaviour().acceptKeys("another");
    try (Running application = start()) {
      SplitFactory factory = application.bean(SplitFactory.class);
      await().atMost(SOON).until(() -> factory.health().fatal());

      assertThat(sdk(application)).containsEntry("status", "DOWN");
      assertThat(application.get("/actuator/health/readiness").status()).isEqualTo(503);
      assertThat(application.get("/actuator/health/liveness").status()).isEqualTo(200);

      cloud.behaviour().acceptKeys(KEY);
      factory.retryNow();
      await().atMost(SOON).until(() -> factory.status().evaluates());

      assertThat(sdk(application)).containsEntry("status", "UP");
    }
  }

  @Test
  void keyThatIsRotatedLaterTakesNobodyOutOfService() throws Exception {
    try (Running application = start("splitio.streaming.enabled=false")) {
      SplitFactory factory = application.bean(SplitFactory.class);
      await().atMost(SOON).until(() -> factory.status().evaluates());
      cloud.behaviour().acceptKeys("another");
      factory.retryNow();
      await().atMost(SOON).until(() -> factory.health().fatal());

      assertThat(sdk(application)).containsEntry("status", "UP");
      assertThat(details(application))
          .containsEntry("streaming", "OFF")
          .hasEntrySatisfying(
              "problem", problem -> assertThat(String.valueOf(problem)).contains("401"));
    }
  }

  @Test
  void cloudThatIsAwayKeepsANewInstanceOutOfService() throws Exception {
    cloud.faults().always(Endpoint.SPLIT_CHANGES, Fault.status(503));
    try (Running application = start()) {
      assertThat(sdk(application)).containsEntry("status", "OUT_OF_SERVICE");
    }
  }

  @Test
  void suspendedInstanceWithoutFlagsIsNotSaidToBeUp() throws Exception {
    cloud.faults().always(Endpoint.SPLIT_CHANGES, Fault.status(503));
    try (Running application = start()) {
      application.bean(SplitFactory.class).suspend();

      assertThat(sdk(application)).containsEntry("status", "OUT_OF_SERVICE");
      assertThat(details(application)).containsEntry("state", "SUSPENDED");
    }
  }

  @Test
  void neitherTheKeyNorWhoWasAskedForIsShown() throws Exception {
    try (Running application = start()) {
      streams(application, SdkHealth.Streaming.UP);
      application.bean(SplitClient.class).getTreatment("user-canary", "checkout");

      for (String path :
          List.of("/actuator/health", "/actuator/splitio", "/actuator/splitio/checkout")) {
        assertThat(application.get(path).body()).as(path).doesNotContain("canary");
      }
    }
  }

  private Running start(String... properties) {
    List<String> all = new ArrayList<>(List.of(properties));
    all.addAll(
        List.of(
            "splitio.api-key=" + KEY,
            "splitio.endpoints.all=" + cloud.url(),
            "splitio.ready.block=background",
            "management.endpoints.web.exposure.include=health,splitio",
            "management.endpoint.health.show-details=always",
            "management.endpoint.health.probes.enabled=true"));
    return Running.start(PlainApplication.class, all.toArray(String[]::new));
  }

  private static void streams(Running application, SdkHealth.Streaming state) {
    SplitFactory factory = application.bean(SplitFactory.class);
    await().atMost(SOON).until(() -> factory.health().streaming() == state);
  }

  private static Map<String, Object> sdk(Running application) throws Exception {
    return map(map(application.get("/actuator/health").json().get("components")).get("splitio"));
  }

  private static Map<String, Object> details(Running application) throws Exception {
    return map(sdk(application).get("details"));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }
}
