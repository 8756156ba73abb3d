package io.splitio.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.SplitClient;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/** The starter with parts of the class path missing. */
class ClassPathTest {
  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withUserConfiguration(Application.class)
          .withPropertyValues("splitio.mode=localhost", "splitio.localhost.flags.checkout=v2");

  @Test
  void healthAndEndpointAreThereWithTheActuator() {
    runner
        .withPropertyValues("management.endpoints.jmx.exposure.include=splitio")
        .run(
            context -> {
              assertThat(context).hasNotFailed().hasBean("splitioEndpoint");
              assertThat(context).hasBean("splitioHealthContributor").hasBean("splitioReadiness");
            });
  }

  @Test
  void withoutTheActuatorThereAreOnlyTheBeansOfTheSdk() {
    runner
        .withClassLoader(
            new FilteredClassLoader(
                "org.springframework.boot.actuate", "org.springframework.boot.health"))
        .run(
            context -> {
              assertThat(context)
                  .hasNotFailed()
                  .doesNotHaveBean("splitioEndpoint")
                  .doesNotHaveBean("splitioHealthContributor")
                  .doesNotHaveBean("splitioReadiness");
              assertThat(context.getBean(SplitClient.class).getTreatment("anna", "checkout"))
                  .isEqualTo("v2");
            });
  }

  @Test
  void withoutHealthTheEndpointRemains() {
    runner
        .withClassLoader(
            new FilteredClassLoader(
                "org.springframework.boot.actuate.health",
                "org.springframework.boot.actuate.autoconfigure.health",
                "org.springframework.boot.health"))
        .withPropertyValues("management.endpoints.jmx.exposure.include=splitio")
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .hasBean("splitioEndpoint")
                    .doesNotHaveBean("splitioHealthContributor"));
  }

  @Test
  void withoutWebAndReactorTheSdkRuns() {
    runner
        .withClassLoader(
            new FilteredClassLoader("org.springframework.web", "reactor", "jakarta.servlet"))
        .run(context -> assertThat(context).hasNotFailed().hasSingleBean(SplitClient.class));
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {}
}
