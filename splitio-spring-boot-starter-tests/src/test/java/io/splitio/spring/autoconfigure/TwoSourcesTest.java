package io.splitio.spring.autoconfigure;

import static io.splitio.spring.autoconfigure.FailedStart.assertFailure;
import static io.splitio.spring.autoconfigure.FailedStart.start;
import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.backend.Connector;
import io.splitio.backend.featbit.FeatBitConnector;
import io.splitio.backend.localhost.LocalhostConnector;
import io.splitio.backend.redis.RedisConnector;
import io.splitio.spring.SdkThreads;
import io.splitio.spring.featbit.SplitioFeatBitAutoConfiguration;
import io.splitio.spring.redis.SplitioRedisAutoConfiguration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Properties that name a FeatBit server and a Redis: nobody is asked by chance. */
@ExtendWith(OutputCaptureExtension.class)
class TwoSourcesTest {
  private static final String CHOOSE =
      "Set splitio.mode to featbit or to redis, or remove the properties of the one that is not"
          + " meant.";

  private final ApplicationContextRunner both =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  SplitioFeatBitAutoConfiguration.class,
                  SplitioRedisAutoConfiguration.class,
                  SplitioAutoConfiguration.class))
          .withPropertyValues(
              "splitio.ready.block=background",
              "splitio.featbit.offline=true",
              "splitio.redis.host=127.0.0.1",
              "splitio.redis.port=1");

  @AfterEach
  void noThreadIsLeft() {
    SdkThreads.assertNoneLeft();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "url=redis://a",
        "host=a",
        "unix-socket=/run/redis.sock",
        "sentinel.nodes=a:1",
        "cluster.nodes=a:1",
        "use-spring-data-redis=true"
      })
  void addressesOfFeatBitAndOfRedisStopTheStart(String redis, CapturedOutput output) {
    String name = redis.substring(0, redis.indexOf('='));

    start(
        "splitio.featbit.env-secret=canary",
        "splitio.featbit.streaming-url=ws://localhost:1",
        "splitio.redis." + redis,
        "splitio.redis.sentinel.master=" + (name.startsWith("sentinel") ? "main" : ""));

    assertFailure(
        output,
        "Flags could come from FeatBit (splitio.featbit.streaming-url) or from Redis"
            + " (splitio.redis."
            + name
            + ").",
        CHOOSE);
    assertThat(output).doesNotContain("canary");
  }

  @Test
  void everyPropertyThatNamesOneIsTold(CapturedOutput output) {
    start(
        "splitio.featbit.streaming-url=ws://localhost:1",
        "splitio.featbit.offline=true",
        "splitio.redis.host=a",
        "splitio.redis.cluster.nodes=b:1");

    assertFailure(
        output,
        "Flags could come from FeatBit (splitio.featbit.streaming-url, splitio.featbit.offline) or"
            + " from Redis (splitio.redis.host, splitio.redis.cluster.nodes).",
        CHOOSE);
  }

  @ParameterizedTest
  @CsvSource({"featbit, FeatBitConnector", "redis, RedisConnector"})
  void theModeChooses(String mode, String connector) {
    both.withPropertyValues("splitio.mode=" + mode)
        .run(
            context ->
                assertThat(context.getBean(Connector.class).getClass().getSimpleName())
                    .isEqualTo(connector));
  }

  @Test
  void aKeyChoosesNoSourceAndIsInNobodysWay() {
    ApplicationContextRunner keyed =
        new ApplicationContextRunner()
            .withConfiguration(
                AutoConfigurations.of(
                    SplitioFeatBitAutoConfiguration.class,
                    SplitioRedisAutoConfiguration.class,
                    SplitioAutoConfiguration.class))
            .withPropertyValues("splitio.api-key=anything", "splitio.ready.block=background");

    keyed
        .withPropertyValues("splitio.redis.host=127.0.0.1", "splitio.redis.port=1")
        .run(context -> assertThat(context).hasSingleBean(RedisConnector.class));
    keyed
        .withPropertyValues("splitio.featbit.offline=true")
        .run(context -> assertThat(context).hasSingleBean(FeatBitConnector.class));
  }

  @Test
  void anAddressThatIsEmptyOrSwitchedOffIsNone() {
    both.withPropertyValues("splitio.featbit.offline=false", "splitio.featbit.streaming-url=")
        .run(context -> assertThat(context).hasSingleBean(RedisConnector.class));
    both.withPropertyValues("splitio.redis.host= ", "splitio.redis.cluster.nodes=")
        .run(context -> assertThat(context).hasSingleBean(FeatBitConnector.class));
  }

  @Test
  void aConnectorOfTheApplicationGoesBeforeBoth() {
    both.withBean(Connector.class, () -> LocalhostConnector.treatments(Map.of("checkout", "on")))
        .run(context -> assertThat(context).hasNotFailed());
  }
}
