package io.splitio.spring.actuate;

import io.splitio.SplitFactory;
import io.splitio.spring.autoconfigure.SplitioAutoConfiguration;
import io.splitio.spring.autoconfigure.SplitioProperties;
import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthEndpointGroupsPostProcessor;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Health and readiness in Spring Boot 3.5. */
@AutoConfiguration(
    after = SplitioAutoConfiguration.class,
    afterName =
        "org.springframework.boot.actuate.autoconfigure.availability.AvailabilityProbesAutoConfiguration")
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnEnabledHealthIndicator("splitio")
@ConditionalOnBean({SplitFactory.class, SplitioProperties.class})
public final class SplitioHealthBoot35AutoConfiguration {

  @Bean
  @ConditionalOnMissingBean(name = {"splitioHealthContributor", "splitioHealthIndicator"})
  HealthIndicator splitioHealthContributor(SplitFactory factory, SplitioProperties properties) {
    return () -> health(SdkReport.of(factory.health(), properties.health().notReadyStatus()));
  }

  @Bean
  @ConditionalOnBooleanProperty(name = "splitio.health.readiness", matchIfMissing = true)
  static HealthEndpointGroupsPostProcessor splitioReadiness() {
    return Boot35ReadinessGroups::new;
  }

  private static Health health(SdkReport report) {
    return Health.status(report.status()).withDetails(report.details()).build();
  }
}
