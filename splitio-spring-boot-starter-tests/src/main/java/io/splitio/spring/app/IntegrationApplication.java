package io.splitio.spring.app;

import io.splitio.spring.autoconfigure.SplitConfigCustomizer;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** Flags from a file in the jar, asked for over HTTP. */
@SpringBootApplication
public class IntegrationApplication {

  /** Starts the application. */
  public static void main(String[] arguments) {
    start(arguments);
  }

  /** Starts the application and returns it. */
  public static ConfigurableApplicationContext start(String... arguments) {
    return new SpringApplicationBuilder(IntegrationApplication.class)
        .main(IntegrationApplication.class)
        .properties("spring.config.name=integration")
        .run(arguments);
  }

  @Bean
  SplitConfigCustomizer instanceName() {
    return config -> config.withInstanceName("integration");
  }
}
