package io.splitio.spring.toggle.autoconfigure;

import io.splitio.spring.toggle.plan.TogglePlans;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.config.AopConfigUtils;
import org.springframework.aop.framework.ProxyConfig;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.annotation.AnnotationConfigurationException;
import org.springframework.util.ClassUtils;

/**
 * A bean with toggled methods, seen from outside.
 *
 * @param type its class behind all proxies
 * @param instance the bean itself if it has been made already and is a singleton
 * @param classProxy whether its proxy is, or will be, a subclass of its class
 */
record ToggledBean(
    String name,
    Class<?> type,
    List<Method> methods,
    @Nullable Object instance,
    boolean classProxy) {
  private static final Logger LOG = LoggerFactory.getLogger("splitio.toggle");

  /**
   * The bean with this name, if it has toggled methods; it is not made.
   *
   * @throws AnnotationConfigurationException when an annotation names two flags
   */
  static Optional<ToggledBean> of(ConfigurableListableBeanFactory beans, String name) {
    try {
      Class<?> type = AutoProxyUtils.determineTargetClass(beans, name);
      Class<?> userClass = type == null ? Object.class : ClassUtils.getUserClass(type);
      List<Method> methods = ToggledMethods.of(userClass);
      if (methods.isEmpty()) {
        return Optional.empty();
      }
      Object instance = beans.getSingleton(name);
      boolean classProxy = isClassProxy(beans, name, userClass, instance);
      return Optional.of(new ToggledBean(name, userClass, methods, instance, classProxy));
    } catch (AnnotationConfigurationException e) {
      throw e; // the annotation contradicts itself
    } catch (RuntimeException | LinkageError e) {
      LOG.debug("bean '{}' cannot be looked at for @FeatureToggle", name, e);
      return Optional.empty(); // as Spring does for other annotations: a class may lack its friends
    }
  }

  private static boolean isClassProxy(
      ConfigurableListableBeanFactory beans,
      String name,
      Class<?> type,
      @Nullable Object instance) {
    if (instance != null && AopUtils.isAopProxy(instance)) {
      return AopUtils.isCglibProxy(instance);
    }
    return AutoProxyUtils.shouldProxyTargetClass(beans, name)
        || ClassUtils.getAllInterfacesForClass(type).length == 0
        || (beans.getSingleton(AopConfigUtils.AUTO_PROXY_CREATOR_BEAN_NAME) instanceof ProxyConfig p
            && p.isProxyTargetClass());
  }

  /** What is wrong with its methods, one line each. */
  List<String> problems(TogglePlans plans) {
    List<String> problems = new ArrayList<>();
    for (Method method : methods) {
      String unseen = unseen(method);
      String problem =
          unseen == null
              ? plans.problem(method, type)
              : TogglePlans.describe(method, type) + " (bean '" + name + "') " + unseen;
      if (problem != null) {
        problems.add(problem);
      }
    }
    warnOfMissingProxy();
    return problems;
  }

  /** Why the proxy does not see calls of the method, or null when it does. */
  private @Nullable String unseen(Method method) {
    int modifiers = method.getModifiers();
    if (Modifier.isStatic(modifiers) || Modifier.isPrivate(modifiers)) {
      return "is "
          + (Modifier.isStatic(modifiers) ? "static" : "private")
          + ", so Spring's proxy does not see its calls; use FeatureToggles.run there";
    }
    if (!classProxy) {
      return null;
    }
    if (Modifier.isFinal(modifiers) || Modifier.isFinal(type.getModifiers())) {
      return "is final, or its class is, so Spring's proxy cannot override it; remove final (in"
          + " Kotlin, write open), or let the class implement an interface and set"
          + " spring.aop.proxy-target-class to false";
    }
    return isPackagePrivate(modifiers) && proxyIsElsewhere(method.getDeclaringClass())
        ? "is package-private, and its proxy is in another package or made by another class loader,"
            + " so it cannot override it; make it public or protected"
        : null;
  }

  private static boolean isPackagePrivate(int modifiers) {
    return (modifiers & (Modifier.PUBLIC | Modifier.PROTECTED | Modifier.PRIVATE)) == 0;
  }

  /** A proxy is in the package of the bean's class, which may have inherited the method. */
  private boolean proxyIsElsewhere(Class<?> declaring) {
    Class<?> proxy = instance == null ? type : instance.getClass();
    return proxy.getClassLoader() != declaring.getClassLoader()
        || !type.getPackageName().equals(declaring.getPackageName());
  }

  private void warnOfMissingProxy() {
    if (instance != null
        && ClassUtils.getUserClass(instance) == type
        && !AopUtils.isAopProxy(instance)) {
      LOG.warn(
          "@FeatureToggle has no effect on bean '{}' of {}: it was made by hand, or before proxies"
              + " could be made. Flags do not decide its calls.",
          name,
          type.getName());
    }
  }
}
