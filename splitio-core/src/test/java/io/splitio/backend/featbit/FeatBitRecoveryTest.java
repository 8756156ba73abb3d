package io.splitio.backend.featbit;

import static io.splitio.backend.featbit.WorkedExample.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.backend.FedSource;
import io.splitio.backend.Services;
import io.splitio.backend.Source;
import io.splitio.backend.featbit.FeatBitState.ErrorType;
import io.splitio.backend.featbit.FeatBitState.Problem;
import io.splitio.backend.featbit.data.DataSync;
import io.splitio.backend.featbit.data.MessageReader;
import io.splitio.engine.SnapshotStore;
import io.splitio.fake.featbit.FeatBitServer;
import io.splitio.fake.proxy.FaultProxy;
import io.splitio.fake.proxy.Toxics;
import io.splitio.featbit.FeatBitClient;
import io.splitio.net.TextSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes wrong on this side of the connection, or slowly: nothing is lost, and it goes on. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FeatBitRecoveryTest {
  private static final String SECRET = "HowrP016X06bYBwtPk9aawUm1_C8ORiEqy5F1sf46aAQ";
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final String AT = "2025-03-01T10:00:00Z";
  private static final Pace QUICK =
      new Pace(Duration.ofMillis(150), Duration.ofSeconds(5), Duration.ofSeconds(15));

  private final FeatBitServer server = FeatBitServer.start(SECRET);

  @AfterEach
  void end() {
    server.close();
  }

  private static String flag(String key, String value, String at) {
    return """
    {"key":"%s","name":"Flag","variationType":"string","isEnabled":true,
     "variations":[{"id":"on","value":"%s"},{"id":"off","value":"off"}],"disabledVariationId":"off",
     "fallthrough":{"variations":[{"id":"on","rollout":[0,1]}]},"updatedAt":"%s"}\
    """
        .formatted(key, value, at);
  }

  private static String full(String... flags) {
    return "{\"messageType\":\"data-sync\",\"data\":{\"eventType\":\"full\",\"segments\":[],\"featureFlags\":["
        + String.join(",", flags)
        + "]}}";
  }

  private FeatBitConnector connector(URI streaming) {
    return FeatBitConnector.secret(SECRET).streaming(streaming).events(server.events()).with(QUICK);
  }

  private static String treatment(SplitFactory factory, String flag) {
    return factory.client().getTreatment("ana", flag);
  }

  @Test
  void definitionsThatTakeLongerThanSilenceMayLastAreTakenAllTheSame() throws Exception {
    server.putFlag(flag("f", "v".repeat(50_000), AT));
    Pace impatient =
        new Pace(Duration.ofMillis(150), Duration.ofMillis(300), Duration.ofMillis(1500));
    try (FaultProxy proxy = FaultProxy.to(server.events())) {
      proxy.toClient().set(Toxics.none().withSlice(1_000).withBandwidth(10_000));
      try (SplitFactory factory =
          SplitFactory.create(connector(URI.create(proxy.url())).with(impatient))) {
        factory.blockUntilReady(LIMIT);
        assertThat(server.attempts()).hasSize(1);
        assertThat(treatment(factory, "f")).hasSize(50_000);
      }
    }
  }

  @Test
  void anAttemptThatGetsNoThreadIsFollowedByAnother() throws Exception {
    AtomicBoolean failing = new AtomicBoolean();
    ThreadFactory threads =
        task ->
            new Thread(task) {
              @Override
              public synchronized void start() {
                if (getName().contains("stream") && failing.getAndSet(false)) {
                  throw new OutOfMemoryError("unable to create native thread");
                }
                super.start();
              }
            };
    server.putFlag(flag("f", "A", AT));
    try (SplitFactory factory =
        SplitFactory.create(
            connector(server.streaming()), SplitConfig.defaults().withThreadFactory(threads))) {
      factory.blockUntilReady(LIMIT);
      failing.set(true);
      server.cut();
      await().atMost(LIMIT).until(() -> !failing.get() && server.connected() == 1);
      server.turnOff("f");
      await().atMost(LIMIT).until(() -> treatment(factory, "f").equals("off"));
    }
  }

  private static Stream<Arguments> unstored() {
    return Stream.of(
        Arguments.of(1, new IllegalStateException("of the test"), ErrorType.DATA_STORAGE_INIT),
        Arguments.of(1, new AssertionError("of the test"), ErrorType.DATA_STORAGE_INIT),
        Arguments.of(2, new AssertionError("of the test"), ErrorType.DATA_STORAGE_UPDATE));
  }

  @ParameterizedTest
  @MethodSource("unstored")
  void aChangeThatNobodyCanBeToldOfIsAskedAboutAgainSoonAndToldThen(
      int which, Throwable failure, ErrorType type) {
    server.putFlag(flag("f", "A", AT));
    ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    AtomicInteger changes = new AtomicInteger();
    Source source =
        connector(server.streaming())
            .connect(services(scheduler, () -> fail(changes.incrementAndGet() == which, failure)))
            .source();
    List<Problem> problems = new CopyOnWriteArrayList<>();
    FeatBitStatus status = ((FeatBitFeatures) ((FedSource) source).feed()).status();
    status.listen(state -> Stream.ofNullable(state.error()).forEach(problems::add));
    source.start().exceptionally(unused -> null);
    if (which == 2) {
      await().atMost(LIMIT).until(() -> status.current().type() == FeatBitState.Type.OK);
      server.changeFlag("f", Map.of("isEnabled", false));
    }
    await().atMost(LIMIT).until(() -> server.attempts().size() == 2 && asked().size() == 2);
    assertThat(problems).extracting(Problem::type).contains(type);
    await().atMost(LIMIT).until(() -> changes.get() == which + 1);
    assertThat(status.current().type()).isEqualTo(FeatBitState.Type.OK);
    source.close();
    scheduler.shutdownNow();
  }

  @Test
  void whatCannotBePutInForceCountsAsNotTaken() throws Exception {
    Versions versions = new Versions();
    DataSync full = Objects.requireNonNull(MessageReader.read(resource("full.json")));
    assertThatThrownBy(
            () ->
                versions.take(
                    full,
                    change -> {
                      throw new IllegalStateException("of the test");
                    }))
        .hasMessage("of the test");
    assertThat(versions.loaded()).isFalse();
    assertThat(versions.version()).isZero();
    versions.take(full, change -> {});
    assertThat(versions.version()).isPositive();
  }

  @Test
  void textsThatWaitAreBoundedByTheirLength() throws Exception {
    ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    CompletableFuture<TextSocket.Listener> ears = new CompletableFuture<>();
    CountDownLatch end = new CountDownLatch(1);
    Pace pace = new Pace(LIMIT, LIMIT, Duration.ofMillis(300));
    FeatBitFeed feed =
        new FeatBitFeed(
            ear -> {
              ears.complete(ear);
              awaitQuietly(end); // on the lane, so that texts wait
              throw new IllegalStateException("nobody is there");
            },
            services(scheduler, () -> {}),
            pace,
            new Intake(services(scheduler, () -> {})));
    feed.start(new SnapshotStore((before, after) -> {})).exceptionally(unused -> null);
    TextSocket.Listener ear = ears.get(40, TimeUnit.SECONDS);
    String large = " ".repeat(12 << 20);
    ear.text(large);
    long start = System.nanoTime();
    ear.text(large);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(290));
    end.countDown();
    feed.close();
    scheduler.shutdownNow();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<String> asked() {
    return server.frames().stream().filter(frame -> frame.contains("data-sync")).toList();
  }

  private static void fail(boolean now, Throwable failure) {
    if (now && failure instanceof Error error) {
      throw error;
    }
    if (now) {
      throw (RuntimeException) failure;
    }
  }

  private static Services services(ScheduledExecutorService scheduler, Runnable changed) {
    return Lent.with(scheduler, (before, after) -> changed.run());
  }

  @Test
  void jsonBeyondALimitIsAskedForAgainSoonAndTheLimitIsNamed() throws Exception {
    server.putFlag(flag("f", "A", AT));
    try (SplitFactory factory = SplitFactory.create(connector(server.streaming()))) {
      factory.blockUntilReady(LIMIT);
      FeatBitClient client = FeatBitClient.of(factory);
      List<Problem> problems = new CopyOnWriteArrayList<>();
      client
          .getDataUpdateStatusProvider()
          .addStateListener(state -> Stream.ofNullable(state.error()).forEach(problems::add));
      server.send("{\"deep\":" + "[".repeat(100) + "]".repeat(100) + "}");
      await().atMost(LIMIT).until(() -> server.attempts().size() == 2);
      assertThat(problems.get(0).message()).contains("nesting depth", "64");
      assertThat(problems.get(0).type()).isEqualTo(ErrorType.RUNTIME);
      assertThat(client.getDataUpdateStatusProvider().waitForOKState(LIMIT)).isTrue();
    }
  }

  @Test
  void aHostNameMayHaveAnUnderscore() {
    FeatBitConnector named =
        FeatBitConnector.secret(SECRET)
            .streaming(URI.create("ws://eval_server:5100"))
            .events(URI.create("http://eval_server:5100"));
    assertThat(named).hasToString("FeatBitConnector[http://eval_server:5100]");
  }

  @Test
  void aDefinitionThatCannotBeReadLeavesTheOneThereIs() throws Exception {
    server.putFlag(flag("f", "A", AT));
    server.putFlag(flag("g", "A", AT));
    try (SplitFactory factory = SplitFactory.create(connector(server.streaming()))) {
      factory.blockUntilReady(LIMIT);
      server.send(full(flag("f", "B", "never"), flag("g", "B", "2025-03-02T10:00:00Z")));
      await().atMost(LIMIT).until(() -> treatment(factory, "g").equals("B"));
      assertThat(treatment(factory, "f")).isEqualTo("A");
      server.send(full(flag("g", "C", "2025-03-03T10:00:00Z")));
      await().atMost(LIMIT).until(() -> treatment(factory, "g").equals("C"));
      assertThat(treatment(factory, "f")).isEqualTo("control");
    }
  }
}
