package io.splitio.spring.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.spring.autoconfigure.SplitioAutoConfiguration;
import io.splitio.spring.autoconfigure.SplitioStartException;
import io.splitio.spring.featbit.FeatBitProperties;
import io.splitio.spring.featbit.SplitioFeatBitAutoConfiguration;
import io.splitio.spring.redis.RedisProperties;
import io.splitio.spring.redis.SplitioRedisAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;

/** Properties of sources that flags do not come from. */
class UnsetPropertiesTest {
  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  SplitioAutoConfiguration.class,
                  SplitioRedisAutoConfiguration.class,
                  SplitioFeatBitAutoConfiguration.class))
          .withPropertyValues("splitio.mode=localhost", "splitio.localhost.flags.checkout=v2");

  @Test
  void areBoundOnlyForWhoAsksWhereNoneIsSet() {
    runner.run(
        context -> {
          assertThat(isBound(context, RedisProperties.class)).isFalse();
          assertThat(isBound(context, FeatBitProperties.class)).isFalse();
          assertThat(context.getBean(RedisProperties.class).timeout()).hasSeconds(2);
          assertThat(context.getBean(FeatBitProperties.class).pingInterval()).hasSeconds(10);
        });
  }

  @Test
  void areLeftAloneWhileAnApplicationIsBuiltAheadOfTime() {
    runner
        .withSystemProperties("spring.aot.processing=true")
        .run(context -> assertThat(isBound(context, RedisProperties.class)).isTrue());
  }

  @Test
  void areBoundWhereOneIsSet() {
    runner
        .withPropertyValues("splitio.redis.local-cache.ttl=1s", "splitio.featbit.ping-interval=1s")
        .run(
            context -> {
              assertThat(isBound(context, RedisProperties.class)).isTrue();
              assertThat(isBound(context, FeatBitProperties.class)).isTrue();
            });
  }

  @ParameterizedTest
  @CsvSource({"splitio.redis.port, 0", "splitio.featbit.ping-interval, 0s"})
  void stopTheStartAllTheSameWhereOneIsWrong(String property, String value) {
    runner
        .withPropertyValues(property + "=" + value)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasRootCauseInstanceOf(SplitioStartException.class)
                    .rootCause()
                    .hasMessageStartingWith(property + " is 0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"splitio.redis-host", "splitio.redi.host", "splitio.featbits.offline"})
  void areKnownByNameWhereNoneIsSet(String misspelt) {
    runner
        .withPropertyValues(misspelt + "=true")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .isInstanceOf(SplitioStartException.class)
                    .hasMessageStartingWith("There is no property " + misspelt));
  }

  private static boolean isBound(ConfigurableApplicationContext context, Class<?> properties) {
    String[] names = context.getBeanNamesForType(properties, true, false);
    assertThat(names).hasSize(1);
    return context.getBeanFactory().containsSingleton(names[0]);
  }
}
