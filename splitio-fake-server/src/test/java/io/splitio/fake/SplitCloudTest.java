package io.splitio.fake;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.awaitility.Awaitility.await;

import io.splitio.fake.data.Flag;
import io.splitio.fake.data.RuleBasedSegment;
import io.splitio.fake.json.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The requests and answers of the protocol, told from outside. */
class SplitCloudTest {
  private final SplitCloud cloud = SplitCloud.start();
  private final HttpCalls http = new HttpCalls(cloud.url());

  @AfterEach
  void close() {
    cloud.close();
  }

  @Test
  void anEmptyCloudAnswersThatThereIsNothing() {
    assertThat(http.get("/api/splitChanges?s=1.3&since=-1&rbSince=-1").body())
        .isEqualTo("{\"ff\":{\"s\":-1,\"t\":-1,\"d\":[]},\"rbs\":{\"s\":-1,\"t\":-1,\"d\":[]}}");
  }

  @Test
  void definitionsAreSentAsTheyWerePutButForTheirChangeNumber() {
    long flag = cloud.flags().put("{\"name\":\"a\",\"status\":\"ACTIVE\",\"changeNumber\":5}");
    long segment = cloud.ruleBasedSegments().put("{\"name\":\"r\",\"extra\":[1,null]}");
    assertThat(http.get("/api/splitChanges?s=1.3&since=-1&rbSince=-1").body())
        .isEqualTo(
            "{\"ff\":{\"s\":-1,\"t\":%d,\"d\":[{\"name\":\"a\",\"status\":\"ACTIVE\",\"changeNumber\":%d}]},"
                    .formatted(flag, flag)
                + "\"rbs\":{\"s\":-1,\"t\":%d,\"d\":[{\"name\":\"r\",\"extra\":[1,null],\"status\":\"ACTIVE\",\"changeNumber\":%d}]}}"
                    .formatted(segment, segment));
  }

  @Test
  void changeNumbersGrow() {
    long first = cloud.flags().put(Flag.named("a").otherwise("on"));
    long second = cloud.flags().put(Flag.named("b").otherwise("on"));
    assertThat(second).isGreaterThan(first);
    assertThat(cloud.segment("s").add("k").changeNumber()).isGreaterThan(second);
  }

  @Test
  void pagesFollowOneAnotherUntilSinceEqualsTill() {
    cloud.behaviour().pageSize(2);
    List.of("a", "b", "c").forEach(name -> cloud.flags().put(Flag.named(name).otherwise("on")));
    Map<?, ?> first = flagsSince("1.3", -1);
    Map<?, ?> second = flagsSince("1.3", till(first));
    Map<?, ?> third = flagsSince("1.3", till(second));
    assertThat((List<?>) first.get("d")).hasSize(2);
    assertThat((List<?>) second.get("d")).hasSize(1);
    assertThat((List<?>) third.get("d")).isEmpty();
    assertThat(third.get("t")).isEqualTo(third.get("s")).isEqualTo(cloud.flags().changeNumber());
  }

  @Test
  void whoStartsDoesNotHearOfArchivedFlagsAndWhoContinuesDoes() {
    long before = cloud.flags().put(Flag.named("a").otherwise("on"));
    cloud.flags().archive("a");
    assertThat((List<?>) flagsSince("1.3", -1).get("d")).isEmpty();
    assertThat(flagsSince("1.3", before).get("d"))
        .asInstanceOf(LIST)
        .singleElement()
        .extracting("status")
        .isEqualTo("ARCHIVED");
  }

  @Test
  void flagSetsLimitWhatIsSentAndAFlagThatLeftItsSetIsSentOnce() {
    long put = cloud.flags().put(Flag.named("a").otherwise("on").sets("web"));
    cloud.flags().put(Flag.named("b").otherwise("on").sets("app"));
    assertThat(names("/api/splitChanges?s=1.3&since=-1&sets=web,x")).containsExactly("a");
    cloud.flags().set("a", "sets", List.of("app"));
    assertThat(names("/api/splitChanges?s=1.3&sets=web&since=" + put)).containsExactly("a");
    assertThat(names("/api/splitChanges?s=1.3&since=-1&sets=web")).isEmpty();
  }

