package io.splitio.spring.featbit;

import static io.splitio.spring.featbit.Environment.ANNA;
import static io.splitio.spring.featbit.Environment.CHECKOUT;
import static io.splitio.spring.featbit.Environment.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.api.SplitClient;
import io.splitio.backend.Connector;
import io.splitio.backend.featbit.DefinitionSource;
import io.splitio.backend.featbit.FeatBitConnector;
import io.splitio.backend.featbit.InsightSink;
import io.splitio.backend.localhost.LocalhostConnector;
import io.splitio.fake.featbit.FeatBitServer;
import io.splitio.featbit.FeatBitClient;
import io.splitio.spring.SdkThreads;
import io.splitio.spring.autoconfigure.SplitConfigCustomizer;
import io.splitio.spring.autoconfigure.SplitioAutoConfiguration;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.stereotype.Component;

/** What properties of FeatBit do, seen by a FeatBit server over sockets. */
class FeatBitPropertiesTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final FeatBitServer server = FeatBitServer.start(SECRET);
  private final ApplicationContextRunner elsewhere =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  SslAutoConfiguration.class,
                  SplitioFeatBitAutoConfiguration.class,
                  SplitioAutoConfiguration.class));
  private final ApplicationContextRunner runner =
      elsewhere.withPropertyValues(
          "splitio.featbit.env-secret=" + SECRET,
          "splitio.featbit.streaming-url=" + server.streaming());

  FeatBitPropertiesTest() {
    server.putFlag(CHECKOUT);
  }

  @AfterEach
  void nothingIsLeft() {
    server.close();
    SdkThreads.assertNoneLeft();
  }

  @Test
  void addressAndSecretAreEnough() {
    runner.run(
        context -> {
          assertThat(context.getBean(SplitFactory.class).health().mode()).isEqualTo("featbit");
          assertThat(context.getBean(SplitClient.class).getTreatment("anna", "checkout"))
              .isEqualTo("true");
          assertThat(context.getBean(FeatBitClient.class).boolVariation("checkout", ANNA, false))
              .isTrue();
        });
  }

  @Test
  void changesArriveAsTheyAreMade() {
    runner.run(
        context -> {
          FeatBitClient client = context.getBean(FeatBitClient.class);
          server.turnOff("checkout");
          await().atMost(SOON).until(() -> !client.boolVariation("checkout", ANNA, true));
        });
  }

  @Test
  void insightsGoToTheServerOfTheStreamUnlessAnotherIsNamed() {
    runner.run(context -> context.getBean(FeatBitClient.class).variation("checkout", ANNA, ""));
    assertThat(server.received().await(1, SOON)).hasSize(1);
  }

  @Test
  void insightsGoWhereTheyAreWanted() {
    try (FeatBitServer other = FeatBitServer.start(SECRET)) {
      runner
          .withPropertyValues("splitio.featbit.event-url=" + other.events())
          .run(context -> context.getBean(FeatBitClient.class).variation("checkout", ANNA, ""));
      assertThat(other.received().await(1, SOON)).hasSize(1);
      assertThat(server.received().total()).isZero();
    }
  }

  @Test
  void insightsAreNotSentWhenTheyAreDisabled() {
    runner
        .withPropertyValues("splitio.featbit.disable-events=true")
        .run(context -> context.getBean(FeatBitClient.class).variation("checkout", ANNA, ""));
    assertThat(server.received().total()).isZero();
  }

  @Test
  void theApiKeyIsTheSecretWhereNoOtherIsSet() {
    elsewhere
        .withPropertyValues(
            "splitio.mode=featbit",
            "splitio.api-key= " + SECRET,
            "splitio.featbit.streaming-url=" + server.streaming())
        .run(
            context ->
                assertThat(context.getBean(FeatBitClient.class).isFlagKnown("checkout")).isTrue());
  }

  @Test
  void pingsAndHeadersAreThoseOfTheProperties() {
    runner
        .withPropertyValues(
            "splitio.featbit.ping-interval=50ms", "splitio.http.headers.X-Gateway=open")
        .run(context -> server.awaitFrame(text -> text.contains("ping"), SOON));
    assertThat(server.attempts().get(0).header("X-Gateway")).contains("open");
  }

  @Test
  void attemptsFollowOneAnotherAtThePaceOfTheProperties() {
    server.refuse(503);
    runner
        .withPropertyValues(
            "splitio.ready.block=background",
            "splitio.featbit.first-retry-delay=100ms",
            "splitio.featbit.max-retry-delay=200ms")
        .run(context -> await().atMost(SOON).until(() -> server.attempts().size() > 20));
  }

  @Test
  void theFirstFlagsAreWaitedForAsLongAsFeatBitsSdksDo() {
    AtomicReference<SplitConfig> config = new AtomicReference<>();
    ApplicationContextRunner looking =
        runner.withBean(
            SplitConfigCustomizer.class, () -> current -> config.updateAndGet(none -> current));
    looking.run(context -> assertThat(config.get().readyTimeout()).hasSeconds(15));
    looking
        .withPropertyValues("splitio.ready.timeout=7s")
        .run(context -> assertThat(config.get().readyTimeout()).hasSeconds(7));
  }

  @Test
  void offlineEveryAnswerIsADefault() {
    elsewhere
        .withPropertyValues("splitio.featbit.offline=true")
        .run(
            context -> {
              FeatBitClient client = context.getBean(FeatBitClient.class);
              assertThat(client.isInitialized()).isTrue();
              assertThat(client.variation("checkout", ANNA, "default")).isEqualTo("default");
            });
    assertThat(server.attempts()).isEmpty();
  }

  @Test
  void offlineFlagsComeFromAFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("bootstrap.json");
    Files.writeString(
        file,
        "{\"messageType\":\"data-sync\",\"data\":{\"eventType\":\"full\",\"segments\":[],"
            + "\"featureFlags\":["
            + server.flag("checkout")
            + "]}}");
    elsewhere
        .withPropertyValues(
            "splitio.featbit.offline=true", "splitio.featbit.bootstrap-file=" + file.toUri())
        .run(
            context ->
                assertThat(
                        context.getBean(FeatBitClient.class).boolVariation("checkout", ANNA, false))
                    .isTrue());
  }

  @Test
  void offlineFlagsMayBeInsideAJar(@TempDir Path folder) throws IOException {
    Path jar = folder.resolve("flags.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("packed/bootstrap.json"));
      out.write(
          ("{\"messageType\":\"data-sync\",\"data\":{\"eventType\":\"full\",\"featureFlags\":["
                  + server.flag("checkout")
                  + "]}}")
              .getBytes(StandardCharsets.UTF_8));
    }
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, getClass().getClassLoader())) {
      elsewhere
          .withClassLoader(loader)
          .withPropertyValues(
              "splitio.featbit.offline=true",
              "splitio.featbit.bootstrap-file=classpath:packed/bootstrap.json")
          .run(
              context ->
                  assertThat(
                          context
                              .getBean(FeatBitClient.class)
                              .boolVariation("checkout", ANNA, false))
                      .isTrue());
    }
  }

  @Test
  void aConnectorOfTheApplicationToFeatBitHasFeatBitsClientToo() {
    elsewhere
        .withBean(
            FeatBitConnector.class,
            () ->
                FeatBitConnector.secret(SECRET)
                    .streaming(server.streaming())
                    .events(server.events()))
        .run(
            context ->
                assertThat(context.getBean(FeatBitClient.class).isFlagKnown("checkout")).isTrue());
  }

  @Test
  void aCustomizerHasTheLastWord() {
    runner
        .withBean(
            FeatBitConnectorCustomizer.class,
            () -> connector -> connector.http(http -> http.withHeaders(Map.of("X-Mine", "yes"))))
        .run(context -> server.awaitConnected(1, SOON));
    assertThat(server.attempts().get(0).header("X-Mine")).contains("yes");
  }

  @Test
  void beansMayBringDefinitionsAndTakeInsights() {
    List<String> batches = new CopyOnWriteArrayList<>();
    String document =
        "{\"messageType\":\"data-sync\",\"data\":{\"eventType\":\"full\",\"featureFlags\":["
            + server.flag("checkout")
            + "]}}";
    elsewhere
        .withPropertyValues("splitio.mode=featbit")
        .withBean(
            DefinitionSource.class,
            () ->
                receiver -> {
                  receiver.dataSync(document);
                  return () -> {};
                })
        .withBean(InsightSink.class, () -> batches::add)
        .run(
            context ->
                assertThat(
                        context.getBean(FeatBitClient.class).boolVariation("checkout", ANNA, false))
                    .isTrue());
    assertThat(batches).singleElement().asString().contains("checkout");
    assertThat(server.attempts()).isEmpty();
  }

  @Test
  void aSourceOfTheApplicationNeedsAnAddressForInsights() {
    elsewhere
        .withPropertyValues("splitio.mode=featbit", "splitio.featbit.env-secret=" + SECRET)
        .withBean(DefinitionSource.class, () -> receiver -> () -> {})
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessage(
                        "splitio.featbit.event-url is not set, and insights go to FeatBit."));
  }

  @Test
  void aSourceOfTheApplicationWithoutInsightsNeedsNoAddress() {
    elsewhere
        .withPropertyValues("splitio.mode=featbit", "splitio.featbit.disable-events=true")
        .withBean(DefinitionSource.class, () -> receiver -> () -> {})
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void aSourceOfTheApplicationNeedsASecretForInsights() {
    elsewhere
        .withPropertyValues("splitio.mode=featbit", "splitio.featbit.event-url=" + server.events())
        .withBean(DefinitionSource.class, () -> receiver -> () -> {})
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessage("splitio.featbit.env-secret is not set."));
  }

  @Test
  void aSinkThatIsFoundAsAComponentIsClosedByTheContext() {
    CLOSED_SINKS.set(0);
    elsewhere
        .withPropertyValues("splitio.mode=featbit", "splitio.featbit.env-secret=" + SECRET)
        .withBean(DefinitionSource.class, () -> receiver -> () -> {})
        .withUserConfiguration(ScannedSink.class)
        .run(context -> assertThat(context).hasNotFailed());
    assertThat(CLOSED_SINKS).hasValue(1);
  }

  private static final AtomicInteger CLOSED_SINKS = new AtomicInteger();

  @Component
  static class ScannedSink implements InsightSink {
    @Override
    public boolean take(String batch) {
      return true;
    }

    @Override
    public void close() {
      CLOSED_SINKS.incrementAndGet();
    }
  }

  @Test
  void aFallbackTreatmentWinsOverTheDefaultOfACall() {
    runner
        .withPropertyValues("splitio.fallback.flags.unknown.treatment=configured")
        .run(
            context ->
                assertThat(
                        context.getBean(FeatBitClient.class).variation("unknown", ANNA, "called"))
                    .isEqualTo("configured"));
  }

  @Test
  void aFallbackTreatmentMayBeAnyText() {
    runner
        .withPropertyValues(
            "splitio.fallback.flags.greeting.treatment=Welcome back!",
            "splitio.fallback.flags.switch.treatment=true")
        .run(
            context -> {
              FeatBitClient client = context.getBean(FeatBitClient.class);
              assertThat(client.variation("greeting", ANNA, "called")).isEqualTo("Welcome back!");
              assertThat(client.boolVariation("switch", ANNA, false)).isTrue();
            });
  }

  @Test
  void withoutFeatBitThereIsNoClientOfIt() {
    elsewhere
        .withPropertyValues("splitio.api-key=localhost", "splitio.localhost.flags.a=on")
        .run(context -> assertThat(context).doesNotHaveBean(FeatBitClient.class));
  }

  @Test
  void anotherModeIgnoresTheAddress() {
    elsewhere
        .withPropertyValues(
            "splitio.api-key=localhost",
            "splitio.mode=localhost",
            "splitio.localhost.flags.checkout=v7",
            "splitio.featbit.streaming-url=" + server.streaming())
        .run(
            context ->
                assertThat(context.getBean(SplitClient.class).getTreatment("anna", "checkout"))
                    .isEqualTo("v7"));
    assertThat(server.attempts()).isEmpty();
  }

  @Test
  void aConnectorOfTheApplicationGoesBeforeTheProperties() {
    runner
        .withBean(Connector.class, () -> LocalhostConnector.treatments(Map.of("checkout", "v9")))
        .run(
            context ->
                assertThat(context.getBean(SplitClient.class).getTreatment("anna", "checkout"))
                    .isEqualTo("v9"));
  }
}
