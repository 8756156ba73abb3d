package io.splitio.fake.featbit;

import static io.splitio.fake.featbit.FeatBitCalls.LIMIT;
import static io.splitio.fake.featbit.FeatBitCalls.SECRET;
import static io.splitio.fake.featbit.FeatBitCalls.latest;
import static io.splitio.fake.featbit.FeatBitCalls.track;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.splitio.fake.http.Fault;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked over HTTP: insights, and all definitions at once. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FeatBitInsightsTest {
  private static final String WALTER =
      "\"user\":{\"keyId\":\"walter\",\"name\":\"Walter\","
          + "\"customizedProperties\":[{\"name\":\"age\",\"value\":\"18\"}]}";
  private static final String SERVED =
      "{"
          + WALTER
          + ",\"variations\":[{\"featureFlagKey\":\"checkout\",\"sendToExperiment\":true,"
          + "\"timestamp\":1740823300111,\"variation\":{\"id\":\"on\"}}]}";
  private static final String SIGNED_UP =
      "{"
          + WALTER
          + ",\"metrics\":[{\"route\":\"index/metric\",\"type\":\"CustomEvent\","
          + "\"eventName\":\"signup\",\"numericValue\":1.0,\"appType\":\"test\","
          + "\"timestamp\":1740823300222}]}";

  private final FeatBitServer server = FeatBitServer.start(SECRET);

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void eventsOfAllThreeShapesAreAccepted() {
    String batch = "[" + SERVED + "," + SIGNED_UP + ",{" + WALTER + "}]";
    assertThat(track(server, batch).statusCode()).isEqualTo(200);
    assertThat(server.received().await(3, LIMIT)).hasSize(3);
    assertThat(server.received().variations())
        .singleElement()
        .satisfies(served -> assertThat(served.get("featureFlagKey")).isEqualTo("checkout"));
    assertThat(server.received().metrics())
        .singleElement()
        .satisfies(metric -> assertThat(metric.get("eventName")).isEqualTo("signup"));
    assertThat(server.insights()).containsExactly(batch);
  }

  @Test
  void eventsWithoutAUserAreDroppedInSilence() {
    String nobody = SERVED.replace("\"keyId\":\"walter\"", "\"keyId\":\" \"");
    assertThat(track(server, "[" + nobody + "," + SERVED + "]").statusCode()).isEqualTo(200);
    assertThat(server.received().total()).isEqualTo(1);
    assertThat(server.received().dropped()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "not JSON",
        "[1]",
        "[{\"user\":{\"keyId\":\"a\",\"customizedProperties\":[{\"name\":\"age\",\"value\":1}]}}]",
        "[{\"user\":{\"keyId\":\"a\"},\"variations\":null}]",
        "[{\"user\":{\"keyId\":\"a\"},\"metrics\":null}]",
        "[{\"user\":{\"keyId\":\"a\"},\"variations\":[{}]}]",
        "[{\"user\":{\"keyId\":\"a\"},\"metrics\":[{\"route\":\"a\"}]}]"
      })
  void oneBadEventSpoilsItsBatch(String batch) {
    assertThat(track(server, batch).statusCode()).isEqualTo(400);
    assertThat(server.received().requests()).isEmpty();
  }

  @Test
  void timesAreWholeAndValuesAreNumbers() {
    assertThat(track(server, "[" + SERVED.replace("0111", "0111.5") + "]").statusCode())
        .isEqualTo(400);
    assertThat(track(server, "[" + SIGNED_UP.replace("1.0", "\"1\"") + "]").statusCode())
        .isEqualTo(400);
  }

  @Test
  void whatLooksLikeNoSecretIsUnauthorized() {
    assertThat(track(server, "secret", "[]").statusCode()).isEqualTo(401);
    assertThat(latest(server, "secret", "").statusCode()).isEqualTo(401);
  }

  @Test
  void whatLooksLikeASecretIsAcceptedAndLost() {
    String other = "A" + SECRET.substring(1);
    assertThat(track(server, other, "[" + SERVED + "]").statusCode()).isEqualTo(200);
    assertThat(server.received().total()).isZero();
    server.putFlag("{\"key\":\"banner\"}");
    assertThat(latest(server, other, "").body()).contains("\"featureFlags\":[]");
  }

  @Test
  void anEventThatFitsIsAwaited() {
    track(server, "[" + SIGNED_UP + "]");
    assertThat(server.received().awaitEvent(event -> event.containsKey("metrics"), LIMIT))
        .hasSize(1);
    Duration moment = Duration.ofMillis(1);
    assertThatThrownBy(() -> server.received().awaitEvent(Map::isEmpty, moment))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> server.received().await(2, moment))
        .hasMessageStartingWith("1 events arrived, not 2");
  }

  @Test
  void receivedEventsAreForgottenOrOnlyCounted() {
    track(server, "[" + SERVED + "]");
    server.received().clear();
    assertThat(server.received().total()).isZero();
    server.received().countOnly();
    track(server, "[" + SERVED + "]");
    assertThat(server.received().total()).isEqualTo(1);
    assertThat(server.received().events()).isEmpty();
  }

  @Test
  void anEndpointFailsAsOrdered() {
    server.faults().when(FeatBitEndpoint.INSIGHTS, 1, Fault.status(503));
    assertThat(track(server, "[]").statusCode()).isEqualTo(503);
    assertThat(track(server, "[]").statusCode()).isEqualTo(200);
    assertThat(server.requests().matching(FeatBitEndpoint.INSIGHTS)).hasSize(2);
  }

  @Test
  void anEndpointFailsUntilItIsCleared() {
    server.faults().always(FeatBitEndpoint.INSIGHTS, Fault.status(500));
    server.faults().always(FeatBitEndpoint.LATEST_ALL, Fault.status(502));
    server.faults().clear(FeatBitEndpoint.INSIGHTS);
    assertThat(track(server, "[]").statusCode()).isEqualTo(200);
    assertThat(latest(server, SECRET, "").statusCode()).isEqualTo(502);
  }

  @Test
  void allDefinitionsAreGivenAtOnceOrThoseThatAreNewer() {
    server.putFlag("{\"key\":\"banner\",\"updatedAt\":\"2025-03-01T10:00:00Z\"}");
    assertThat(latest(server, SECRET, "").body()).contains("\"full\"", "banner");
    assertThat(latest(server, SECRET, "?timestamp=1").body()).contains("\"patch\"", "banner");
    assertThat(latest(server, SECRET, "?timestamp=1740823200000").body()).isEmpty();
    assertThat(latest(server, SECRET, "?timestamp=then").statusCode()).isEqualTo(400);
  }
}
