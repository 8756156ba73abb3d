package io.splitio.fake.featbit;

import static io.splitio.fake.featbit.FeatBitCalls.LIMIT;
import static io.splitio.fake.featbit.FeatBitCalls.SECRET;
import static io.splitio.fake.featbit.FeatBitCalls.connect;
import static io.splitio.fake.featbit.FeatBitCalls.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.splitio.fake.featbit.FeatBitCalls.Talk;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said over the WebSocket. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FeatBitStreamTest {
  private static final String BANNER =
      "{\"key\":\"banner\",\"isEnabled\":true,\"updatedAt\":\"2025-03-01T10:00:00.1239Z\"}";
  private static final long BANNER_VERSION = 1740823200123L;
  private static final String BETA =
      "{\"id\":\"beta\",\"included\":[],\"updatedAt\":\"2025-03-01T10:00:01Z\"}";

  private static final int ENDED_WITHOUT_A_WORD = 1006;

  private final FeatBitServer server = FeatBitServer.start(SECRET);

  FeatBitStreamTest() {
    server.putFlag(BANNER);
    server.putSegment(BETA);
  }

  @AfterEach
  void close() {
    server.close();
  }

  /** The server learns of a connection a little later than the client. */
  private Talk connected() {
    Talk talk = connect(server);
    server.awaitConnected(1, LIMIT);
    return talk;
  }

  private static List<?> list(Map<?, ?> data, String field) {
    return (List<?>) data.get(field);
  }

  @Test
  void whoHasNothingGetsAFullSet() {
    Map<?, ?> data = connect(server).ask(0).data();
    assertThat(data.get("eventType")).isEqualTo("full");
    assertThat(list(data, "featureFlags")).hasSize(1);
    assertThat(list(data, "segments")).hasSize(1);
  }

  @Test
  void whoHasSomethingGetsWhatIsStrictlyNewer() {
    Map<?, ?> data = connect(server).ask(BANNER_VERSION).data();
    assertThat(data.get("eventType")).isEqualTo("patch");
    assertThat(list(data, "featureFlags")).isEmpty();
    assertThat(list(data, "segments")).hasSize(1);
  }

  @Test
  void anItemOfTheSameMillisecondIsNewsOnlyForAnOlderVersion() {
    Map<?, ?> data = connect(server).ask(BANNER_VERSION - 1).data();
    assertThat(list(data, "featureFlags")).hasSize(1);
  }

  @Test
  void aFlagIsPushedAlone() {
    Talk talk = connected();
    server.turnOff("banner");
    Map<?, ?> data = talk.data();
    assertThat(data.get("eventType")).isEqualTo("patch");
    assertThat(list(data, "segments")).isEmpty();
    assertThat(list(data, "featureFlags"))
        .singleElement()
        .satisfies(flag -> assertThat(((Map<?, ?>) flag).get("isEnabled")).isEqualTo(false));
  }

  @Test
  void aSegmentIsPushedAlone() {
    Talk talk = connected();
    server.changeSegment("beta", Map.of("included", List.of("ana")));
    Map<?, ?> data = talk.data();
    assertThat(list(data, "featureFlags")).isEmpty();
    assertThat(list(data, "segments")).hasSize(1);
    assertThat(server.segment("beta")).contains("[\"ana\"]");
  }

  @Test
  void whatIsChangedGetsANewerVersionThanEverything() {
    server.putFlag("{\"key\":\"far\",\"updatedAt\":\"2099-01-01T00:00:00Z\"}");
    long before = server.version();
    server.turnOff("banner");
    assertThat(server.version()).isGreaterThan(before);
  }

  @Test
  void archivedItemsAreInAFullSet() {
    server.archive("banner");
    Map<?, ?> data = connect(server).ask(0).data();
    assertThat(list(data, "featureFlags"))
        .singleElement()
        .satisfies(flag -> assertThat(((Map<?, ?>) flag).get("isArchived")).isEqualTo(true));
  }

  @Test
  void pingIsAnsweredByPong() {
    Talk talk = connect(server).say("{\"messageType\":\"ping\",\"data\":null}");
    assertThat(talk.hear()).isEqualTo("{\"messageType\":\"pong\",\"data\":{}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"messageType\":\"ping\"}",
        "{\"messageType\":\"news\",\"data\":{}}",
        "{\"messageType\":\"data-sync\",\"data\":{\"timestamp\":\"0\"}}",
        "{\"messageType\":\"data-sync\",\"data\":{\"timestamp\":null}}",
        "not JSON",
        "[]"
      })
  void whatIsNotUnderstoodIsPassedOver(String text) {
    Talk talk = connect(server).say(text).say("{\"messageType\":\"ping\",\"data\":null}");
    assertThat(talk.hear()).contains("pong");
    assertThat(server.frames()).contains(text);
  }

  @Test
  void framesOfMoreThanEightKilobytesArePassedOver() {
    String padding = " ".repeat(8 * 1024);
    Talk talk = connect(server).say("{\"messageType\":\"ping\",\"data\":null}" + padding).ask(0);
    assertThat(talk.hear()).contains("data-sync");
  }

  @Test
  void versionsOneAndTwoOfTheProtocolAreKnown() {
    for (String version : List.of("", "&version=1", "&version=2")) {
      String query = "token=" + token(SECRET, System.currentTimeMillis()) + "&type=server";
      assertThat(connect(server, query + version).ask(0).hear()).contains("full");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "server, 3, 0, " + SECRET,
    "client, 2, 0, " + SECRET,
    "server, 2, 60000, " + SECRET,
    "server, 2, -60000, " + SECRET,
    "server, 2, 0, AowrP016X06bYBwtPk9aawUm1_C8ORiEqy5F1sf46aAQ"
  })
  void whatIsWrongWithARequestIsToldAfterTheHandshake(
      String type, String version, long skew, String secret) {
    String token = token(secret, System.currentTimeMillis() + skew);
    Talk talk = connect(server, "token=" + token + "&type=" + type + "&version=" + version);
    assertThat(talk.closed()).succeedsWithin(LIMIT).isEqualTo(4003);
    assertThat(server.attempts()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "QQ", "qqqqqqqq", "UUUUUQQQQ", "QWW!BS", "QPSBSHo"})
  void whatIsNoTokenIsRefused(String token) {
    Talk talk = connect(server, "token=" + token.replace("!", "%21") + "&type=server");
    assertThat(talk.closed()).succeedsWithin(LIMIT).isEqualTo(4003);
  }

  @Test
  void theTokensOfTheSpecificationAreRead() {
    ShownToken token =
        ShownToken.of("QWWBSHowrP016X06bYBwtPk9aawBXSHDZUHUUUUUUm1_C8ORiEqy5F1sf46aAQ");
    assertThat(token).isEqualTo(new ShownToken(SECRET, 1735689599999L));
  }

  @Test
  void paddingOfASecretIsNotInItsToken() {
    ShownToken token =
        ShownToken.of("QBQBSNDk5LWM3Y2BXQQQQQQQQQQQYtNCUyMDI0MDEwMTAwMDAwMF9fMTIzXw");
    assertThat(token).matches(shown -> shown.isOf("NDk5LWM3Y2YtNCUyMDI0MDEwMTAwMDAwMF9fMTIzXw=="));
  }

  @Test
  void aClockThatIsAheadRefusesGoodTokens() {
    server.clockAhead(Duration.ofMinutes(1));
    assertThat(connect(server).closed()).succeedsWithin(LIMIT).isEqualTo(4003);
    server.clockAhead(Duration.ZERO);
    assertThat(connect(server).ask(0).hear()).contains("full");
  }

  @Test
  void aMessageMayComeInManyFrames() {
    server.putFlag("{\"key\":\"wörter\",\"name\":\"häßlich 😀\"}");
    server.fragments(7);
    assertThat(connect(server).ask(0).hear()).contains("häßlich 😀").endsWith("}}");
  }

  @Test
  void aConnectionIsClosedWithACodeAndCounted() {
    Talk talk = connected();
    server.disconnect(1012, "back soon");
    assertThat(talk.closed()).succeedsWithin(LIMIT).isEqualTo(1012);
    server.awaitConnected(0, LIMIT);
  }

  @Test
  void aConnectionIsCut() {
    Talk talk = connected();
    server.cut();
    assertThat(talk.closed()).succeedsWithin(LIMIT).isEqualTo(ENDED_WITHOUT_A_WORD);
    server.awaitConnected(0, LIMIT);
  }

  @Test
  void aConnectionIsReset() {
    Talk talk = connected();
    server.reset();
    assertThat(talk.closed()).failsWithin(LIMIT);
    server.awaitConnected(0, LIMIT);
  }

  @Test
  void aClientThatClosesIsAnswered() {
    Talk talk = connect(server);
    talk.close();
    assertThat(talk.closed()).succeedsWithin(LIMIT).isEqualTo(1000);
    server.awaitConnected(0, LIMIT);
  }

  @Test
  void theNextConnectionsAreClosedAtOnce() {
    server.closeNext(2, 1011, "service unavailable, close by server");
    assertThat(connect(server).closed()).succeedsWithin(LIMIT).isEqualTo(1011);
    assertThat(connect(server).closed()).succeedsWithin(LIMIT).isEqualTo(1011);
    assertThat(connect(server).ask(0).hear()).contains("full");
  }

  @Test
  void anAttemptToConnectIsAnsweredWithAStatus() {
    server.refuse(429);
    assertThatThrownBy(() -> connect(server)).hasStackTraceContaining("429");
    server.refuse(0);
    assertThat(connect(server).ask(0).hear()).contains("full");
  }

  @Test
  void aMuteServerHearsButSaysNothing() {
    Talk talk = connected();
    server.mute(true);
    talk.ask(0);
    server.awaitFrame(text -> text.contains("timestamp"), LIMIT);
    server.turnOff("banner");
    server.mute(false);
    server.send("hello");
    assertThat(talk.hear()).isEqualTo("hello");
  }

  @Test
  void bytesThatAreNoFrameBreakAConnection() {
    Talk talk = connected();
    server.sendRaw(new byte[] {(byte) 0xF3, 0x00});
    assertThat(talk.closed()).failsWithin(LIMIT);
  }

  @Test
  void everybodyHearsOfAChange() {
    Talk first = connect(server);
    Talk second = connect(server);
    server.awaitConnected(2, LIMIT);
    server.turnOff("banner");
    assertThat(List.of(first.hear(), second.hear()))
        .allSatisfy(text -> assertThat(text).contains("banner"));
  }

  @Test
  void whatCannotBePutIsSaid() {
    assertThatThrownBy(() -> server.putFlag("{}")).hasMessage("a flag needs a key: {}");
    assertThatThrownBy(() -> server.turnOff("nothing"))
        .hasMessage("the flag nothing is not known; put it first");
    assertThatThrownBy(() -> server.putFlag("{\"key\":\"a\",\"updatedAt\":\"today\"}"))
        .hasMessageStartingWith("updatedAt is today");
    assertThatThrownBy(() -> server.load("{}")).hasMessageStartingWith("a data-sync message");
  }
}
