package io.splitio.spring.toggle.autoconfigure;

import io.splitio.spring.toggle.ToggleProperties.Validation;
import io.splitio.spring.toggle.plan.TogglePlans;
import io.splitio.spring.toggle.read.InvalidToggleException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.annotation.AnnotationConfigurationException;

/**
 * Looks at all toggled methods when the application starts, those of lazy beans included, and stops
 * it when one cannot work. It goes by the classes of beans and makes none.
 */
final class ToggleValidator implements SmartInitializingSingleton {
  private static final Logger LOG = LoggerFactory.getLogger("splitio.toggle");

  private final ConfigurableListableBeanFactory beans;
  private final TogglePlans plans;
  private final Validation validation;

  ToggleValidator(ConfigurableListableBeanFactory beans, TogglePlans plans, Validation validation) {
    this.beans = beans;
    this.plans = plans;
    this.validation = validation;
  }

  @Override
  public void afterSingletonsInstantiated() {
    if (validation == Validation.OFF) {
      return;
    }
    Set<String> problems = new LinkedHashSet<>();
    for (String name : beans.getBeanDefinitionNames()) {
      if (!beans.containsBeanDefinition(ScopedProxyUtils.getTargetBeanName(name))) {
        problems.addAll(problems(name));
      }
    }
    report(List.copyOf(problems));
  }

  private List<String> problems(String bean) {
    try {
      return ToggledBean.of(beans, bean).map(found -> found.problems(plans)).orElse(List.of());
    } catch (AnnotationConfigurationException e) {
      return List.of(bean + ": " + e.getMessage());
    }
  }

  private void report(List<String> problems) {
    if (problems.isEmpty()) {
      return;
    }
    if (validation == Validation.FAIL) {
      throw new InvalidToggleException(problems);
    }
    problems.forEach(
        problem ->
            LOG.warn("@FeatureToggle cannot work, and calls are refused or not seen: {}", problem));
  }
}