  @Test
  void olderSpecificationsGetTheOldLayoutWithoutWhatTheyDoNotKnow() {
    cloud.flags().put(Flag.named("a").inRuleBasedSegment("r", "on").prerequisite("b", "on"));
    cloud.ruleBasedSegments().put(RuleBasedSegment.named("r").keys("k"));
    Map<?, ?> answer = http.json("/api/splitChanges?s=1.1&since=-1");
    assertThat(answer.keySet()).asString().isEqualTo("[since, till, splits]");
    assertThat(Json.write(answer.get("splits")))
        .contains("targeting rule type unsupported by sdk")
        .doesNotContain("IN_RULE_BASED_SEGMENT", "prerequisites");
  }

  @ParameterizedTest
  @CsvSource({"1.3,200,400", "1.1,200,200", "9.9,400,400"})
  void anOldProxyDoesNotKnowTheNewestSpecification(String spec, int fromCloud, int fromProxy) {
    String path = "/api/splitChanges?since=-1&s=" + spec;
    assertThat(http.get(path).statusCode()).isEqualTo(fromCloud);
    cloud.behaviour().actAsOldProxy();
    assertThat(http.get(path).statusCode()).isEqualTo(fromProxy);
  }

  @Test
  void segmentsAreSentWholeAndThenByTheirChanges() {
    long first = cloud.segment("vip users/eu").add("u1", "u2").changeNumber();
    long second = cloud.segment("vip users/eu").add("u3").remove("u1").changeNumber();
    String path = "/api/segmentChanges/vip%20users%2Feu?since=";
    assertThat(http.get(path + "-1").body())
        .isEqualTo(
            "{\"name\":\"vip users/eu\",\"added\":[\"u2\",\"u3\"],\"removed\":[],\"since\":-1,\"till\":%d}"
                .formatted(second));
    assertThat(http.json(path + first))
        .containsEntry("added", List.of("u3"))
        .containsEntry("removed", List.of("u1"));
    assertThat(http.json(path + second)).containsEntry("till", second);
  }

  @Test
  void segmentsComeInPagesOfWholeChanges() {
    cloud.behaviour().segmentPageSize(1);
    long first = cloud.segment("s").add("u1", "u2").changeNumber();
    cloud.segment("s").add("u3");
    assertThat(http.json("/api/segmentChanges/s?since=-1"))
        .containsEntry("added", List.of("u1", "u2"))
        .containsEntry("till", first);
  }

  @Test
  void aSegmentThatNeverWasIsNotFound() {
    assertThat(http.get("/api/segmentChanges/nothing?since=-1").statusCode()).isEqualTo(404);
  }

  @Test
  void frozenReadsAreBypassedWithTill() {
    long old = cloud.flags().put(Flag.named("a").otherwise("on"));
    cloud.segment("s").add("u1");
    cloud.freezeReads();
    cloud.flags().put(Flag.named("b").otherwise("on"));
    cloud.segment("s").add("u2");
    assertThat(names("/api/splitChanges?s=1.3&since=" + old)).isEmpty();
    assertThat(names("/api/splitChanges?s=1.3&till=1&since=" + old)).containsExactly("b");
    assertThat(http.get("/api/segmentChanges/s?since=-1").body()).doesNotContain("u2");
    assertThat(http.get("/api/segmentChanges/s?since=-1&till=1").body()).contains("u2");
    cloud.thawReads();
    assertThat(names("/api/splitChanges?s=1.3&since=" + old)).containsExactly("b");
  }

  @Test
  void aSegmentThatIsMadeWhileReadsAreFrozenIsUnknownToThem() {
    cloud.freezeReads();
    cloud.segment("s").add("u1");
    assertThat(http.get("/api/segmentChanges/s?since=-1").statusCode()).isEqualTo(404);
    assertThat(http.get("/api/segmentChanges/s?since=-1&till=1").body()).contains("u1");
    cloud.thawReads();
    assertThat(http.get("/api/segmentChanges/s?since=-1").body()).contains("u1");
  }

