package io.splitio.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.splitio.SplitFactory;
import io.splitio.api.SdkHealth;
import io.splitio.api.SplitClient;
import io.splitio.fake.Endpoint;
import io.splitio.fake.SplitCloud;
import io.splitio.fake.data.Flag;
import io.splitio.fake.http.Fault;
import io.splitio.spring.GatedConnector;
import io.splitio.spring.Running;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What Micrometer shows of the SDK. */
class MetricsTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @Test
  void stateAndCountsFollowTheSdk() {
    try (Running application = Running.start(Gated.class, "splitio.ready.block=background")) {
      assertThat(gauge(application, "splitio.ready")).isZero();
      assertThat(gauge(application, "splitio.flags")).isZero();
      assertThat(gauge(application, "splitio.last.sync.age")).isNaN();

      application.bean(GatedConnector.class).open();

      assertThat(gauge(application, "splitio.ready")).isEqualTo(1);
      assertThat(gauge(application, "splitio.flags")).isEqualTo(1);
      assertThat(gauge(application, "splitio.segments")).isZero();
      assertThat(gauge(application, "splitio.rule.based.segments")).isZero();
      assertThat(gauge(application, "splitio.last.sync.age")).isBetween(0.0, 60.0);
      assertThat(gauge(application, "splitio.streaming.connected")).isNaN();

      application.bean(SplitFactory.class).destroy();

      assertThat(gauge(application, "splitio.ready")).isZero();
    }
  }

  @Test
  void whatWasRecordedIsCountedByWhatBecameOfIt() {
    try (SplitCloud cloud = SplitCloud.start();
        Running application = cloud(cloud)) {
      SplitClient client = application.bean(SplitClient.class);
      SplitFactory factory = application.bean(SplitFactory.class);
      await().atMost(SOON).until(() -> factory.health().streaming() == SdkHealth.Streaming.UP);
      assertThat(gauge(application, "splitio.streaming.connected")).isEqualTo(1);

      client.getTreatment("anna", "checkout");
      client.getTreatment("ben", "checkout");
      client.track("anna", "user", "bought", 1.0);

      assertThat(gauge(application, "splitio.impressions.queued")).isEqualTo(2);
      assertThat(gauge(application, "splitio.events.queued")).isEqualTo(1);

      factory.destroy();

      assertThat(counter(application, "splitio.impressions", "delivered")).isEqualTo(2);
      assertThat(counter(application, "splitio.events", "delivered")).isEqualTo(1);
      assertThat(gauge(application, "splitio.impressions.queued")).isZero();
      assertThat(gauge(application, "splitio.streaming.connected")).isZero();
    }
  }

  @Test
  void whatFindsNoRoomIsCounted() {
    try (SplitCloud cloud = SplitCloud.start();
        Running application =
            cloud(cloud, "splitio.events.queue-size=1", "splitio.shutdown.timeout=100ms")) {
      SplitClient client = application.bean(SplitClient.class);
      cloud.faults().always(Endpoint.EVENTS, Fault.hang());
      assertThat(client.track("anna", "user", "bought", 1.0)).isTrue();
      assertThat(client.track("anna", "user", "bought", 1.0)).isFalse();

      assertThat(counter(application, "splitio.events", "full")).isEqualTo(1);
      assertThat(counter(application, "splitio.events", "delivered")).isZero();
    }
  }

  @Test
  void noMeterNamesAFlagOrAPerson() {
    try (SplitCloud cloud = SplitCloud.start();
        Running application = cloud(cloud)) {
      application.bean(SplitClient.class).getTreatment("anna", "checkout");
      Set<String> tags =
          application.bean(MeterRegistry.class).getMeters().stream()
              .map(Meter::getId)
              .filter(id -> id.getName().startsWith("splitio."))
              .flatMap(id -> id.getTags().stream())
              .map(Tag::getValue)
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(tags).containsExactly("abandoned", "delivered", "full", "late", "refused");
    }
  }

  @Test
  void withoutMicrometerTheSdkRuns() {
    new ApplicationContextRunner()
        .withUserConfiguration(PlainApplication.class)
        .withClassLoader(new FilteredClassLoader("io.micrometer"))
        .withPropertyValues("splitio.mode=localhost", "splitio.localhost.flags.checkout=v2")
        .run(
            context -> {
              assertThat(context).hasNotFailed().doesNotHaveBean("splitioMetrics");
              assertThat(context.getBean(SplitClient.class).getTreatment("anna", "checkout"))
                  .isEqualTo("v2");
            });
  }

  private static Running cloud(SplitCloud cloud, String... more) {
    cloud.flags().put(Flag.named("checkout").otherwise("v2"));
    String[] properties = {
      "splitio.api-key=canary-key-0123456789", "splitio.endpoints.all=" + cloud.url()
    };
    return Running.start(
        PlainApplication.class,
        Stream.of(properties, more).flatMap(Arrays::stream).toArray(String[]::new));
  }

  private static double gauge(Running application, String name) {
    return application.bean(MeterRegistry.class).get(name).gauge().value();
  }

  private static double counter(Running application, String name, String outcome) {
    return application
        .bean(MeterRegistry.class)
        .get(name)
        .tag("outcome", outcome)
        .functionCounter()
        .count();
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Gated {
    @Bean
    GatedConnector connector() {
      return new GatedConnector();
    }
  }
}
