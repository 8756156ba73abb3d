package io.splitio.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.SplitClient;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurationImportSelector;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.AnnotationAttributes;
import org.springframework.core.type.AnnotationMetadata;

/** The starter with parts of the class path missing. */
class ClassPathTest {
  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withUserConfiguration(Application.class)
          .withPropertyValues("splitio.mode=localhost", "splitio.localhost.flags.checkout=v2");

  @Test
  void healthAndEndpointAreThereWithTheActuator() {
    runner
        .withPropertyValues("management.endpoints.web.exposure.include=splitio")
        .run(
            context -> {
              assertThat(context).hasNotFailed().hasBean("splitioEndpoint");
              assertThat(context).hasBean("splitioHealthContributor").hasBean("splitioReadiness");
              assertThat(context).hasBean("splitioMetrics");
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
        .withPropertyValues("management.endpoints.web.exposure.include=splitio")
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

  /** Chooses as Spring Boot does, which never loads a class whose conditions cannot be met. */
  @Configuration(proxyBeanMethods = false)
  @Import(OfTheStarter.class)
  static class Application {}

  static final class OfTheStarter extends AutoConfigurationImportSelector {
    @Override
    protected AnnotationAttributes getAttributes(AnnotationMetadata metadata) {
      return new AnnotationAttributes();
    }

    @Override
    protected Set<String> getExclusions(
        AnnotationMetadata metadata, AnnotationAttributes attributes) {
      return Set.of();
    }

    @Override
    protected List<String> getCandidateConfigurations(
        AnnotationMetadata metadata, AnnotationAttributes attributes) {
      return super.getCandidateConfigurations(metadata, attributes).stream()
          .filter(name -> name.startsWith("io.splitio"))
          .toList();
    }
  }
}
