package io.splitio.backend.featbit;

import static io.splitio.backend.featbit.WorkedExample.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.api.SdkStatus;
import io.splitio.fake.featbit.FeatBitEndpoint;
import io.splitio.fake.featbit.FeatBitServer;
import io.splitio.fake.http.Fault;
import io.splitio.fake.proxy.FaultProxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong between FeatBit and the SDK: it comes back, with what changed meanwhile. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FeatBitFaultTest {
  private static final String SECRET = "HowrP016X06bYBwtPk9aawUm1_C8ORiEqy5F1sf46aAQ";
  private static final Duration LIMIT = Duration.ofSeconds(40);

  private final FeatBitServer server = FeatBitServer.start(SECRET);
  private final FaultProxy proxy = FaultProxy.to(server.events());
  private final SplitFactory factory;

  FeatBitFaultTest() {
    server.load(resource("full.json"));
    factory =
        SplitFactory.create(
            FeatBitConnector.secret(SECRET)
                .streaming(URI.create(proxy.url()))
                .events(server.events())
                .http(
                    http ->
                        http.withMaxBytes(1 << 20)
                            .withTimeouts(
                                http.timeouts()
                                    .withStream(Duration.ofSeconds(3), Duration.ofSeconds(70))))
                .with(
                    new Pace(
                        Duration.ofMillis(150), Duration.ofMillis(200), Duration.ofSeconds(1))),
            SplitConfig.defaults());
  }

  @AfterEach
  void end() {
    factory.destroy();
    proxy.close();
    server.close();
  }

  private void ready() throws Exception {
    factory.blockUntilReady(LIMIT);
  }

  private String treatment(String user, String flag) {
    Map<String, Object> attributes = WorkedExample.USERS.getOrDefault(user, Map.of());
    return factory.client().getTreatment(user, flag, attributes);
  }

  /** After whatever happened, a change arrives, and nothing was lost before. */
  private void isCurrent() {
    server.turnOff("banner-text");
    await().atMost(LIMIT).until(() -> treatment("carol", "banner-text").equals("Hello"));
    assertThat(treatment("carol", "checkout-redesign")).isEqualTo("true");
    assertThat(factory.status()).isEqualTo(SdkStatus.READY);
  }

  private void connectsAgain() {
    await().atMost(LIMIT).until(() -> server.attempts().size() >= 2 && server.connected() == 1);
    isCurrent();
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static Stream<Arguments> brokenFrames() {
    return Stream.of(
        Arguments.of("no UTF-8", bytes(0x81, 2, 0xc3, 0x28)),
        Arguments.of("compressed", bytes(0xc1, 1, 'a')),
        Arguments.of("masked", bytes(0x81, 0x81, 1, 2, 3, 4, 5)),
        Arguments.of("of no kind", bytes(0x83, 0)),
        Arguments.of("a terabyte announced", bytes(0x81, 127, 0, 0, 1, 0, 0, 0, 0, 0)),
        Arguments.of("of negative length", bytes(0x81, 127, 255, 0, 0, 0, 0, 0, 0, 0)),
        Arguments.of("a ping in parts", bytes(0x09, 0)),
        Arguments.of("a part of nothing", bytes(0x80, 0)),
        Arguments.of("a goodbye with half a code", bytes(0x88, 1, 3)),
        Arguments.of("a goodbye without a code", bytes(0x88, 0)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenFrames")
  void aFrameThatIsNotValidEndsTheConnectionAndAnotherFollows(String what, byte[] frame)
      throws Exception {
    ready();
    server.sendRaw(frame);
    connectsAgain();
  }

  @Test
  void aMessageBeyondTheLimitIsNotTaken() throws Exception {
    ready();
    server.send("{\"messageType\":\"" + "x".repeat(2 << 20) + "\"}");
    connectsAgain();
  }

  @Test
  void aMessageInSmallPiecesIsPutTogether() throws Exception {
    server.fragments(7);
    proxy.toClient().slices(3);
    ready();
    server.send(resource("patch.json"));
    await().atMost(LIMIT).until(() -> treatment("carol", "checkout-redesign").equals("false"));
    assertThat(server.attempts()).hasSize(1);
  }

  @Test
  void bytesThatAreNoTextAreIgnored() throws Exception {
    ready();
    server.sendBinary("{}".getBytes(StandardCharsets.UTF_8));
    isCurrent();
    assertThat(server.attempts()).hasSize(1);
  }

  @Test
  void aFloodOfPingsKeepsNobodyFromListening() throws Exception {
    ready();
    byte[] flood = new byte[200_000];
    for (int i = 0; i < flood.length; i += 2) {
      flood[i] = (byte) 0x89;
    }
    server.sendRaw(flood);
    isCurrent();
    assertThat(server.attempts()).hasSize(1);
  }

  @Test
  void aFloodOfMessagesIsTakenInOrder() throws Exception {
    ready();
    byte[] pong = "{\"messageType\":\"pong\",\"data\":{}}".getBytes(StandardCharsets.UTF_8);
    byte[] flood = new byte[(pong.length + 2) * 20_000];
    for (int at = 0; at < flood.length; at += pong.length + 2) {
      flood[at] = (byte) 0x81;
      flood[at + 1] = (byte) pong.length;
      System.arraycopy(pong, 0, flood, at + 2, pong.length);
    }
    server.sendRaw(flood);
    isCurrent();
    assertThat(server.attempts()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"messageType\":\"data-sync\",\"data\":{\"eventType\":\"other\",\"featureFlags\":[],\"segments\":[]}}",
        "{\"messageType\":\"data-sync\",\"data\":null}",
        "{\"messageType\":\"data-sync\",\"data\":{\"eventType\":\"patch\",\"featureFlags\":7}}",
        "{\"messageType\":\"data-sync\",\"data\":{\"eventType\":\"patch\",\"featureFlags\":[7,null,{},{\"key\":\"k\"}]}}",
        "{\"messageType\":\"data-sync\"}",
        "{}",
        "7",
        "null"
      })
  void whatIsNoUsableMessageIsIgnored(String message) throws Exception {
    ready();
    server.send(message);
    isCurrent();
    assertThat(server.attempts()).hasSize(1);
    assertThat(factory.health().problem()).isNull();
  }

  @Test
  void aFullSetAgainAndAnOlderOneChangeNothing() throws Exception {
    ready();
    server.send(resource("patch.json"));
    await().atMost(LIMIT).until(() -> treatment("carol", "checkout-redesign").equals("false"));
    server.send(resource("full.json"));
    server.changeFlag("rate-limit", Map.of("isEnabled", false));
    await().atMost(LIMIT).until(() -> treatment("olivia", "rate-limit").equals("25"));
    assertThat(treatment("carol", "checkout-redesign")).isEqualTo("false");
  }

  @Test
  void whatIsNoJsonIsAskedForAgainOnDemandAndNotBefore() throws Exception {
    ready();
    server.send("}{");
    await()
        .atMost(LIMIT)
        .until(() -> String.valueOf(factory.health().problem()).contains("no JSON"));
    await().atMost(LIMIT).until(() -> server.connected() == 0);
    assertThat(factory.health().fatal()).isFalse();
    assertThat(treatment("carol", "checkout-redesign")).isEqualTo("true");
    assertThat(server.attempts()).hasSize(1);
    factory.retryNow();
    connectsAgain();
    assertThat(factory.health().problem()).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404})
  void aRefusalThatLastsIsTriedAgainOnDemand(int status) throws Exception {
    ready();
    server.refuse(status);
    server.cut();
    await().atMost(LIMIT).until(() -> factory.health().fatal());
    assertThat(server.attempts()).hasSize(2);
    server.refuse(0);
    factory.retryNow();
    connectsAgain();
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void aRefusalThatPassesIsTriedAgain(int status) throws Exception {
    ready();
    server.refuse(status);
    server.cut();
    await().atMost(LIMIT).until(() -> server.attempts().size() >= 3);
    server.refuse(0);
    connectsAgain();
  }

  @Test
  void anAnswerThatIsNoWebSocketIsTriedAgain() throws Exception {
    ready();
    server.faults().when(FeatBitEndpoint.STREAMING, 2, Fault.body("text/html", "<p>Welcome</p>"));
    server.cut();
    connectsAgain();
  }

  @Test
  void aHandshakeThatBreaksOffIsTriedAgain() throws Exception {
    ready();
    server.faults().when(FeatBitEndpoint.STREAMING, 1, Fault.close());
    server.reset();
    connectsAgain();
  }

  @Test
  void aHandshakeThatIsNeverAnsweredIsGivenUpAndTriedAgain() throws Exception {
    ready();
    server.faults().when(FeatBitEndpoint.STREAMING, 1, Fault.hang());
    server.cut();
    await().atMost(LIMIT).until(() -> server.faults().happened() == 1);
    assertThat(treatment("carol", "checkout-redesign")).isEqualTo("true");
    await().atMost(LIMIT).until(() -> problem().contains("timeout"));
    connectsAgain();
  }

  @Test
  void aConnectionThatIsAcceptedByNobodyIsGivenUpAndTriedAgain() throws Exception {
    ready();
    proxy.acceptSilently();
    proxy.drop();
    await().atMost(LIMIT).until(() -> problem().contains("timeout"));
    proxy.accept();
    connectsAgain();
  }

  @Test
  void anEndDuringAHandshakeThatHangsIsNotHeldUp() throws Exception {
    ready();
    server.faults().when(FeatBitEndpoint.STREAMING, 1, Fault.hang());
    server.cut();
    await().atMost(LIMIT).until(() -> server.faults().happened() == 1);
    long start = System.nanoTime();
    factory.destroy();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
  }

  private String problem() {
    return String.valueOf(factory.health().problem());
  }

  @Test
  void aHalfOpenConnectionIsNoticed() throws Exception {
    ready();
    proxy.toClient().blackholeAfter(0);
    await().atMost(LIMIT).until(() -> String.valueOf(factory.health().problem()).contains("PT1S"));
    proxy.clear();
    connectsAgain();
  }

  @Test
  void aServerThatAnswersPingsAndSendsNoDefinitionsIsLeft() throws Exception {
    ready();
    server.mute(true);
    server.cut();
    byte[] pong = "{\"messageType\":\"pong\"}".getBytes(StandardCharsets.UTF_8);
    byte[] frame = new byte[pong.length + 2];
    frame[0] = (byte) 0x81;
    frame[1] = (byte) pong.length;
    System.arraycopy(pong, 0, frame, 2, pong.length);
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              server.sendRaw(Arrays.copyOf(frame, frame.length));
              return String.valueOf(factory.health().problem()).contains("no definitions");
            });
    server.mute(false);
    connectsAgain();
  }

  /** Every byte is a sign of life, and yet the message would take days. */
  @Test
  void aMessageThatNeverEndsIsNotWaitedFor() throws Exception {
    ready();
    server.mute(true); // or its answers to pings were frames between the others
    server.sendRaw(bytes(0x01, 1, '{'));
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              boolean givenUp = String.valueOf(factory.health().problem()).contains("too slowly");
              if (!givenUp) {
                server.sendRaw(bytes(0x00, 1, ' '));
              }
              return givenUp;
            });
    server.mute(false);
    connectsAgain();
  }

  @Test
  void whatChangedWhileNobodyListenedArrivesAfterwards() throws Exception {
    ready();
    proxy.refuse();
    proxy.drop();
    await().atMost(LIMIT).until(() -> factory.health().problem() != null);
    server.changeSegment(
        "7d0c1a52-4e8b-4b1f-8a34-90f1c2d3e4a5", Map.of("excluded", List.of("carol")));
    server.archive("banner-text");
    assertThat(treatment("carol", "checkout-redesign")).isEqualTo("true");
    proxy.accept();
    await().atMost(LIMIT).until(() -> treatment("carol", "checkout-redesign").equals("false"));
    assertThat(treatment("carol", "banner-text")).isEqualTo("control");
  }

  @Test
  void aSuspensionLeavesNoConnectionAndAResumptionBringsWhatChanged() throws Exception {
    ready();
    factory.suspend();
    await().atMost(LIMIT).until(() -> server.connected() == 0);
    server.turnOff("banner-text");
    assertThat(treatment("carol", "banner-text")).isEqualTo("Bonjour");
    factory.resume();
    connectsAgain();
  }

  @Test
  void aServerThatDoesNotAnswerTheGoodbyeHoldsUpNobody() throws Exception {
    ready();
    proxy.toServer().blackholeAfter(0);
    long start = System.nanoTime();
    factory.destroy();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces())
                    .allSatisfy(
                        (thread, stack) ->
                            assertThat(thread.getName())
                                .as(() -> Arrays.toString(stack))
                                .doesNotStartWith("splitio-stream")));
  }
}
