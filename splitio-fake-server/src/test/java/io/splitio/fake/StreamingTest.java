package io.splitio.fake;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.fake.data.Flag;
import io.splitio.fake.json.Json;
import io.splitio.fake.stream.Inline;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The stream line by line, as a client reads it. The JDK's client does not heed an interrupt while
 * it waits for a line, hence the separate thread.
 */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StreamingTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  private final SplitCloud cloud = SplitCloud.start();
  private final HttpCalls http = new HttpCalls(cloud.url());
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    cloud.close();
  }

  @Test
  void theTokenIsShapedLikeAJwtWhoseCapabilityIsTextOfJson() {
    cloud.authentication().tokenLifetime(Duration.ofSeconds(700));
    Map<?, ?> claims = claims(token());
    assertThat(Json.object(String.valueOf(claims.get("x-ably-capability"))).get("control_pri"))
        .asString()
        .isEqualTo("[subscribe, channel-metadata:publishers]");
    assertThat(number(claims, "exp") - number(claims, "iat")).isEqualTo(700);
  }

  @Test
  void aTokenMayHoldWhatOnlyBase64urlHas() {
    assertThat(token()).doesNotContain("_").doesNotContain("-");
    cloud.authentication().clientId("éÿ?>");
    assertThat(token().split("\\.", -1)[1]).containsAnyOf("_", "-");
  }

  @Test
  void withoutPushThereIsNoToken() {
    cloud.authentication().disablePush();
    assertThat(http.json("/api/v2/auth?s=1.3"))
        .containsEntry("pushEnabled", false)
        .containsEntry("token", "");
  }

  @Test
  void theStreamNeedsATokenThatIsKnownAndGood() throws IOException, InterruptedException {
    assertThat(open("unknown").statusCode()).isEqualTo(401);
    cloud.authentication().tokenLifetime(Duration.ofSeconds(-1));
    assertThat(open(token()).statusCode()).isEqualTo(401);
  }

  @Test
  void whoeverHasReadTheStatusHearsOfEveryChangeFromThenOn()
      throws IOException, InterruptedException {
    for (int i = 1; i <= 50; i++) {
      HttpResponse<InputStream> answer = open(token());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(cloud.streaming().connections()).isEqualTo(i);
    }
  }

  @Test
  void theStreamBeginsWithTheOccupancyOfTheControlChannels()
      throws IOException, InterruptedException {
    HttpResponse<InputStream> answer = open(token());
    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("text/event-stream; charset=utf-8");
    try (BufferedReader stream = lines(answer)) {
      assertThat(stream.readLine()).startsWith("id: ");
      assertThat(stream.readLine()).isEqualTo("event: message");
      assertThat(stream.readLine())
          .contains("\"channel\":\"[?occupancy=metrics.publishers]control_")
          .contains("\"data\":\"{\\\"metrics\\\":{\\\"publishers\\\":2}}\"")
          .endsWith("\"name\":\"[meta]occupancy\"}");
      assertThat(stream.readLine()).isEmpty();
    }
  }

  @Test
  void aChangeIsAnnouncedWithItsDefinition() throws IOException, InterruptedException {
    long before = cloud.flags().put(Flag.named("a").otherwise("on"));
    try (BufferedReader stream = subscribed()) {
      cloud.streaming().inline(Inline.PLAIN);
      long number = cloud.flags().put("{\"name\":\"a\"}");
      Map<?, ?> data = next(stream, "SPLIT_UPDATE");
      assertThat(data.get("changeNumber")).isEqualTo(number);
      assertThat(data.get("pcn")).isEqualTo(before);
      assertThat(decoded(String.valueOf(data.get("d"))))
          .isEqualTo(
              "{\"name\":\"a\",\"status\":\"ACTIVE\",\"changeNumber\":%d}".formatted(number));
      assertThat(cloud.streaming().sent("SPLIT_UPDATE")).isEqualTo(1);
    }
  }

  @Test
  void killsAndSegmentsAreAnnounced() throws IOException, InterruptedException {
    cloud.flags().put(Flag.named("a").otherwise("on"));
    try (BufferedReader stream = subscribed()) {
      cloud.flags().kill("a", "dead");
      assertThat(Json.write(next(stream, "SPLIT_KILL")))
          .endsWith("\"splitName\":\"a\",\"defaultTreatment\":\"dead\"}");
      cloud.segment("s").add("u1");
      assertThat(Json.write(next(stream, "SEGMENT_UPDATE"))).endsWith("\"segmentName\":\"s\"}");
    }
  }

  @Test
  void whileMutedNothingIsAnnounced() throws IOException, InterruptedException {
    try (BufferedReader stream = subscribed()) {
      cloud.streaming().mute();
      cloud.segment("lost").add("u1");
      cloud.streaming().unmute();
      cloud.segment("heard").add("u1");
      assertThat(next(stream, "SEGMENT_UPDATE").get("segmentName")).isEqualTo("heard");
    }
  }

  @Test
  void controlMessagesCarryThePrefixOfTheirChannel() throws IOException, InterruptedException {
    try (BufferedReader stream = subscribed()) {
      cloud.streaming().pause();
      assertThat(line(stream, "STREAMING_PAUSED"))
          .contains("\"channel\":\"[?occupancy=metrics.publishers]control_pri\"");
    }
  }

  @Test
  void aQuietStreamIsKeptAliveByComments() throws IOException, InterruptedException {
    cloud.streaming().keepAlive(Duration.ofMillis(20));
    try (BufferedReader stream = subscribed()) {
      assertThat(line(stream, ":")).isEqualTo(":keepalive");
      assertThat(stream.readLine()).isEmpty();
    }
  }

  @Test
  void aTokenThatExpiresEndsTheStreamWithAnError() throws IOException, InterruptedException {
    cloud.authentication().tokenLifetime(Duration.ofSeconds(2));
    try (BufferedReader stream = subscribed()) {
      assertThat(line(stream, "event: error")).isEqualTo("event: error");
      assertThat(stream.readLine()).startsWith("data: ").contains("\"code\":40142");
      assertThat(stream.readLine()).isEmpty();
      assertThat(stream.readLine()).isNull();
    }
  }

  @Test
  void rawBytesAreSentAsTheyAre() throws IOException, InterruptedException {
    try (BufferedReader stream = subscribed()) {
      cloud.streaming().raw("data: {\"a\"\r\n");
      assertThat(line(stream, "data: {\"a\"")).isEqualTo("data: {\"a\"");
    }
  }

  @Test
  void aSubscriberWhoHangsUpIsNoticedInSilence() throws IOException, InterruptedException {
    cloud.streaming().keepAlive(Duration.ofHours(1));
    subscribed().close();
    cloud.streaming().awaitConnections(0, SOON);
    assertThat(cloud.streaming().connections()).isZero();
  }

  @Test
  void whatWasWrittenLastIsKnown() throws IOException, InterruptedException {
    try (BufferedReader stream = subscribed()) {
      long number = cloud.segment("s").add("u1").changeNumber();
      next(stream, "SEGMENT_UPDATE");
      assertThat(cloud.streaming().lastWritten())
          .hasValueSatisfying(
              written -> {
                assertThat(written.changeNumber()).isEqualTo(number);
                assertThat(written.nanoTime()).isLessThanOrEqualTo(System.nanoTime());
              });
      assertThat(http.post("/control", "written").body())
          .contains("\"type\":\"SEGMENT_UPDATE\"", "\"changeNumber\":" + number, "\"nanoTime\":");
    }
  }

  private BufferedReader subscribed() throws IOException, InterruptedException {
    BufferedReader stream = lines(open(token()));
    cloud.streaming().awaitConnections(1, SOON);
    return stream;
  }

  private static BufferedReader lines(HttpResponse<InputStream> answer) {
    return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
  }

  private static Map<?, ?> next(BufferedReader stream, String type) throws IOException {
    Map<?, ?> envelope = Json.object(line(stream, type).substring("data: ".length()));
    return Json.object(String.valueOf(envelope.get("data")));
  }

  private static String line(BufferedReader stream, String part) throws IOException {
    String line = stream.readLine();
    while (!Objects.requireNonNull(line, "the stream ended").contains(part)
        || (part.equals(":") && !line.startsWith(part))) {
      line = stream.readLine();
    }
    return line;
  }

  private String token() {
    return String.valueOf(http.json("/api/v2/auth?s=1.3").get("token"));
  }

  private static Map<?, ?> claims(String token) {
    return Json.object(decoded(token.split("\\.", -1)[1]));
  }

  private static long number(Map<?, ?> claims, String name) {
    return (Long) Objects.requireNonNull(claims.get(name));
  }

  private static String decoded(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  private HttpResponse<InputStream> open(String token) throws IOException, InterruptedException {
    String channels =
        "NzM2MDI5Mzc0_MTgyNTg1MTgwNg%3D%3D_splits%2CNzM2MDI5Mzc0_MTgyNTg1MTgwNg%3D%3D_segments"
            + "%2C%5B%3Foccupancy%3Dmetrics.publishers%5Dcontrol_pri"
            + "%2C%5B%3Foccupancy%3Dmetrics.publishers%5Dcontrol_sec";
    URI uri = URI.create(cloud.url("/sse?channels=" + channels + "&v=1.1&accessToken=" + token));
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofInputStream());
  }
}
