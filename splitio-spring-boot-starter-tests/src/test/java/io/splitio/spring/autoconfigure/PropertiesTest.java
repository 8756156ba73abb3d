package io.splitio.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.ReportingSettings;
import io.splitio.SplitConfig;
import io.splitio.api.DateUnit;
import io.splitio.api.FallbackTreatments;
import io.splitio.api.ImpressionMode;
import io.splitio.api.SplitClient;
import io.splitio.backend.Connector;
import io.splitio.backend.localhost.LocalhostConnector;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class PropertiesTest {
  private final List<SplitConfig> configs = new CopyOnWriteArrayList<>();
  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(SplitioAutoConfiguration.class))
          .withBean(Connector.class, () -> LocalhostConnector.treatments(Map.of("checkout", "v2")))
          .withBean(SplitConfigCustomizer.class, () -> this::remember);

  @Test
  void withoutPropertiesTheDefaultsOfTheSdkHold() {
    SplitConfig config = config();

    assertThat(config.readyTimeout()).isEqualTo(SplitConfig.defaults().readyTimeout());
    assertThat(config.shutdownTimeout()).isEqualTo(SplitConfig.defaults().shutdownTimeout());
    assertThat(config.staleAfter()).isEqualTo(SplitConfig.defaults().staleAfter());
    assertThat(config.flagSets()).isEmpty();
    assertThat(config.labelsEnabled()).isTrue();
    assertThat(config.dateUnit()).isEqualTo(DateUnit.MILLISECONDS);
    assertThat(config.fallbackTreatments()).isEqualTo(FallbackTreatments.none());
    assertThat(config.impressionListenerQueueSize())
        .isEqualTo(SplitConfig.defaults().impressionListenerQueueSize());
    assertThat(config.instanceName()).isNull();
    assertThat(config.startSuspended()).isFalse();
  }

  @Test
  void theContextAndNotTheJvmDestroysTheSdk() {
    assertThat(config().shutdownHook()).isFalse();
  }

  @Test
  void everyPropertyReachesTheConfiguration() {
    SplitConfig config =
        config(
            "splitio.ready.timeout=3s",
            "splitio.shutdown.timeout=4",
            "splitio.health.stale-after=7m",
            "splitio.flag-sets-filter=backend,frontend",
            "splitio.labels-enabled=false",
            "splitio.date-unit=seconds",
            "splitio.impressions.listener.queue-size=17",
            "splitio.instance-name=node-7",
            "splitio.start-suspended=true");

    assertThat(config.readyTimeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(config.shutdownTimeout()).isEqualTo(Duration.ofSeconds(4));
    assertThat(config.staleAfter()).isEqualTo(Duration.ofMinutes(7));
    assertThat(config.flagSets()).containsExactlyInAnyOrder("backend", "frontend");
    assertThat(config.labelsEnabled()).isFalse();
    assertThat(config.dateUnit()).isEqualTo(DateUnit.SECONDS);
    assertThat(config.impressionListenerQueueSize()).isEqualTo(17);
    assertThat(config.instanceName()).isEqualTo("node-7");
    assertThat(config.startSuspended()).isTrue();
  }

  @Test
  void namesOfFlagSetsMayBeUntidyAndSomeInvalid() {
    assertThat(config("splitio.flag-sets-filter=Backend ,Bad Set").flagSets())
        .containsExactlyInAnyOrder("Backend", "Bad Set"); // the SDK tidies them, and tells
  }

  @Test
  void fallbacksAreForAllFlagsAndForSingleOnes() {
    SplitConfig config =
        config(
            "splitio.fallback.treatment=off",
            "splitio.fallback.config={}",
            "splitio.fallback.flags.checkout.treatment=v1",
            "splitio.fallback.flags.[new.search].treatment=true");

    assertThat(config.fallbackTreatments())
        .isEqualTo(
            FallbackTreatments.of("off", "{}").with("checkout", "v1").with("new.search", "on"));
  }

  @Test
  void unquotedOnOfYamlMeansOn() {
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(SplitioAutoConfiguration.class))
        .withPropertyValues(
            "splitio.mode=localhost",
            "splitio.localhost.flags.search=true",
            "splitio.localhost.flags.checkout=false")
        .run(
            context -> {
              SplitClient client = context.getBean(SplitClient.class);
              assertThat(client.getTreatment("anna", "search")).isEqualTo("on");
              assertThat(client.getTreatment("anna", "checkout")).isEqualTo("off");
            });
  }

  @Test
  void whatIsReportedIsByDefaultWhatTheSdkReports() {
    assertThat(config().reporting()).isEqualTo(SplitConfig.defaults().reporting());
  }

  @Test
  void everyPropertyOfReportingReachesTheConfiguration() {
    assertThat(
            config(
                    "splitio.impressions.mode=none",
                    "splitio.impressions.refresh-rate=61",
                    "splitio.impressions.queue-size=11",
                    "splitio.impressions.bulk-size=12",
                    "splitio.impressions.observer-size=513",
                    "splitio.events.push-rate=14s",
                    "splitio.events.queue-size=15",
                    "splitio.events.bulk-size=16",
                    "splitio.telemetry.refresh-rate=17m",
                    "splitio.ip-addresses-enabled=false")
                .reporting())
        .isEqualTo(
            new ReportingSettings(
                ImpressionMode.NONE,
                Duration.ofSeconds(61),
                11,
                12,
                513,
                Duration.ofSeconds(14),
                15,
                16,
                Duration.ofMinutes(17),
                false));
  }

  @Test
  void withoutTelemetryNothingIsReportedOfTheSdk() {
    assertThat(config("splitio.telemetry.enabled=false").reporting().telemetryRefreshRate())
        .isNull();
  }

  @Test
  void secretsAreNeverPrinted() {
    runner
        .withPropertyValues(
            "splitio.http.proxy.host=proxy",
            "splitio.http.proxy.port=3128",
            "splitio.http.proxy.username=canary-user",
            "splitio.http.proxy.password=canary-password",
            "splitio.http.headers.X-Team=canary-header")
        .run(
            context ->
                assertThat(context.getBean(SplitioProperties.class).http().toString())
                    .contains("proxy:3128", "X-Team")
                    .doesNotContain("canary"));
  }

  @Test
  void keyIsNeverPrinted() {
    runner
        .withPropertyValues("splitio.api-key=canary-key-0123456789")
        .run(
            context ->
                assertThat(context.getBean(SplitioProperties.class).toString())
                    .contains("mode=AUTO")
                    .doesNotContain("canary", "6789"));
  }

  private SplitConfig config(String... properties) {
    runner.withPropertyValues(properties).run(context -> assertThat(context).hasNotFailed());
    return configs.get(0);
  }

  private SplitConfig remember(SplitConfig config) {
    configs.add(config);
    return config;
  }
}
