package io.splitio.featbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.api.SdkStatus;
import io.splitio.backend.featbit.FeatBitConnector;
import io.splitio.backend.featbit.FeatBitState;
import io.splitio.backend.featbit.FeatBitState.ErrorType;
import io.splitio.fake.featbit.FeatBitServer;
import io.splitio.testing.LogCapture;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** States of the connection (FeatBit specification 3.1 to 3.3). */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StatusTest {
  private static final String SECRET = "HowrP016X06bYBwtPk9aawUm1_C8ORiEqy5F1sf46aAQ";
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final String FULL =
      """
      {"messageType": "data-sync", "data": {"eventType": "full", "segments": [], "featureFlags": [
        {"id": "1", "key": "banner-text", "updatedAt": "2026-01-01T00:00:00Z", "isEnabled": false,
         "variations": [{"id": "v", "value": "one"}], "disabledVariationId": "v"}]}}
      """;
  private static final FeatBitUser ANA = FeatBitUser.of("user-1", "Ana");

  private final FeatBitServer server = FeatBitServer.start(SECRET);
  private @Nullable FeatBitClient client;

  private FeatBitConnector connector() {
    return FeatBitConnector.secret(SECRET)
        .streaming(server.streaming())
        .events(server.events())
        .firstRetryDelay(Duration.ofMillis(150));
  }

  private FeatBitClient start(FeatBitConnector connector, Duration wait) {
    FeatBitClient started = FeatBitClient.start(connector, SplitConfig.defaults(), wait);
    client = started;
    return started;
  }

  private static StatusProvider status(FeatBitClient client) {
    return client.getDataUpdateStatusProvider();
  }

  @AfterEach
  void end() {
    if (client != null) {
      client.close();
    }
    server.close();
  }

  @Test
  void aStartWaitsForFlags() {
    FeatBitClient started = start(connector(), LIMIT);
    assertThat(started.isInitialized()).isTrue();
    assertThat(status(started).getState().type()).isEqualTo(FeatBitState.Type.OK);
    assertThat(status(started).getState().error()).isNull();
  }

  @Test
  void whatIsOkIsInitializedThoughTheSdkIsStillOnItsWayToRest() throws Exception {
    CountDownLatch closing = new CountDownLatch(1);
    FeatBitConnector own =
        FeatBitConnector.withoutSecret()
            .source(
                receiver -> {
                  receiver.dataSync(FULL);
                  return closing::await;
                })
            .withoutEvents();
    try (SplitFactory factory =
        SplitFactory.create(own, SplitConfig.defaults().withStartSuspended())) {
      FeatBitClient started = FeatBitClient.of(factory);
      assertThat(status(started).waitForOKState(LIMIT)).isTrue();
      assertThat(started.isInitialized()).isTrue();
      assertThat(started.isFlagKnown("banner-text")).isTrue();
      closing.countDown();
    }
  }

  @Test
  void aListenerIsTakenBackByAnyClientOfTheSameFactory() {
    List<FeatBitState.Type> heard = new CopyOnWriteArrayList<>();
    Consumer<FeatBitState> listener = state -> heard.add(state.type());
    List<FeatBitState.Type> others = new CopyOnWriteArrayList<>();
    try (SplitFactory factory = SplitFactory.create(connector(), SplitConfig.defaults())) {
      status(FeatBitClient.of(factory)).addStateListener(listener);
      status(FeatBitClient.of(factory)).removeStateListener(listener);
      status(FeatBitClient.of(factory)).addStateListener(state -> others.add(state.type()));
      assertThat(factory.ready()).succeedsWithin(LIMIT);
      server.disconnect(1001, "going away");
      await().atMost(LIMIT).until(() -> others.contains(FeatBitState.Type.INTERRUPTED));
      assertThat(heard).isEmpty();
    }
  }

  @Test
  void aStartWithoutWaitingServesDefaultsAndBecomesReadyWhileItConnects() throws Exception {
    server.mute(true);
    FeatBitClient started = start(connector().pingInterval(Duration.ofMillis(100)), Duration.ZERO);
    assertThat(started.isInitialized()).isFalse();
    assertThat(started.variationDetail("f", ANA, "d").reason()).isEqualTo("client not ready");
    assertThat(started.getAllLatestFlagVariations(ANA).reason()).isEqualTo("client not ready");
    assertThat(status(started).getState().type()).isEqualTo(FeatBitState.Type.INITIALIZING);
    server.mute(false);
    assertThat(status(started).waitForOKState(LIMIT)).isTrue();
    assertThat(started.isInitialized()).isTrue();
  }

  @Test
  void aStartThatFindsNobodyEndsItsWaitAndTriesOn() throws Exception {
    server.refuse(503);
    FeatBitClient started = start(connector(), Duration.ofMillis(300));
    assertThat(started.isInitialized()).isFalse();
    await().atMost(LIMIT).until(() -> status(started).getState().error() != null);
    assertThat(status(started).getState().type()).isEqualTo(FeatBitState.Type.INITIALIZING);
    assertThat(status(started).getState().error())
        .isEqualTo(new FeatBitState.Problem(ErrorType.NETWORK, "HTTP status 503"));
    server.refuse(0);
    assertThat(status(started).waitForOKState(LIMIT)).isTrue();
  }

  @Test
  void aRefusedSecretEndsTheWaitAtOnce() throws Exception {
    server.closeNext(1, 4003, "invalid request, close by server");
    FeatBitClient started = start(connector(), Duration.ZERO);
    assertThat(status(started).waitForOKState(Duration.ZERO)).isFalse();
    FeatBitState state = status(started).getState();
    assertThat(state.type()).isEqualTo(FeatBitState.Type.INTERRUPTED);
    assertThat(String.valueOf(state.error()))
        .contains("Request invalid")
        .contains("clock")
        .contains("invalid request, close by server");
    assertThat(started.isInitialized()).isFalse();
  }

  /** The next attempt is minutes away. */
  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404})
  void aRefusedHandshakeEndsTheWaitAtOnce(int answer) throws Exception {
    server.refuse(answer);
    FeatBitClient started = start(connector(), LIMIT);
    assertThat(status(started).waitForOKState(Duration.ZERO)).isFalse();
    assertThat(status(started).getState().type()).isEqualTo(FeatBitState.Type.INTERRUPTED);
    assertThat(status(started).getState().error())
        .isEqualTo(
            new FeatBitState.Problem(
                ErrorType.NETWORK,
                "HTTP status "
                    + answer
                    + " (the handshake is refused: check the streaming address of FeatBit, and what"
                    + " a gateway asks for)"));
  }

  @Test
  void noWaitIsNoStart() {
    assertThatThrownBy(() -> start(connector(), null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("the wait is null; zero is not to wait");
    assertThat(server.attempts()).isEmpty();
  }

  @Test
  void aStartWithoutFlagsSaysWhy() {
    server.refuse(401);
    try (LogCapture log = LogCapture.warnings()) {
      FeatBitClient unused = start(connector(), LIMIT);
      assertThat(log.lines())
          .anySatisfy(
              line ->
                  assertThat(line)
                      .startsWith("WARN There are no flags from FeatBit yet (HTTP status 401 (the")
                      .endsWith("); defaults are served until there are"));
    }
  }

  @Test
  void whatIsNoJsonInterruptsAndKeepsTheFlags() throws Exception {
    FeatBitClient started = start(connector(), LIMIT);
    server.send("no json");
    assertThat(status(started).waitFor(FeatBitState.Type.INTERRUPTED, LIMIT)).isTrue();
    assertThat(String.valueOf(status(started).getState().error()))
        .contains("Received Data invalid");
    assertThat(started.isInitialized()).isTrue();
    assertThat(started.variationDetail("f", ANA, "d").reason()).isEqualTo("flag not found");
  }

  @Test
  void aLostConnectionInterruptsAndAnotherMakesItOk() throws Exception {
    FeatBitClient started = start(connector(), LIMIT);
    List<FeatBitState.Type> heard = new CopyOnWriteArrayList<>();
    status(started).addStateListener(state -> heard.add(state.type()));
    server.disconnect(1012, "restart");
    await().atMost(LIMIT).until(() -> heard.size() >= 2);
    assertThat(heard).startsWith(FeatBitState.Type.INTERRUPTED).endsWith(FeatBitState.Type.OK);
  }

  @Test
  void whatIsNotHeardYetAtTheEndIsHeardAllTheSame() throws Exception {
    FeatBitClient started =
        FeatBitClient.start(
            connector(), SplitConfig.defaults().withShutdownTimeout(LIMIT.multipliedBy(5)), LIMIT);
    List<FeatBitState.Type> heard = new CopyOnWriteArrayList<>();
    Thread ending = new Thread(started::close);
    status(started)
        .addStateListener(
            state -> {
              heard.add(state.type());
              await()
                  .atMost(LIMIT)
                  .pollDelay(Duration.ZERO)
                  .pollInterval(Duration.ofMillis(5))
                  .until(() -> endsThreads(ending));
            });
    server.disconnect(1012, "restart");
    await().atMost(LIMIT).until(() -> !heard.isEmpty());

    ending.start();
    ending.join();

    assertThat(heard).endsWith(FeatBitState.Type.OFF);
  }

  private static boolean endsThreads(Thread ending) {
    return ending.getState() == Thread.State.TERMINATED
        || Stream.of(ending.getStackTrace())
            .anyMatch(at -> at.toString().contains("Workers.close"));
  }

  @Test
  void theServersReasonForAnEndIsTold() throws Exception {
    FeatBitClient started = start(connector(), LIMIT);
    List<FeatBitState.Problem> heard = new CopyOnWriteArrayList<>();
    status(started).addStateListener(state -> Stream.ofNullable(state.error()).forEach(heard::add));
    server.disconnect(1012, "restart\nnow");
    await().atMost(LIMIT).until(() -> !heard.isEmpty());
    assertThat(heard.get(0))
        .isEqualTo(
            new FeatBitState.Problem(
                ErrorType.UNKNOWN_CLOSE_CODE,
                "stream ended: by the server, with code 1012: restart now"));
  }

  @Test
  void aListenerThatFailsHarmsNobodyAndOneThatIsRemovedHearsNothing() throws Exception {
    FeatBitClient started = start(connector(), LIMIT);
    List<FeatBitState.Type> removed = new CopyOnWriteArrayList<>();
    List<FeatBitState.Type> heard = new CopyOnWriteArrayList<>();
    Consumer<FeatBitState> gone = state -> removed.add(state.type());
    status(started)
        .addStateListener(
            state -> {
              throw new IllegalStateException("of the test");
            });
    status(started).addStateListener(gone);
    status(started).addStateListener(state -> heard.add(state.type()));
    status(started).removeStateListener(gone);
    server.cut();
    await().atMost(LIMIT).until(() -> heard.contains(FeatBitState.Type.OK));
    assertThat(removed).isEmpty();
  }

  @Test
  void theEndReleasesWhoWaitsAndIsOff() throws Exception {
    server.mute(true);
    FeatBitClient started = start(connector(), Duration.ZERO);
    CompletableFuture<Boolean> waiting =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return status(started).waitForOKState(Duration.ZERO);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    started.close();
    assertThat(waiting).succeedsWithin(LIMIT).isEqualTo(false);
    assertThat(status(started).getState().type()).isEqualTo(FeatBitState.Type.OFF);
    assertThat(status(started).waitFor(FeatBitState.Type.OFF, LIMIT)).isTrue();
  }

  @Test
  void waitingEndsWithItsTime() throws Exception {
    server.mute(true);
    FeatBitClient started = start(connector(), Duration.ZERO);
    assertThat(status(started).waitForOKState(Duration.ofMillis(50))).isFalse();
  }

  @Test
  void aClientOfAFactoryDoesNotEndIt() {
    try (SplitFactory factory = SplitFactory.create(FeatBitConnector.offline())) {
      FeatBitClient.of(factory).close();
      assertThat(factory.status()).isEqualTo(SdkStatus.READY);
    }
  }

  @Test
  void aSilentServiceStaysCurrentAsLongAsItAnswersPings() throws Exception {
    SplitConfig config = SplitConfig.defaults().withStaleAfter(Duration.ofMillis(400));
    try (SplitFactory factory =
        SplitFactory.create(connector().pingInterval(Duration.ofMillis(50)), config)) {
      factory.blockUntilReady(LIMIT);
      long pings = server.frames().size();
      await().atMost(LIMIT).until(() -> server.frames().size() > pings + 15);
      assertThat(factory.status()).isEqualTo(SdkStatus.READY);
    }
  }

  @Test
  void addressesAreCheckedWhenItStarts() {
    FeatBitConnector secret = FeatBitConnector.secret(SECRET);
    assertThatThrownBy(() -> SplitFactory.create(secret.events(server.events())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("streaming address of FeatBit is missing");
    assertThatThrownBy(() -> secret.streaming(URI.create("ftp://localhost:1")))
        .hasMessage(
            "the streaming address of FeatBit is ftp://localhost; it must be an absolute address"
                + " with ws, wss, http or https");
    assertThatThrownBy(() -> secret.streaming(URI.create("wsx://localhost:1")))
        .hasMessageContaining("is wsx://localhost;");
    assertThatThrownBy(
            () ->
                SplitFactory.create(
                    secret
                        .streaming(URI.create("WS://featbit.example:5100"))
                        .events(server.events())))
        .hasMessageContaining("allow-insecure");
    assertThatThrownBy(() -> FeatBitConnector.secret(" ")).hasMessageContaining("blank");
    assertThatThrownBy(() -> FeatBitConnector.secret("clé")).hasMessageContaining("ASCII");
    assertThatThrownBy(() -> secret.firstRetryDelay(Duration.ofSeconds(61)))
        .hasMessageContaining("60 s");
    assertThatThrownBy(() -> secret.maxRetryDelay(Duration.ZERO)).hasMessageContaining("1 h");
    assertThatThrownBy(() -> secret.maxRetryDelay(Duration.ofMinutes(61)))
        .hasMessageContaining("1 h");
  }
}