  @Test
  void treatmentsAreInTheOrderInWhichTheyWereGivenOrElseByName() {
    assertThat(Flag.named("f").split("z", 30, "a", 70).json())
        .contains("[{\"treatment\":\"z\",\"size\":30},{\"treatment\":\"a\",\"size\":70}]");
    Map<String, Integer> weights = Map.of("e", 20, "b", 20, "d", 20, "a", 20, "c", 20);
    String json = Flag.named("f").split(weights).json();
    assertThat(List.of("a", "b", "c", "d", "e"))
        .isSortedAccordingTo(Comparator.comparing(name -> json.indexOf("\"" + name + "\",\"size")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/splitChanges?s=1.3",
        "/api/segmentChanges/s",
        "/api/v2/auth?s=1.3",
        "/api/auth"
      })
  void readingNeedsTheRightKey(String path) {
    cloud.behaviour().acceptKeys("other");
    assertThat(http.get(path).statusCode()).isEqualTo(401);
    HttpRequest without = HttpRequest.newBuilder(URI.create(cloud.url(path))).build();
    assertThat(http.send(without).statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/testImpressions/bulk,200",
    "/api/testImpressions/count,200",
    "/api/events/bulk,202",
    "/api/v1/keys/ss,200",
    "/api/v1/metrics/config,200",
    "/api/v1/metrics/usage,200",
    "/api/metrics/usage,200"
  })
  void whatIsPostedIsAcceptedWithTheRightKeyOnly(String path, int status) {
    HttpResponse<String> answer = http.post(path, "[]");
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).isEmpty();
    cloud.behaviour().acceptKeys("other");
    assertThat(http.post(path, "[]").statusCode()).isEqualTo(401);
  }

  @Test
  void whatWasPostedIsKeptAndCounted() {
    http.post("/api/testImpressions/bulk", "[{\"f\":\"a\",\"i\":[{\"k\":\"1\"},{\"k\":\"2\"}]}]");
    http.post("/api/testImpressions/count", "{\"pf\":[{\"f\":\"a\",\"m\":0,\"rc\":3}]}");
    http.post("/api/v1/keys/ss", "{\"keys\":[{\"f\":\"a\",\"ks\":[\"1\",\"2\"]}]}");
    http.post("/api/events/bulk", "[{\"key\":\"1\",\"value\":19.9},{\"key\":\"2\"}]");
    http.post("/api/v1/metrics/config", "{\"oM\":0,\"i\":[]}");
    Received received = cloud.received();
    assertThat(received.impressions().total()).isEqualTo(2);
    assertThat(received.impressionCounts().total()).isEqualTo(3);
    assertThat(received.uniqueKeys().total()).isEqualTo(2);
    assertThat(received.events().items()).extracting("key").containsExactly("1", "2");
    assertThat(received.telemetryConfig().bodies()).containsExactly("{\"oM\":0,\"i\":[]}");
    assertThat(received.telemetryUsage().requests()).isEmpty();
  }

  @Test
  void waitingForWhatDoesNotComeFailsWithWhatCame() {
    http.post("/api/events/bulk", "[{\"key\":\"1\"}]");
    assertThatThrownBy(() -> cloud.received().events().awaitTotal(2, Duration.ofMillis(1)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("1 arrived, not 2");
  }

  @Test
  void everyRequestIsLoggedInOrderAsItWasSent() {
    http.get("/api/splitChanges?s=1.3&since=-1&rbSince=-1&sets=a%2Cb");
    http.post("/nowhere", "x");
    assertThat(cloud.requests().all())
        .extracting(request -> request.method() + " " + request.target() + " " + request.body())
        .containsExactly(
            "GET /api/splitChanges?s=1.3&since=-1&rbSince=-1&sets=a%2Cb ", "POST /nowhere x");
    assertThat(cloud.requests().all().get(0).query("sets")).contains("a,b");
    assertThat(cloud.requests().all().get(0).header("authorization")).contains("Bearer key");
  }

  @Test
  void answersAreCompressedForThoseWhoAcceptIt() {
    HttpRequest asking =
        http.request("/api/splitChanges?s=1.3").header("Accept-Encoding", "gzip").build();
    assertThat(http.send(asking).headers().firstValue("Content-Encoding")).contains("gzip");
    cloud.behaviour().doNotCompress();
    assertThat(http.send(asking).headers().firstValue("Content-Encoding")).isEmpty();
  }

  @Test
  void closingClosesEveryConnection() {
    http.get("/api/splitChanges?s=1.3");
    cloud.close();
    await().until(() -> cloud.openConnections() == 0);
    assertThatThrownBy(() -> http.get("/api/version")).hasRootCauseInstanceOf(Exception.class);
  }

  private static long till(Map<?, ?> block) {
    return (Long) requireNonNull(block.get("t"));
  }

  private Map<?, ?> flagsSince(String spec, long since) {
    return (Map<?, ?>)
        requireNonNull(http.json("/api/splitChanges?s=" + spec + "&since=" + since).get("ff"));
  }

  private List<String> names(String path) {
    Map<?, ?> block = (Map<?, ?>) requireNonNull(http.json(path).get("ff"));
    List<?> flags = (List<?>) requireNonNull(block.get("d"));
    return flags.stream().map(flag -> String.valueOf(((Map<?, ?>) flag).get("name"))).toList();
  }
}
