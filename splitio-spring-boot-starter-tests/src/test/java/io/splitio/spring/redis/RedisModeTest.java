package io.splitio.spring.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.AsyncSplitClient;
import io.splitio.api.SplitClient;
import io.splitio.backend.Connector;
import io.splitio.backend.localhost.LocalhostConnector;
import io.splitio.backend.redis.RedisConnector;
import io.splitio.spring.SdkThreads;
import io.splitio.spring.autoconfigure.SplitioAutoConfiguration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Flags from Redis, by properties and by what Spring Boot connects to. */
class RedisModeTest {
  private static FlagsInRedis redis;
  private static FlagsInRedis locked;

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  SplitioRedisAutoConfiguration.class, SplitioAutoConfiguration.class))
          .withPropertyValues("splitio.redis.call-budget=10s"); // whatever else the machine does

  @BeforeAll
  static void start() {
    redis = FlagsInRedis.started().put("").put("acme.").put("", "SELECT 3");
    locked = FlagsInRedis.started("requirepass sesame").put("", "AUTH sesame");
  }

  @AfterAll
  static void stop() {
    redis.close();
    locked.close();
    SdkThreads.assertNoneLeft();
  }

  private static void assertServed(ApplicationContext context) {
    assertThat(context.getBean(Connector.class)).isInstanceOf(RedisConnector.class);
    assertThat(context.getBean(SplitClient.class).getTreatment("anna", "checkout")).isEqualTo("v2");
    assertThat(context.getBean(AsyncSplitClient.class).getTreatment("anna", "checkout").join())
        .isEqualTo("v2");
  }

  @Test
  void anAddressIsEnough() {
    runner
        .withPropertyValues("splitio.redis.url=redis://127.0.0.1:" + redis.port())
        .run(RedisModeTest::assertServed);
  }

  @Test
  void partsOfAnAddressAreEnoughToo() {
    runner
        .withPropertyValues(
            "splitio.redis.host=127.0.0.1",
            "splitio.redis.port=" + redis.port(),
            "splitio.redis.database=3",
            "splitio.redis.prefix=")
        .run(RedisModeTest::assertServed);
  }

  @Test
  void theModeAloneMeansTheRedisOfThisMachine() {
    runner
        .withPropertyValues("splitio.mode=redis", "splitio.redis.port=" + redis.port())
        .run(RedisModeTest::assertServed);
  }

  @Test
  void aKeyIsNeitherNeededNorInTheWay() {
    runner
        .withPropertyValues(
            "splitio.api-key=anything",
            "splitio.redis.url=redis://127.0.0.1:" + redis.port(),
            "splitio.redis.prefix=acme")
        .run(RedisModeTest::assertServed);
  }

  @Test
  void aPasswordMayStandInTheAddressOrBesideIt() {
    runner
        .withPropertyValues("splitio.redis.url=redis://:sesame@127.0.0.1:" + locked.port())
        .run(RedisModeTest::assertServed);
    runner
        .withPropertyValues(
            "splitio.redis.url=redis://127.0.0.1:" + locked.port(),
            "splitio.redis.username=default",
            "splitio.redis.password=sesame")
        .run(RedisModeTest::assertServed);
  }

  @Test
  void theRedisOfSpringBootIsReused() {
    ofSpring()
        .withPropertyValues(
            "spring.data.redis.host=127.0.0.1",
            "spring.data.redis.port=" + locked.port(),
            "spring.data.redis.password=sesame",
            "splitio.redis.use-spring-data-redis=true")
        .run(RedisModeTest::assertServed);
  }

  @Test
  void sentinelsWithoutTlsAreRefusedWhereSpringBootHasNone() {
    ofSpring()
        .withPropertyValues(
            "spring.data.redis.host=127.0.0.1",
            "splitio.redis.sentinel.plain=true",
            "splitio.redis.use-spring-data-redis=true")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining(
                        "splitio.redis.sentinel.plain is set, but no Sentinels watch the Redis of"
                            + " Spring Boot."));
  }

  @Test
  void sentinelsAndClustersOfSpringBootAreReused() {
    ApplicationContextRunner reusing =
        ofSpring()
            .withPropertyValues(
                "splitio.redis.use-spring-data-redis=true", "splitio.ready.block=background");
    reusing
        .withPropertyValues(
            "spring.data.redis.sentinel.master=main",
            "spring.data.redis.sentinel.nodes=127.0.0.1:1,127.0.0.1:2",
            "spring.data.redis.database=3")
        .run(
            context ->
                assertThat(context.getBean(Connector.class).toString())
                    .contains("main", "127.0.0.1:1", "127.0.0.1:2", "/3"));
    reusing
        .withPropertyValues("spring.data.redis.cluster.nodes=127.0.0.1:1,127.0.0.1:2")
        .run(
            context ->
                assertThat(context.getBean(Connector.class).toString())
                    .contains("cluster", "127.0.0.1:1", "127.0.0.1:2"));
  }

  /** With what Spring Boot knows of Redis, on whichever line. */
  private ApplicationContextRunner ofSpring() {
    return runner.withConfiguration(
        AutoConfigurations.of(
            SpringLine.starter(), SpringLine.autoConfiguration(), SslAutoConfiguration.class));
  }

  @Test
  void aBeanMayChangeTheConnector() {
    runner
        .withPropertyValues("splitio.redis.url=redis://127.0.0.1:" + redis.port())
        .withBean(
            RedisConnectorCustomizer.class, () -> connector -> connector.prefix("acme").database(0))
        .run(
            context -> {
              assertServed(context);
              assertThat(context.getBean(Connector.class).toString()).contains("acme");
            });
  }

  @Test
  void aConnectorOfTheApplicationGoesBefore() {
    runner
        .withPropertyValues("splitio.redis.host=127.0.0.1")
        .withBean(Connector.class, () -> LocalhostConnector.treatments(Map.of("checkout", "v3")))
        .run(
            context ->
                assertThat(context.getBean(SplitClient.class).getTreatment("anna", "checkout"))
                    .isEqualTo("v3"));
  }

  @Test
  void anotherModeLeavesRedisAlone() {
    runner
        .withPropertyValues(
            "splitio.mode=localhost",
            "splitio.localhost.flags.checkout=v4",
            "splitio.redis.host=127.0.0.1",
            "splitio.redis.local-cache.ttl=1s")
        .run(
            context ->
                assertThat(context.getBean(SplitClient.class).getTreatment("anna", "checkout"))
                    .isEqualTo("v4"));
  }

  @Test
  void withoutLettuceOtherModesWorkAndThisOneSaysWhatIsMissing() {
    ApplicationContextRunner without =
        runner.withClassLoader(new FilteredClassLoader("io.lettuce"));
    without
        .withPropertyValues("splitio.mode=localhost", "splitio.localhost.flags.checkout=v4")
        .run(context -> assertThat(context).hasNotFailed());
    without
        .withPropertyValues("splitio.mode=redis")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessage("Flags come from Redis, and Lettuce is not on the class path."));
  }

  @Test
  void everyPropertyReachesTheConnector() {
    runner
        .withPropertyValues(
            "splitio.ready.block=background",
            "splitio.redis.sentinel.master=main",
            "splitio.redis.sentinel.nodes=127.0.0.1,127.0.0.1:2",
            "splitio.redis.sentinel.plain=true",
            "splitio.redis.database=5",
            "splitio.redis.prefix=acme",
            "splitio.redis.connect-timeout=11ms",
            "splitio.redis.timeout=12ms",
            "splitio.redis.call-budget=13",
            "splitio.redis.stale-on-error-max=14",
            "splitio.redis.wipe-grace=15s",
            "splitio.redis.retry-on-timeout=true",
            "splitio.redis.resend-doubtful=true",
            "splitio.redis.require-flags=true",
            "splitio.redis.local-cache.ttl=16s",
            "splitio.redis.local-cache.push=false")
        .run(
            context ->
                assertThat(context.getBean(Connector.class))
                    .usingRecursiveComparison()
                    .ignoringFieldsMatchingRegexes(".*login.*")
                    .isEqualTo(Expected.CONNECTOR));
  }

  @Test
  void withoutCopiesEveryCallAsksRedis() {
    runner
        .withPropertyValues(
            "splitio.ready.block=background",
            "splitio.redis.cluster.nodes=127.0.0.1:1",
            "splitio.redis.cluster.hash-tag={acme}",
            "splitio.redis.call-budget=250ms",
            "splitio.redis.local-cache.enabled=false")
        .run(
            context ->
                assertThat(context.getBean(Connector.class))
                    .usingRecursiveComparison()
                    .ignoringFieldsMatchingRegexes(".*login.*")
                    .isEqualTo(Expected.WITHOUT_COPIES));
  }

  @Test
  void neitherAddressNorPasswordIsPrinted() {
    runner
        .withPropertyValues(
            "splitio.redis.url=redis://canary-user:canary-password@127.0.0.1:" + redis.port(),
            "splitio.ready.block=background")
        .run(
            context -> {
              assertThat(context.getBean(RedisProperties.class).toString())
                  .doesNotContain("canary");
              assertThat(context.getBean(Connector.class).toString()).doesNotContain("canary");
            });
  }
}
