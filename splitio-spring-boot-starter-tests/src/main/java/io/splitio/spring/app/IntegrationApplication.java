package io.splitio.spring.app;

import io.splitio.spring.autoconfigure.SplitConfigCustomizer;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** Flags from a file in the jar, asked for over HTTP. */
@SpringBootApplication
public class IntegrationApplication {

  /** Starts the application. */
  public static void main(String[] arguments) {
    SpringApplication.run(IntegrationApplication.class, arguments);
  }

  @Bean
  SplitConfigCustomizer instanceName() {
    return config -> config.withInstanceName("integration");
  }
}
