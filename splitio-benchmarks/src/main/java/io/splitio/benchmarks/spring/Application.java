package io.splitio.benchmarks.spring;

import io.splitio.api.SplitClient;
import java.nio.file.Path;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application that does next to nothing, with and without the starter. */
final class Application {
  private Application() {}

  /** Without a bean that needs the starter, which need not be on the class path. */
  static ConfigurableApplicationContext plain() {
    return start(Plain.class);
  }

  /** With flags from a file, and a bean with a toggle. */
  static ConfigurableApplicationContext withStarter(Path flags) {
    return start(
        Toggled.class, "splitio.api-key=localhost", "splitio.localhost.split-file=file:" + flags);
  }

  private static ConfigurableApplicationContext start(Class<?> application, String... properties) {
    return new SpringApplicationBuilder(application)
        .web(WebApplicationType.NONE)
        .properties("spring.main.banner-mode=off", "logging.level.root=warn")
        .properties(properties)
        .run();
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Plain {
    @Bean
    Object shop() {
      return new Object();
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Toggled {
    @Bean
    Shop shop(SplitClient client) {
      return new Shop(client);
    }
  }
}
