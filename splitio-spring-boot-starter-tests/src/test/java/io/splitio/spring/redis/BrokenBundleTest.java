package io.splitio.spring.redis;

import static io.splitio.spring.autoconfigure.FailedStart.start;
import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.spring.SdkThreads;
import io.splitio.spring.autoconfigure.SplitioAutoConfiguration;
import io.splitio.spring.autoconfigure.SplitioStartException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.support.GenericApplicationContext;

/** What a user reads on the console when a bundle's own key cannot be had. */
@ExtendWith(OutputCaptureExtension.class)
class BrokenBundleTest {
  private static final String KEY = "spring.ssl.bundle.jks.own.";
  private static final String WRONG_PASSWORD = KEY + "key.password=canary-of-a-key";
  private static final String CLOUD = "splitio.api-key=canary-0123456789";

  @TempDir private static Path directory;
  private static Certificate certificate;

  @BeforeAll
  static void make() throws Exception {
    certificate = Certificate.made(directory);
  }

  @AfterEach
  void noThreadIsLeft() {
    SdkThreads.assertNoneLeft();
  }

  private static String[] withBundle(String... properties) {
    return Stream.concat(Stream.of(properties), Stream.of(certificate.bundle("own")))
        .toArray(String[]::new);
  }

  private static void assertTold(CapturedOutput output, String property) {
    assertThat(output)
        .containsSubsequence(
            "APPLICATION FAILED TO START",
            property + " is \"own\".",
            "The bundle cannot be used: ",
            "key")
        .doesNotContain("canary");
  }

  @ParameterizedTest
  @CsvSource({
    "splitio.redis.ssl.bundle,       splitio.redis.host=localhost",
    "splitio.http.ssl-bundle,        splitio.ready.block=background",
    "splitio.http.proxy.ssl-bundle,  splitio.http.proxy.host=localhost"
  })
  void aWrongPasswordOfTheKeyIsToldWithTheProperty(
      String property, String beside, CapturedOutput output) {
    boolean redis = property.contains("redis");
    start(
        withBundle(
            property + "=own",
            beside,
            redis ? "splitio.mode=redis" : CLOUD,
            redis ? "splitio.redis.port=1" : "splitio.http.proxy.port=1",
            redis ? "splitio.redis.timeout=1s" : "splitio.http.proxy.host=localhost",
            WRONG_PASSWORD));

    assertTold(output, property);
  }

  @Test
  void aStoreOfTheKeyThatDoesNotExistIsToldWithTheProperty(CapturedOutput output) {
    start(
        CLOUD,
        "splitio.http.ssl-bundle=own",
        KEY + "keystore.location=" + directory.resolve("none.p12").toUri(),
        KEY + "keystore.password=it");

    assertTold(output, "splitio.http.ssl-bundle");
  }

  @Test
  void aWrongPasswordOfTheKeyOfSpringBootsRedisIsToldAsSuch() {
    new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                SpringLine.starter(),
                SslAutoConfiguration.class,
                SplitioRedisAutoConfiguration.class,
                SplitioAutoConfiguration.class))
        .withPropertyValues(withBundle("splitio.redis.use-spring-data-redis=true", WRONG_PASSWORD))
        .withInitializer(
            context -> register((GenericApplicationContext) context, SpringLine.details()))
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .isInstanceOf(SplitioStartException.class)
                    .hasMessageStartingWith(
                        "splitio.redis.use-spring-data-redis is true, and the certificates of the"
                            + " Redis of Spring Boot cannot be used: "));
  }

  private static <T> void register(GenericApplicationContext context, Class<T> type) {
    context.registerBean(
        type,
        () -> type.cast(TestDetails.of(1, "", context.getBean(SslBundles.class).getBundle("own"))));
  }
}
