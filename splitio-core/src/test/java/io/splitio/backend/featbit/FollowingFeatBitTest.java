package io.splitio.backend.featbit;

import static io.splitio.backend.featbit.WorkedExample.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.api.SdkHealth;
import io.splitio.api.SdkStatus;
import io.splitio.backend.FedSource;
import io.splitio.fake.featbit.FeatBitServer;
import io.splitio.fake.http.Request;
import io.splitio.featbit.FeatBitClient;
import io.splitio.featbit.FeatBitUser;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FollowingFeatBitTest {
  private static final String SECRET = "HowrP016X06bYBwtPk9aawUm1_C8ORiEqy5F1sf46aAQ";
  private static final Duration FOR_EVER = Duration.ofDays(1);
  private static final Duration LIMIT = Duration.ofSeconds(40);

  private final FeatBitServer server = FeatBitServer.start(SECRET);
  private final SplitFactory factory;

  FollowingFeatBitTest() {
    server.load(resource("full.json"));
    factory = factory(SECRET);
  }

  private SplitFactory factory(String secret) {
    return factory(secret, SplitConfig.defaults());
  }

  private SplitFactory factory(String secret, SplitConfig config) {
    return SplitFactory.create(
        FeatBitConnector.secret(secret)
            .streaming(server.streaming())
            .events(server.events())
            .with(new Pace(Duration.ofMillis(150), Duration.ofMillis(200), Duration.ofSeconds(2))),
        config);
  }

  @AfterEach
  void end() {
    factory.destroy();
    server.close();
  }

  private void ready() throws Exception {
    factory.blockUntilReady(LIMIT);
  }

  private String treatment(String user, String flag) {
    return factory
        .client()
        .getTreatment(user, flag, WorkedExample.USERS.getOrDefault(user, Map.of()));
  }

  @Test
  void itLoadsWhatThereIsAndAsksFromTheBeginning() throws Exception {
    ready();
    assertThat(treatment("carol", "checkout-redesign")).isEqualTo("true");
    assertThat(server.frames().get(0)).contains("\"timestamp\":0");
    assertThat(factory.health().streaming()).isEqualTo(SdkHealth.Streaming.UP);
  }

  @Test
  void itSaysWhoItIsAsTheProtocolHasIt() throws Exception {
    ready();
    Request asked = server.attempts().get(0);
    assertThat(asked.header("Authorization")).contains(SECRET);
    assertThat(asked.header("Content-Type")).contains("application/json");
    assertThat(asked.header("User-Agent"))
        .hasValueSatisfying(it -> assertThat(it).startsWith("splitio-"));
  }

  @Test
  void itFollowsAPush() throws Exception {
    ready();
    server.send(resource("patch.json"));
    await().atMost(LIMIT).until(() -> treatment("carol", "checkout-redesign").equals("false"));
    assertThat(treatment("olivia", "rate-limit")).isEqualTo("99.5");
  }

  @Test
  void aChangeIsThereSoon() throws Exception {
    ready();
    long[] nanos = UpdateLatency.measure(server, factory, 50, 100);
    assertThat(Duration.ofNanos(nanos[nanos.length / 2])) // a busy machine's, so there is room
        .isLessThan(Duration.ofMillis(250));
  }

  @Test
  void whatArrivesIsTakenInWhereItIsReadAndNotHandedOver() throws Exception {
    ready();
    Set<String> threads = ConcurrentHashMap.newKeySet();
    FedSource source = (FedSource) factory.decisions().source();
    ((FeatBitFeatures) source.feed())
        .status()
        .listen(
            state -> {
              if (state.type() == FeatBitState.Type.OK) {
                threads.add(Thread.currentThread().getName());
              }
            });
    await()
        .atMost(LIMIT)
        .until(
            () -> {
              server.cut(); // more than once: the answer may come before the question has ended
              return threads.stream().anyMatch(name -> name.startsWith("splitio-stream"));
            });
  }

  @Test
  void pausesBetweenAttemptsAreNoLongerThanWanted() {
    server.refuse(503);
    FeatBitConnector connector =
        FeatBitConnector.secret(SECRET)
            .streaming(server.streaming())
            .events(server.events())
            .firstRetryDelay(Duration.ofMillis(100))
            .maxRetryDelay(Duration.ofMillis(200));
    try (SplitFactory other = SplitFactory.create(connector)) {
      int before = server.attempts().size();
      await().atMost(LIMIT).until(() -> server.attempts().size() > before + 20);
      assertThat(other.status()).isEqualTo(SdkStatus.NOT_READY);
    }
  }

  @Test
  void addressesMayHaveAPathASlashAndAnySchemeOfTheTwo() {
    String address = server.events().toString().replace("http:", "HTTP:");
    FeatBitConnector connector =
        FeatBitConnector.secret(SECRET)
            .streaming(URI.create(address + "/edge/"))
            .events(URI.create(server.streaming() + "///"));
    try (SplitFactory other = SplitFactory.create(connector);
        FeatBitClient client = FeatBitClient.of(other)) {
      server.requests().await(asked -> asked.path().equals("/edge/streaming"), 1, LIMIT);
      assertThat(client.identify(FeatBitUser.of("ana", "Ana"))).isTrue();
      client.flush();
    }
    server.received().await(1, LIMIT);
  }

  @Test
  void aConnectorForAnotherEnvironmentSharesNothingThatIsLoaded() throws Exception {
    ready();
    String another = "A" + SECRET.substring(1);
    try (FeatBitServer elsewhere = FeatBitServer.start(another);
        SplitFactory other =
            SplitFactory.create(
                FeatBitConnector.secret(SECRET)
                    .streaming(elsewhere.streaming())
                    .events(elsewhere.events())
                    .withSecret(another))) {
      other.blockUntilReady(LIMIT);
      assertThat(other.manager().splitNames()).isEmpty();
      assertThat(factory.manager().splitNames()).isNotEmpty();
    }
  }

  @Test
  void itPings() throws Exception {
    ready();
    await().atMost(LIMIT).until(() -> server.frames().stream().anyMatch(f -> f.contains("ping")));
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 1001, 1011, 1012, 4000})
  void itComesBackAfterTheServerClosesAndAsksForWhatIsNew(int code) throws Exception {
    ready();
    server.disconnect(code, "");
    await().atMost(LIMIT).until(() -> server.attempts().size() == 2);
    await()
        .atMost(LIMIT)
        .until(() -> server.frames().stream().anyMatch(f -> f.contains("1740823207500")));
    assertThat(server.attempts().get(0).query("token"))
        .isNotEqualTo(server.attempts().get(1).query("token"));
  }

  @Test
  void itComesBackAfterTheConnectionBreaks() throws Exception {
    ready();
    server.cut();
    await().atMost(LIMIT).until(() -> server.attempts().size() >= 2 && server.connected() == 1);
    assertThat(treatment("carol", "checkout-redesign")).isEqualTo("true");
  }

  @Test
  void itComesBackWhenTheServerIsSilent() throws Exception {
    ready();
    server.mute(true);
    await().atMost(LIMIT).until(() -> server.attempts().size() >= 2);
  }

  @Test
  void aConnectionThatIsThereWhenItGoesOnIsStillListenedTo() {
    factory.destroy();
    server.mute(true);
    int before = server.attempts().size();
    try (SplitFactory early = factory(SECRET, SplitConfig.defaults().withStartSuspended())) {
      int frames = server.frames().size();
      await().atMost(LIMIT).until(() -> server.frames().size() > frames);
      early.resume();
      await().atMost(LIMIT).until(() -> server.attempts().size() > before + 1);
    }
  }

  @Test
  void anUnknownMessageIsIgnored() throws Exception {
    ready();
    server.send("[1]");
    server.send("{\"messageType\":\"news\",\"data\":{}}");
    server.send(resource("patch.json"));
    await().atMost(LIMIT).until(() -> treatment("carol", "checkout-redesign").equals("false"));
    assertThat(server.attempts()).hasSize(1);
  }

  @Test
  void aWrongSecretReleasesWhoWaitsAtOnce() {
    try (SplitFactory other = factory("A" + SECRET.substring(1))) {
      assertThat(other.ready())
          .failsWithin(LIMIT)
          .withThrowableOfType(ExecutionException.class)
          .withMessageContaining("4003");
      assertThat(other.status()).isEqualTo(SdkStatus.NOT_READY);
      assertThat(other.health().problem()).contains("clock");
    }
  }

  @Test
  void whoBlocksUntilReadyGoesOnAtOnceAfterARefusalAndIsToldWhy() throws Exception {
    ready();
    server.closeNext(1, 4003, "invalid request, close by server");
    try (SplitFactory other = factory(SECRET)) {
      assertThatThrownBy(() -> other.blockUntilReady(FOR_EVER))
          .isInstanceOf(TimeoutException.class)
          .hasMessageContaining("4003")
          .hasMessageContaining("goes on trying");
      assertThat(other.health().fatal()).isTrue();
      other.retryNow();
      await().atMost(LIMIT).until(() -> other.status() == SdkStatus.READY);
      other.blockUntilReady(FOR_EVER);
      assertThat(other.ready()).succeedsWithin(LIMIT);
    }
  }

  @Test
  void whoBlocksUntilReadyGoesOnAtOnceWhenTheServerSendsWhatIsNoJson() throws Exception {
    ready();
    server.mute(true);
    try (SplitFactory other = factory(SECRET)) {
      CompletableFuture<Throwable> told =
          CompletableFuture.supplyAsync(
              () -> catchThrowable(() -> other.blockUntilReady(FOR_EVER)));
      server.awaitConnected(2, LIMIT);
      server.send("}{");
      assertThat(told.get(40, TimeUnit.SECONDS))
          .isInstanceOf(TimeoutException.class)
          .hasMessageContaining("no JSON");
      assertThat(other.ready()).isCompletedExceptionally();
      assertThat(other.health().fatal()).isFalse();
    }
  }

  @Test
  void whoBlocksUntilReadyWaitsWhileWhatPassesIsTriedAgain() {
    server.refuse(503);
    try (SplitFactory other = factory(SECRET)) {
      assertThatThrownBy(() -> other.blockUntilReady(Duration.ofMillis(300)))
          .isInstanceOf(TimeoutException.class)
          .hasMessageContaining("PT0.3S");
    }
  }

  @Test
  void aRefusedHandshakeIsTriedAgain() throws Exception {
    ready();
    server.refuse(503);
    server.cut();
    await().atMost(LIMIT).until(() -> server.attempts().size() >= 3);
    server.refuse(0);
    await().atMost(LIMIT).until(() -> server.connected() == 1);
  }

  @Test
  void anEmptyEnvironmentIsReady() throws Exception {
    try (FeatBitServer empty = FeatBitServer.start(SECRET);
        SplitFactory other =
            SplitFactory.create(
                FeatBitConnector.secret(SECRET)
                    .streaming(empty.streaming())
                    .events(empty.events()))) {
      other.blockUntilReady(LIMIT);
      assertThat(other.status()).isEqualTo(SdkStatus.READY);
    }
  }

  @Test
  void itEndsWithItsFactory() throws Exception {
    ready();
    factory.destroy();
    await().atMost(LIMIT).until(() -> server.connected() == 0);
    assertThat(server.attempts()).hasSize(1);
  }
}
