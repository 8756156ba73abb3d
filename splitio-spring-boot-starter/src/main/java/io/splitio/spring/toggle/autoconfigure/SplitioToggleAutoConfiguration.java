package io.splitio.spring.toggle.autoconfigure;

import io.splitio.spring.autoconfigure.SplitioAutoConfiguration;
import io.splitio.spring.toggle.FeatureToggle;
import io.splitio.spring.toggle.FeatureToggles;
import io.splitio.spring.toggle.ToggleProperties;
import io.splitio.spring.toggle.ask.ClientBean;
import io.splitio.spring.toggle.plan.TogglePlans;
import org.springframework.aop.Advisor;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;

/**
 * Lets {@link FeatureToggle} have its effect, unless {@code splitio.toggle.enabled} is false.
 *
 * <p>The client is fetched at the first call, never earlier.
 */
@AutoConfiguration(after = SplitioAutoConfiguration.class)
@ConditionalOnClass(Advisor.class)
@ConditionalOnBooleanProperty(name = "splitio.toggle.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ToggleProperties.class)
@Import(AutoProxyRegistrar.class)
public final class SplitioToggleAutoConfiguration {

  @Bean
  @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
  static TogglePlans featureTogglePlans(
      ConfigurableListableBeanFactory beans, Environment environment) {
    return new TogglePlans(beans, ToggleProperties.from(environment));
  }

  @Bean
  @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
  static ToggleAdvisor featureToggleAdvisor(TogglePlans plans) {
    return new ToggleAdvisor(plans, plans.properties().order());
  }

  @Bean
  @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
  static BeanNaming featureToggleBeanNaming() {
    return new BeanNaming();
  }

  @Bean
  @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
  static ToggleValidator featureToggleValidator(
      ConfigurableListableBeanFactory beans, TogglePlans plans) {
    return new ToggleValidator(beans, plans, plans.properties().validation());
  }

  @Bean
  @ConditionalOnMissingBean
  static FeatureToggles featureToggles(BeanFactory beans, TogglePlans plans) {
    return new FeatureToggles(new ClientBean(beans, ""), plans.properties());
  }
}
