package io.splitio.spring.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitFactory;
import io.splitio.api.SplitClient;
import io.splitio.spring.SdkThreads;
import io.splitio.spring.autoconfigure.SplitioAutoConfiguration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The Redis of a bean with connection details, and the certificates of Spring Boot's bundles. */
class ServiceConnectionTest {
  private static final String SHARED = "splitio.redis.use-spring-data-redis=true";

  @TempDir private static Path directory;
  private static Certificate certificate;
  private static FlagsInRedis locked;
  private static FlagsInRedis secured;

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  SpringLine.starter(),
                  SpringLine.autoConfiguration(),
                  SslAutoConfiguration.class,
                  SplitioRedisAutoConfiguration.class,
                  SplitioAutoConfiguration.class))
          .withPropertyValues("splitio.redis.call-budget=10s");

  @BeforeAll
  static void start() throws Exception {
    certificate = Certificate.made(directory);
    locked = FlagsInRedis.started("requirepass sesame").put("", "AUTH sesame");
    secured = FlagsInRedis.secured(certificate).put("");
  }

  @AfterAll
  static void stop() {
    locked.close();
    secured.close();
    SdkThreads.assertNoneLeft();
  }

  private ApplicationContextRunner with(Function<SslBundles, Object> details) {
    return runner
        .withPropertyValues(SHARED)
        .withPropertyValues(certificate.bundle("cache"))
        .withInitializer(context -> register((GenericApplicationContext) context, details));
  }

  private static void register(
      GenericApplicationContext context, Function<SslBundles, Object> details) {
    registerAs(SpringLine.details(), context, details);
  }

  private static <T> void registerAs(
      Class<T> type, GenericApplicationContext context, Function<SslBundles, Object> details) {
    context.registerBean(type, () -> type.cast(details.apply(context.getBean(SslBundles.class))));
  }

  private ApplicationContextRunner secured(String host) {
    return runner
        .withPropertyValues(certificate.bundle("cache"))
        .withPropertyValues(
            "splitio.redis.host=" + host,
            "splitio.redis.port=" + secured.tlsPort(),
            "splitio.redis.ssl.bundle=cache");
  }

  private static void assertServed(ApplicationContext context) {
    assertThat(context.getBean(SplitClient.class).getTreatment("anna", "checkout")).isEqualTo("v2");
  }

  private static void assertRefused(ApplicationContext context) {
    SplitFactory factory = context.getBean(SplitFactory.class);
    await().atMost(Duration.ofSeconds(30)).until(() -> factory.health().problem() != null);
    assertThat(factory.health().problem()).contains("TLS");
    assertThat(factory.client().getTreatment("anna", "checkout")).isEqualTo("control");
  }

  @Test
  void addressAndLoginOfABeanAreUsed() {
    with(bundles -> TestDetails.of(locked.port(), "sesame", null))
        .run(ServiceConnectionTest::assertServed);
  }

  @Test
  void aBeanGoesBeforePropertiesOfSpringBoot() {
    with(bundles -> TestDetails.of(locked.port(), "sesame", null))
        .withPropertyValues("spring.data.redis.host=none.invalid", "spring.data.redis.port=1")
        .run(ServiceConnectionTest::assertServed);
  }

  @Test
  void certificatesOfABeanAreUsed() {
    with(bundles -> TestDetails.of(secured.tlsPort(), "", bundles.getBundle("cache")))
        .run(ServiceConnectionTest::assertServed);
  }

  @Test
  void certificatesOfSpringBootsOwnConnectionAreUsed() {
    runner
        .withPropertyValues(certificate.bundle("cache"))
        .withPropertyValues(
            SHARED,
            "spring.data.redis.host=localhost",
            "spring.data.redis.port=" + secured.tlsPort(),
            "spring.data.redis.ssl.bundle=cache")
        .run(ServiceConnectionTest::assertServed);
  }

  @Test
  void anAddressOfSpringBootThatSaysTlsIsTalkedToInTls() {
    runner
        .withPropertyValues(
            SHARED,
            "spring.data.redis.url=rediss://localhost:" + secured.tlsPort(),
            "splitio.redis.ssl.verify=none",
            "splitio.ready.block=background")
        .run(ServiceConnectionTest::assertRefused); // for want of a certificate of the client
  }

  @Test
  void tlsMayBeSwitchedOnForADetailsBeanWithoutABundle() {
    with(bundles -> TestDetails.of(secured.tlsPort(), "", null))
        .withPropertyValues("splitio.redis.ssl.enabled=true", "splitio.redis.ssl.verify=none")
        .withPropertyValues("splitio.ready.block=background")
        .run(ServiceConnectionTest::assertRefused); // for want of a certificate of the client
  }

  @Test
  void certificatesOfANamedBundleAreUsed() {
    secured("localhost").run(ServiceConnectionTest::assertServed);
  }

  @Test
  void aCertificateForAnotherHostIsRefusedUnlessHostsAreNotCompared() {
    secured("127.0.0.1")
        .withPropertyValues("splitio.ready.block=background")
        .run(ServiceConnectionTest::assertRefused);
    secured("127.0.0.1")
        .withPropertyValues("splitio.redis.ssl.verify=ca")
        .run(ServiceConnectionTest::assertServed);
  }

  @Test
  void withoutTheBundleNobodyKnowsTheCertificate() {
    runner
        .withPropertyValues(
            "splitio.ready.block=background",
            "splitio.redis.url=rediss://localhost:" + secured.tlsPort())
        .run(ServiceConnectionTest::assertRefused);
  }
}
