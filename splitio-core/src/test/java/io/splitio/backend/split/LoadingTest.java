package io.splitio.backend.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitFactory;
import io.splitio.api.SdkStatus;
import io.splitio.fake.Endpoint;
import io.splitio.fake.data.Flag;
import io.splitio.fake.data.RuleBasedSegment;
import io.splitio.fake.http.Fault;
import io.splitio.testing.LogCapture;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From nothing to ready: protocol specification 2 to 5 and 14. */
class LoadingTest extends CloudFixture {
  @Test
  void allPagesOfFlagsAndOfRuleBasedSegmentsAreRead() {
    cloud.behaviour().pageSize(2);
    for (int i = 0; i < 5; i++) {
      cloud.flags().put(Flag.named("flag" + i).inRuleBasedSegment("rb" + i, "on").otherwise("off"));
    }
    for (int i = 0; i < 7; i++) {
      cloud.ruleBasedSegments().put(RuleBasedSegment.named("rb" + i).keys("u" + i));
    }
    SplitFactory factory = ready(connector().withoutStreaming());
    assertThat(factory.health().flags()).isEqualTo(5);
    assertThat(factory.health().ruleBasedSegments()).isEqualTo(7);
    serves(factory, "u4", "flag4", "on");
    assertThat(asked(Endpoint.SPLIT_CHANGES)).hasSize(5);
  }

  @Test
  void allPagesOfASegmentAreRead() {
    cloud.behaviour().segmentPageSize(1);
    cloud.segment("beta").add("u1").add("u2").add("u3").remove("u2");
    cloud.flags().put(Flag.named("banner").inSegment("beta", "on").otherwise("off"));
    SplitFactory factory = ready(connector().withoutStreaming());
    serves(factory, "u1", "banner", "on");
    serves(factory, "u2", "banner", "off");
    serves(factory, "u3", "banner", "on");
    assertThat(asked(Endpoint.SEGMENT_CHANGES)).hasSize(5);
  }

  @Test
  void aServerThatNeverComesToAnEndIsNotAskedForEver() {
    cloud
        .faults()
        .always(
            Endpoint.SPLIT_CHANGES,
            Fault.body(
                "application/json",
                "{\"ff\":{\"s\":1,\"t\":9,\"d\":[]},\"rbs\":{\"s\":1,\"t\":9,\"d\":[]}}"));
    ready(connector().withoutStreaming());
    assertThat(asked(Endpoint.SPLIT_CHANGES)).hasSize(2);
  }

