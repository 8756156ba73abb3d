package io.splitio.spring.toggle.autoconfigure;

import org.springframework.aop.Advisor;
import org.springframework.aop.framework.Advised;
import org.springframework.beans.factory.config.SmartInstantiationAwareBeanPostProcessor;
import org.springframework.core.Ordered;

/**
 * Tells each toggled bean's advice the name of its bean, when its proxy has just been made.
 *
 * <p>A variant may name the very bean it stands on, and two beans may be of one class.
 */
final class BeanNaming implements SmartInstantiationAwareBeanPostProcessor, Ordered {

  @Override
  public Object getEarlyBeanReference(Object bean, String beanName) {
    return postProcessAfterInitialization(bean, beanName);
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String beanName) {
    if (bean instanceof Advised advised && !advised.isFrozen()) {
      for (Advisor advisor : advised.getAdvisors()) {
        if (advisor instanceof ToggleAdvisor toggle) {
          advised.replaceAdvisor(toggle, toggle.on(beanName));
        }
      }
    }
    return bean;
  }

  /** After the proxies are made. */
  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
  }
}
