package io.splitio.spring.toggle.read;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** The application's beans, looked at by name without making one. */
public final class BeanNames {
  private final ConfigurableListableBeanFactory beans;

  /** Looks at the beans of this factory and its ancestors. */
  public BeanNames(ConfigurableListableBeanFactory beans) {
    this.beans = beans;
  }

  /**
   * Checks that a bean exists.
   *
   * @throws Problem that suggests the nearest name
   */
  public void require(String where, String name) {
    if (!beans.containsBean(name)) {
      throw new Problem(
          where
              + " names the bean '"
              + name
              + "', which does not exist"
              + Suggestion.nearest(
                  name,
                  Arrays.asList(
                      BeanFactoryUtils.beanNamesForTypeIncludingAncestors(
                          beans, Object.class, true, false))));
    }
  }

  /** The class of a bean behind all its proxies, or null when only making it would tell. */
  public @Nullable Class<?> targetClass(String name) {
    String target = ScopedProxyUtils.getTargetBeanName(name);
    return AutoProxyUtils.determineTargetClass(
        beans, beans.containsBeanDefinition(target) ? target : name);
  }

  /** Whether the two names mean one bean, be it by an alias or in a scope. */
  public boolean same(String name, @Nullable String other) {
    if (other == null) {
      return false;
    }
    return name.equals(other)
        || ScopedProxyUtils.getTargetBeanName(name).equals(other)
        || Arrays.asList(beans.getAliases(name)).contains(other);
  }
}