  @Test
  void aSegmentThatIsNoLongerFoundKeepsItsMembers() {
    cloud.segment("beta").add("u1");
    cloud.flags().put(Flag.named("banner").inSegment("beta", "on").otherwise("off"));
    try (LogCapture log = LogCapture.warnings()) {
      SplitFactory factory = ready(polling());
      cloud.faults().always(Endpoint.SEGMENT_CHANGES, Fault.status(404));
      cloud.requests().await(Endpoint.SEGMENT_CHANGES, 6, SOON);
      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(log.lines())
                      .containsExactly(
                          "WARN The service does not know the segment beta any more; its last"
                              + " known members stay"));
      serves(factory, "u1", "banner", "on");
    }
  }

  @Test
  void aSegmentNobodyKnowsIsEmptyAndDoesNotKeepTheSdkFromBeingReady() {
    cloud.flags().put(Flag.named("banner").inSegment("beta", "on").otherwise("off"));
    try (LogCapture log = LogCapture.warnings()) {
      SplitFactory factory = ready(polling());
      cloud.requests().await(Endpoint.SEGMENT_CHANGES, 4, SOON);
      serves(factory, "u1", "banner", "off");
      assertThat(log.lines())
          .containsExactly("WARN The service does not know the segment beta; nobody is a member");
      cloud.segment("beta").add("u1");
      serves(factory, "u1", "banner", "on");
    }
  }

  @Test
  void aSegmentThatCannotBeLoadedKeepsTheSdkFromBeingReady() {
    cloud.segment("beta").add("u1");
    cloud.flags().put(Flag.named("banner").inSegment("beta", "on").otherwise("off"));
    cloud.faults().always(Endpoint.SEGMENT_CHANGES, Fault.status(500));
    SplitFactory factory = start(connector());
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(String.valueOf(factory.health().problem())).startsWith("Segments"));
    assertThat(factory.status()).isEqualTo(SdkStatus.NOT_READY);
    assertThat(asked(Endpoint.AUTH)).isEmpty();
    cloud.faults().clear();
    ready(factory);
    serves(factory, "u1", "banner", "on");
  }

  @Test
  void aStartIsTriedAgainUntilItSucceedsAndGoesOnWhereItStopped() {
    cloud.behaviour().pageSize(1);
    long first = cloud.flags().put(Flag.named("a").otherwise("on"));
    cloud.flags().put(Flag.named("b").otherwise("on"));
    cloud
        .faults()
        .when(request -> request.target().contains("since=" + first + "&"), 1, Fault.status(503));
    SplitFactory factory = ready(connector().withoutStreaming());
    serves(factory, "u1", "b", "on");
    assertThat(asked(Endpoint.SPLIT_CHANGES))
        .filteredOn(target -> target.contains("since=-1&rb"))
        .hasSize(1);
    assertThat(asked(Endpoint.SPLIT_CHANGES))
        .filteredOn(target -> target.contains("since=" + first + "&"))
        .hasSize(2);
  }

  @Test
  void anAnswerThatIsNoneIsATroubleLikeAnyOther() {
    List.of("", "[]", "null", "\"x\"", "<html>portal</html>", "{\"ff\":[]}")
        .forEach(
            body -> cloud.faults().next(Endpoint.SPLIT_CHANGES, Fault.body("text/html", body)));
    SplitFactory factory = start(polling());
    cloud.requests().await(Endpoint.SPLIT_CHANGES, 1, SOON);
    await().atMost(SOON).until(() -> factory.health().problem() != null);
    assertThat(factory.health().problem())
        .startsWith("Definitions could not be synchronised (unreadable answer: line 1, column ")
        .contains(" at " + cloud.url() + ")");
    assertThat(factory.health().fatal()).isFalse();
  }

  @Test
  void howADocumentBeginsThatCannotBeReadIsToldAtDebug() {
    cloud.faults().always(Endpoint.SPLIT_CHANGES, Fault.body("text/html", "<html>\nlog in"));
    try (LogCapture log = LogCapture.everything()) {
      start(connector());
      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(log.lines())
                      .contains(
                          "DEBUG A document that cannot be read begins with"
                              + " '<html>\\u000alog in'"));
    }
  }

  @Test
  void asManySegmentsAreAskedForAtATimeAsWished() {
    for (int i = 0; i < 40; i++) {
      cloud.segment("s" + i).add("u1");
      cloud.flags().put(Flag.named("f" + i).inSegment("s" + i, "on").otherwise("off"));
    }
    cloud.faults().always(Endpoint.SEGMENT_CHANGES, Fault.hang());
    start(connector().segmentsConcurrency(40));
    assertThat(cloud.requests().await(Endpoint.SEGMENT_CHANGES, 40, SOON)).hasSize(40);
    cloud.faults().clear();
  }

  @Test
  void aSegmentThatBeginsElsewhereThanAskedForIsNotLoaded() {
    cloud.segment("beta").add("u1");
    cloud.flags().put(Flag.named("banner").inSegment("beta", "on").otherwise("off"));
    String gap = "{\"name\":\"beta\",\"added\":[\"u1\"],\"removed\":[],\"since\":0,\"till\":100}";
    cloud.faults().always(Endpoint.SEGMENT_CHANGES, Fault.body("application/json", gap));
    SplitFactory factory = start(connector());
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(String.valueOf(factory.health().problem()))
                    .contains("'beta'", "begins at version 0 instead of -1"));
    assertThat(factory.status()).isEqualTo(SdkStatus.NOT_READY);
    cloud.faults().clear();
    ready(factory);
    serves(factory, "u1", "banner", "on");
  }

  @Test
  void aRefusedKeyIsToldAsFatalAndNotTriedAgainSoon() {
    cloud.behaviour().acceptKeys("another");
    try (LogCapture log = LogCapture.warnings()) {
      SplitFactory factory = start(polling());
      await().atMost(SOON).until(() -> factory.health().fatal());
      assertThat(factory.health().problem()).contains("refuses the SDK key", "401");
      assertThat(log.lines()).hasSize(1).allMatch(line -> line.startsWith("ERROR"));
    }
    assertThat(asked(Endpoint.SPLIT_CHANGES)).hasSize(1);
  }

  @Test
  void aKeyThatIsRefusedLaterLeavesWhatIsThereInForce() {
    cloud.flags().put(Flag.named("banner").otherwise("on"));
    SplitFactory factory = ready(polling());
    cloud.behaviour().acceptKeys("another");
    await().atMost(SOON).until(() -> factory.health().fatal());
    assertThat(factory.status()).isEqualTo(SdkStatus.READY);
    serves(factory, "u1", "banner", "on");
  }

  @Test
  void anAddressThatIsTooLongIsNotTriedAgainAndNeverCountsAsReady() {
    cloud.faults().always(Endpoint.SPLIT_CHANGES, Fault.status(414));
    SplitFactory factory = start(quick(connector()));
    await().atMost(SOON).until(() -> factory.health().fatal());
    assertThat(factory.health().problem()).contains("too long", "fewer flag sets");
    quiet();
    assertThat(factory.status()).isEqualTo(SdkStatus.NOT_READY);
    assertThat(cloud.requests().all()).hasSize(1);
  }

  @Test
  void anAddressThatBecomesTooLongIsNotAskedForAgainUntilSomebodyWishesIt() {
    cloud.flags().put(Flag.named("banner").otherwise("on"));
    SplitFactory factory = ready(polling());
    cloud.faults().always(Endpoint.SPLIT_CHANGES, Fault.status(414));
    await().atMost(SOON).until(() -> factory.health().fatal());
    assertThat(factory.health().problem()).contains("414", "What is known stays in force");
    cloud.requests().clear();
    await()
        .during(Duration.ofMillis(400))
        .atMost(SOON)
        .until(() -> asked(Endpoint.SPLIT_CHANGES).isEmpty());
    serves(factory, "u1", "banner", "on");
    cloud.faults().clear();
    factory.retryNow();
    await().atMost(SOON).until(() -> factory.health().problem() == null);
  }

  @Test
  void pollsSeeChangesOfAllKinds() {
    cloud.flags().put(Flag.named("banner").inSegment("beta", "on").otherwise("off"));
    cloud.segment("beta").add("u1");
    SplitFactory factory = ready(polling());
    cloud.segment("beta").remove("u1").add("u2");
    serves(factory, "u2", "banner", "on");
    serves(factory, "u1", "banner", "off");
    cloud.ruleBasedSegments().put(RuleBasedSegment.named("vip").segment("staff"));
    cloud.segment("staff").add("u3");
    cloud.flags().put(Flag.named("banner").inRuleBasedSegment("vip", "vip").otherwise("off"));
    serves(factory, "u3", "banner", "vip");
    cloud.flags().archive("banner");
    serves(factory, "u3", "banner", "control");
  }

  @Test
  void anErrorChangesNothingAndTheNextPollMendsIt() {
    cloud.flags().put(Flag.named("banner").otherwise("off"));
    SplitFactory factory = ready(polling());
    cloud.faults().next(3, Endpoint.SPLIT_CHANGES, Fault.status(500));
    cloud.faults().next(Endpoint.SPLIT_CHANGES, Fault.truncate(20));
    cloud.faults().next(Endpoint.SPLIT_CHANGES, Fault.reset());
    cloud.flags().put(Flag.named("banner").otherwise("on"));
    serves(factory, "u1", "banner", "on");
    await().atMost(SOON).until(() -> factory.health().problem() == null);
  }

  @Test
  void anOldProxyIsAskedForOlderDocumentsAtOnce() {
    cloud.behaviour().actAsOldProxy();
    long flags = cloud.flags().put(Flag.named("banner").otherwise("on"));
    try (LogCapture log = LogCapture.warnings()) {
      SplitFactory factory = ready(connector().withoutStreaming());
      serves(factory, "u1", "banner", "on");
      assertThat(log.lines()).hasSize(1).first().asString().contains("in an older form");
    }
    assertThat(asked(Endpoint.SPLIT_CHANGES))
        .containsExactly(
            "/api/splitChanges?s=1.3&since=-1&rbSince=-1",
            "/api/splitChanges?s=1.1&since=-1",
            "/api/splitChanges?s=1.1&since=" + flags);
  }

  @Test
  void oneOfFiveAddressesMayBeElsewhere() {
    cloud.flags().put(Flag.named("banner").otherwise("on"));
    SplitConnector elsewhere =
        connector()
            .sdkEndpoint(URI.create(cloud.url()))
            .authEndpoint(URI.create(cloud.url("/api/auth")))
            .streamingEndpoint(URI.create(cloud.url("/event-stream")));
    SplitFactory factory = streaming(elsewhere);
    serves(factory, "u1", "banner", "on");
    assertThat(asked(Endpoint.AUTH)).containsExactly("/api/auth?s=1.3");
  }
}
