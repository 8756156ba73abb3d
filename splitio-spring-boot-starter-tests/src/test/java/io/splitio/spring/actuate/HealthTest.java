package io.splitio.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitFactory;
import io.splitio.api.SdkStatus;
import io.splitio.spring.GatedConnector;
import io.splitio.spring.Running;
import io.splitio.spring.WebApplication;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HealthTest {

  @Test
  void newInstanceIsOutOfServiceUntilFlagsAreThereAndAliveAllTheTime() throws Exception {
    try (Running application = start()) {
      assertThat(application.get("/actuator/health/readiness").status()).isEqualTo(503);
      assertThat(sdk(application)).containsEntry("status", "OUT_OF_SERVICE");
      assertThat(details(application)).containsEntry("state", "NOT_READY");
      assertThat(application.get("/actuator/health/liveness").status()).isEqualTo(200);

      application.bean(GatedConnector.class).open();

      assertThat(application.get("/actuator/health/readiness").status()).isEqualTo(200);
      assertThat(sdk(application)).containsEntry("status", "UP");
    }
  }

  @Test
  void detailsTellModeStateAndCounts() throws Exception {
    try (Running application = start()) {
      application.bean(GatedConnector.class).open();

      assertThat(details(application))
          .containsEntry("mode", "gated")
          .containsEntry("state", "READY")
          .containsEntry("flags", 1)
          .containsEntry("segments", 0)
          .containsEntry("ruleBasedSegments", 0)
          .containsEntry("stale", false)
          .containsKey("lastSynchronized")
          .doesNotContainKey("problem");
    }
  }

  @Test
  void fatalProblemBeforeTheFirstLoadIsDown() throws Exception {
    try (Running application = start()) {
      application.bean(GatedConnector.class).report().failedForGood("401 Unauthorized");

      assertThat(sdk(application)).containsEntry("status", "DOWN");
      assertThat(details(application)).containsEntry("problem", "401 Unauthorized");
      assertThat(application.get("/actuator/health/liveness").status()).isEqualTo(200);
    }
  }

  @Test
  void fatalProblemAfterTheFirstLoadTakesNobodyOutOfService() throws Exception {
    try (Running application = start()) {
      application.bean(GatedConnector.class).open();
      application.bean(GatedConnector.class).report().failedForGood("401 Unauthorized");

      assertThat(sdk(application)).containsEntry("status", "UP");
      assertThat(details(application)).containsEntry("problem", "401 Unauthorized");
      assertThat(application.get("/actuator/health/readiness").status()).isEqualTo(200);
    }
  }

  @Test
  void staleFlagsAreReportedAndTakeNobodyOutOfService() throws Exception {
    try (Running application = start("splitio.health.stale-after=1ms")) {
      application.bean(GatedConnector.class).open();
      await().until(() -> application.bean(SplitFactory.class).status() == SdkStatus.STALE);

      assertThat(sdk(application)).containsEntry("status", "UP");
      assertThat(details(application)).containsEntry("stale", true).containsEntry("state", "STALE");
      assertThat(application.get("/actuator/health/readiness").status()).isEqualTo(200);
    }
  }

  @Test
  void destroyedSdkIsDownAndOutOfServiceAndTheApplicationAlive() throws Exception {
    try (Running application = start()) {
      application.bean(GatedConnector.class).open();
      assertThat(application.get("/actuator/health/readiness").status()).isEqualTo(200);

      application.bean(SplitFactory.class).destroy();

      assertThat(sdk(application)).containsEntry("status", "DOWN");
      assertThat(details(application)).containsEntry("state", "DESTROYED");
      assertThat(application.get("/actuator/health/readiness").status()).isEqualTo(503);
      assertThat(application.get("/actuator/health/liveness").status()).isEqualTo(200);
    }
  }

  @Test
  void statusBeforeTheFirstLoadCanBeChosen() throws Exception {
    try (Running application = start("splitio.health.not-ready-status=up")) {
      assertThat(sdk(application)).containsEntry("status", "UP");
      assertThat(application.get("/actuator/health/readiness").status()).isEqualTo(200);
    }
  }

  @Test
  void readinessDoesNotDependOnTheSdkWhenThatIsSwitchedOff() throws Exception {
    try (Running application = start("splitio.health.readiness=false")) {
      assertThat(application.get("/actuator/health/readiness").status()).isEqualTo(200);
      assertThat(application.get("/actuator/health/readiness").body())
          .doesNotContain("\"splitio\"");
      assertThat(application.get("/actuator/health").status()).isEqualTo(503);
    }
  }

  @Test
  void healthDoesNotMentionTheSdkWhenItsContributorIsSwitchedOff() throws Exception {
    try (Running application = start("management.health.splitio.enabled=false")) {
      assertThat(application.get("/actuator/health").body()).doesNotContain("\"splitio\"");
      assertThat(application.get("/actuator/health/readiness").status()).isEqualTo(200);
    }
  }

  @Test
  void healthDoesNotMentionTheSdkWhenItIsSwitchedOff() throws Exception {
    try (Running application =
        Running.start(PlainApplication.class, "splitio.enabled=false", DETAILS, PROBES)) {
      assertThat(application.get("/actuator/health").body()).doesNotContain("\"splitio\"");
      assertThat(application.get("/actuator/health/readiness").status()).isEqualTo(200);
    }
  }

  @Test
  void additionalPathsOfTheProbesRemain() throws Exception {
    try (Running application =
        start("management.endpoint.health.probes.add-additional-paths=true")) {
      assertThat(application.get("/livez").status()).isEqualTo(200);
      assertThat(application.get("/readyz").status()).isEqualTo(503);

      application.bean(GatedConnector.class).open();

      assertThat(application.get("/readyz").status()).isEqualTo(200);
    }
  }

  @Test
  void readinessGroupOfTheUserIsJoinedToo() throws Exception {
    try (Running application =
        start("management.endpoint.health.group.readiness.include=readinessState")) {
      assertThat(application.get("/actuator/health/readiness").status()).isEqualTo(503);
    }
  }

  private static final String DETAILS = "management.endpoint.health.show-details=always";
  private static final String PROBES = "management.endpoint.health.probes.enabled=true";

  private static Running start(String... properties) {
    List<String> all = new ArrayList<>(List.of(properties));
    all.addAll(List.of("splitio.ready.block=background", DETAILS, PROBES));
    return Running.start(WebApplication.class, all.toArray(String[]::new));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> sdk(Running application) throws Exception {
    Map<String, Object> health = application.get("/actuator/health").json();
    return (Map<String, Object>) ((Map<String, Object>) health.get("components")).get("splitio");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> details(Running application) throws Exception {
    return (Map<String, Object>) sdk(application).get("details");
  }
}
