package io.splitio.spring.toggle;

import io.splitio.SplitFactory;
import io.splitio.backend.localhost.InMemoryTreatments;
import io.splitio.backend.localhost.LocalhostConnector;
import io.splitio.spring.autoconfigure.SplitioAutoConfiguration;
import io.splitio.spring.toggle.autoconfigure.SplitioToggleAutoConfiguration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application with flags in memory: {@code on} is on, {@code off} is off, {@code v2} is v2. */
record Shop(ConfigurableApplicationContext context) {

  static ApplicationContextRunner runner() {
    return new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                AopAutoConfiguration.class,
                PropertyPlaceholderAutoConfiguration.class,
                SplitioAutoConfiguration.class,
                SplitioToggleAutoConfiguration.class))
        .withUserConfiguration(Flags.class);
  }

  static ApplicationContextRunner with(Class<?>... beans) {
    return runner().withInitializer(registering(beans));
  }

  /** Adds these beans. */
  static ApplicationContextInitializer<ConfigurableApplicationContext> registering(
      Class<?>... beans) {
    return context -> register(context, beans);
  }

  private static void register(ConfigurableApplicationContext context, Class<?>... beans) {
    Arrays.stream(beans)
        .forEach(
            bean ->
                ((org.springframework.beans.factory.support.BeanDefinitionRegistry)
                        context.getBeanFactory())
                    .registerBeanDefinition(
                        name(bean),
                        new org.springframework.beans.factory.support.RootBeanDefinition(bean)));
  }

  private static String name(Class<?> bean) {
    return Character.toLowerCase(bean.getSimpleName().charAt(0))
        + bean.getSimpleName().substring(1);
  }

  /** Runs an application with these beans. */
  static void open(Consumer<Shop> visit, Class<?>... beans) {
    open(with(beans), visit);
  }

  static void open(ApplicationContextRunner runner, Consumer<Shop> visit) {
    runner.run(
        context -> {
          if (context.getStartupFailure() != null) {
            throw new AssertionError("did not start", context.getStartupFailure());
          }
          visit.accept(new Shop(context.getSourceApplicationContext()));
        });
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  Asked asked() {
    return bean(Asked.class);
  }

  void set(String flag, String treatment) {
    bean(InMemoryTreatments.class).set(flag, treatment);
  }

  @Configuration(proxyBeanMethods = false)
  static class Flags {
    @Bean
    InMemoryTreatments treatments() {
      return LocalhostConnector.treatments(Map.of("on", "on", "off", "off", "v2", "v2"));
    }

    @Bean(destroyMethod = "")
    Asked splitClient(SplitFactory factory) {
      return new Asked(factory.client());
    }
  }
}
