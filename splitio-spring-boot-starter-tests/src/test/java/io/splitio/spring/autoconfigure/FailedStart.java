package io.splitio.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.splitio.spring.featbit.SplitioFeatBitAutoConfiguration;
import io.splitio.spring.redis.SplitioRedisAutoConfiguration;
import java.util.Arrays;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.context.annotation.Configuration;

/** An application that must not start, and what it then says on the console. */
public final class FailedStart {
  private FailedStart() {}

  /** Starts it with properties. */
  public static void start(String... properties) {
    String[] arguments =
        Arrays.stream(properties).map(property -> "--" + property).toArray(String[]::new);
    Throwable failure =
        catchThrowable(
            () ->
                new SpringApplicationBuilder(Application.class)
                    .web(WebApplicationType.NONE)
                    .properties("spring.config.name=none")
                    .run(arguments)
                    .close());
    assertThat(failure).as("the start must fail").isNotNull();
  }

  /** Fails unless it said so. */
  public static void assertFailure(CapturedOutput output, String description, String action) {
    assertThat(output)
        .containsSubsequence(
            "APPLICATION FAILED TO START",
            "Description:",
            System.lineSeparator() + description + System.lineSeparator(),
            "Action:",
            System.lineSeparator() + action + System.lineSeparator());
  }

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration({
    SslAutoConfiguration.class,
    SplitioFeatBitAutoConfiguration.class,
    SplitioRedisAutoConfiguration.class,
    SplitioAutoConfiguration.class
  })
  static class Application {}
}
