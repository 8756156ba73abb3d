package io.splitio.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.SplitConfig;
import io.splitio.api.DateUnit;
import io.splitio.api.FallbackTreatments;
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
            "splitio.instance-name=node-7");

    assertThat(config.readyTimeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(config.shutdownTimeout()).isEqualTo(Duration.ofSeconds(4));
    assertThat(config.staleAfter()).isEqualTo(Duration.ofMinutes(7));
    assertThat(config.flagSets()).containsExactlyInAnyOrder("backend", "frontend");
    assertThat(config.labelsEnabled()).isFalse();
    assertThat(config.dateUnit()).isEqualTo(DateUnit.SECONDS);
    assertThat(config.impressionListenerQueueSize()).isEqualTo(17);
    assertThat(config.instanceName()).isEqualTo("node-7");
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
