package io.splitio.backend.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitFactory;
import io.splitio.fake.Endpoint;
import io.splitio.fake.data.Flag;
import io.splitio.fake.data.RuleBasedSegment;
import io.splitio.fake.http.Fault;
import io.splitio.fake.http.Request;
import io.splitio.fake.stream.Inline;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What notifications lead to: protocol specification 6.5 to 6.8. */
class FollowingTest extends CloudFixture {
  private SplitFactory withBanner() {
    cloud.flags().put(Flag.named("banner").otherwise("off"));
    SplitFactory factory = streaming();
    cloud.requests().clear();
    return factory;
  }

  private int fetches() {
    return asked(Endpoint.SPLIT_CHANGES).size();
  }

  @ParameterizedTest
  @EnumSource(
      value = Inline.class,
      names = {"PLAIN", "GZIP", "ZLIB"})
  void aDefinitionThatComesAlongNeedsNoRequest(Inline how) {
    cloud.streaming().inline(how);
    SplitFactory factory = withBanner();
    cloud.flags().put(Flag.named("banner").otherwise("on"));
    serves(factory, "u1", "banner", "on");
    cloud.flags().put(Flag.named("second").otherwise("on"));
    serves(factory, "u1", "second", "on");
    cloud.flags().archive("second");
    serves(factory, "u1", "second", "control");
    assertThat(cloud.requests().all()).isEmpty();
  }

  @Test
  void withoutADefinitionItIsFetched() {
    cloud.streaming().inline(Inline.NONE);
    SplitFactory factory = withBanner();
    cloud.flags().put(Flag.named("banner").otherwise("on"));
    serves(factory, "u1", "banner", "on");
    quiet();
    assertThat(fetches()).isEqualTo(2);
  }

  @Test
  void aWishToTryAtOnceFetchesWhatWasAnnouncedAndRefused() {
    cloud.streaming().inline(Inline.NONE);
    SplitFactory factory = withBanner();
    cloud.faults().always(Endpoint.SPLIT_CHANGES, Fault.status(403));
    cloud.flags().put(Flag.named("banner").otherwise("on"));
    await().atMost(SOON).until(() -> factory.health().problem() != null);
    cloud.faults().clear();
    factory.retryNow();
    serves(factory, "u1", "banner", "on");
  }

  @Test
  void aDefinitionThatDoesNotFollowWhatIsThereIsFetched() {
    SplitFactory factory = withBanner();
    cloud.streaming().mute();
    cloud.flags().put(Flag.named("missed").otherwise("on"));
    cloud.streaming().unmute();
    cloud.flags().put(Flag.named("banner").otherwise("on"));
    serves(factory, "u1", "banner", "on");
    serves(factory, "u1", "missed", "on");
    assertThat(fetches()).isPositive();
  }

  @Test
  void whatIsKnownAlreadyIsNotFetched() {
    SplitFactory factory = withBanner();
    long known = cloud.flags().changeNumber();
    for (long number : new long[] {known, known - 1, -1}) {
      cloud.streaming().notification("{\"type\":\"SPLIT_UPDATE\",\"changeNumber\":" + number + "}");
      cloud
          .streaming()
          .notification(
              "{\"type\":\"SPLIT_KILL\",\"changeNumber\":"
                  + number
                  + ",\"splitName\":\"banner\",\"defaultTreatment\":\"x\"}");
    }
    cloud.flags().put(Flag.named("last").otherwise("on"));
    serves(factory, "u1", "last", "on");
    assertThat(cloud.requests().all()).isEmpty();
    serves(factory, "u1", "banner", "off");
  }

  @Test
  void aKillActsBeforeAnythingIsFetched() {
    SplitFactory factory = withBanner();
    cloud.faults().always(Endpoint.SPLIT_CHANGES, Fault.hang());
    cloud.flags().kill("banner", "killed");
    serves(factory, "u1", "banner", "killed");
    cloud.requests().await(Endpoint.SPLIT_CHANGES, 1, SOON);
    cloud.faults().clear();
  }

  /** Reads lag behind: they hold a version that the SDK does not know, from before the kill. */
  @Test
  void aKillIsNotUndoneByAPageThatWasUnderWay() {
    SplitFactory factory = withBanner();
    cloud.streaming().mute();
    long before = cloud.flags().put(Flag.named("banner").otherwise("old"));
    cloud.streaming().unmute();
    cloud.freezeReads();
    cloud.faults().when(this::bypasses, Integer.MAX_VALUE, Fault.hang());
    cloud.flags().kill("banner", "killed");
    cloud.requests().await(request -> request.target().contains("since=" + before), 1, SOON);
    assertThat(factory.client().getTreatment("u1", "banner")).isEqualTo("killed");
    cloud.thawReads();
    cloud.faults().clear();
    cloud.flags().restore("banner");
    serves(factory, "u1", "banner", "old");
  }

  private boolean bypasses(Request request) {
    return request.target().contains("&till=");
  }

  @Test
  void aSegmentUsedForTheFirstTimeIsFetched() {
    cloud.segment("beta").add("u1");
    SplitFactory factory = withBanner();
    cloud.flags().put(Flag.named("banner").inSegment("beta", "on").otherwise("off"));
    serves(factory, "u1", "banner", "on");
    assertThat(fetches()).isZero();
    assertThat(asked(Endpoint.SEGMENT_CHANGES)).first().asString().endsWith("/beta?since=-1");
  }

  /** nobody is ever decided about by a new rule without the segment that it asks about. */
  @Test
  void aDefinitionThatComesAlongWaitsForTheSegmentItAsksAbout() {
    cloud.segment("beta").add("u1");
    SplitFactory factory = withBanner();
    cloud.faults().always(Endpoint.SEGMENT_CHANGES, Fault.delay(Duration.ofMillis(200)));
    cloud.flags().put(Flag.named("banner").inSegment("beta", "on").otherwise("not in beta"));
    Set<String> served = new LinkedHashSet<>(Set.of("off"));
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> {
              served.add(factory.client().getTreatment("u1", "banner"));
              return served.size() > 1;
            });
    assertThat(served).containsExactly("off", "on");
    assertThat(fetches()).isZero();
  }

  @Test
  void aSegmentThatDoesNotComeHoldsADefinitionBackForAMomentOnly() {
    SplitFactory factory = withBanner();
    cloud.faults().always(Endpoint.SEGMENT_CHANGES, Fault.hang());
    cloud.flags().put(Flag.named("banner").inSegment("beta", "on").otherwise("not in beta"));
    serves(factory, "u1", "banner", "not in beta");
    cloud.faults().clear();
  }

  @Test
  void aKillIsNotHeldBackWithADefinitionThatWaits() {
    cloud.flags().put(Flag.named("urgent").otherwise("on"));
    SplitFactory factory = withBanner();
    cloud.faults().always(Endpoint.SEGMENT_CHANGES, Fault.hang());
    cloud.faults().always(Endpoint.SPLIT_CHANGES, Fault.hang());
    cloud.flags().put(Flag.named("banner").inSegment("beta", "on").otherwise("not in beta"));
    cloud.flags().kill("urgent", "killed");
    serves(factory, "u1", "urgent", "killed");
    cloud.faults().clear();
  }

  @Test
  void aSegmentNobodyUsesIsNotFetched() {
    SplitFactory factory = withBanner();
    cloud.segment("unused").add("u1");
    cloud.flags().put(Flag.named("banner").otherwise("on"));
    serves(factory, "u1", "banner", "on");
    assertThat(cloud.requests().all()).isEmpty();
  }

  @Test
  void aSegmentThatLeavesUseAndReturnsIsFetchedAnew() {
    cloud.segment("beta").add("u1");
    cloud.flags().put(Flag.named("banner").inSegment("beta", "on").otherwise("off"));
    SplitFactory factory = streaming();
    cloud.flags().put(Flag.named("banner").otherwise("none"));
    serves(factory, "u1", "banner", "none");
    assertThat(factory.health().segments()).isZero();
    cloud.segment("beta").remove("u1").add("u2");
    cloud.flags().put(Flag.named("banner").inSegment("beta", "on").otherwise("off"));
    serves(factory, "u2", "banner", "on");
    serves(factory, "u1", "banner", "off");
  }

  @Test
  void aSegmentThatChangesIsFetched() {
    cloud.segment("beta").add("u1");
    cloud.flags().put(Flag.named("banner").inSegment("beta", "on").otherwise("off"));
    SplitFactory factory = streaming();
    cloud.segment("beta").add("u2");
    serves(factory, "u2", "banner", "on");
    cloud.segment("beta").remove("u1");
    serves(factory, "u1", "banner", "off");
  }

  @Test
  void aRuleBasedSegmentThatComesAlongNeedsNoRequest() {
    cloud.ruleBasedSegments().put(RuleBasedSegment.named("vip").keys("u1"));
    cloud.flags().put(Flag.named("banner").inRuleBasedSegment("vip", "on").otherwise("off"));
    SplitFactory factory = streaming();
    cloud.requests().clear();
    cloud.ruleBasedSegments().put(RuleBasedSegment.named("vip").keys("u2"));
    serves(factory, "u2", "banner", "on");
    serves(factory, "u1", "banner", "off");
    assertThat(cloud.requests().all()).isEmpty();
  }

  @Test
  void aFlagWhoseRuleBasedSegmentIsUnknownIsFetchedTogetherWithIt() {
    SplitFactory factory = withBanner();
    cloud.streaming().mute();
    cloud.ruleBasedSegments().put(RuleBasedSegment.named("vip").keys("u1"));
    cloud.streaming().unmute();
    cloud.flags().put(Flag.named("banner").inRuleBasedSegment("vip", "on").otherwise("off"));
    serves(factory, "u1", "banner", "on");
    assertThat(fetches()).isPositive();
  }

  @Test
  void aRuleBasedSegmentWhoseOwnIsUnknownIsFetchedTogetherWithIt() {
    cloud.ruleBasedSegments().put(RuleBasedSegment.named("vip").keys("u1"));
    cloud.flags().put(Flag.named("banner").inRuleBasedSegment("vip", "on").otherwise("off"));
    SplitFactory factory = streaming();
    cloud.streaming().mute();
    cloud.ruleBasedSegments().put(RuleBasedSegment.named("inner").keys("u2"));
    cloud.streaming().unmute();
    cloud.ruleBasedSegments().put(RuleBasedSegment.named("vip").ruleBasedSegment("inner"));
    serves(factory, "u2", "banner", "on");
  }

  @Test
  void flagsOutsideTheSetsNeverAppear() {
    cloud.flags().put(Flag.named("banner").sets("web").otherwise("off"));
    SplitFactory factory = ready(start(connector(), CONFIG.withFlagSets(Set.of("web"))));
    cloud.streaming().awaitConnections(1, SOON);
    cloud.requests().await(Endpoint.SPLIT_CHANGES, 3, SOON);
    quiet();
    cloud.flags().put(Flag.named("other").sets("ios").otherwise("on"));
    cloud.flags().put(Flag.named("banner").sets("web").otherwise("on"));
    serves(factory, "u1", "banner", "on");
    serves(factory, "u1", "other", "control");
    cloud.flags().put(Flag.named("banner").sets("ios").otherwise("on"));
    serves(factory, "u1", "banner", "control");
  }

  @Test
  void aMessageNobodyUnderstandsLeadsToOneFetchOfEverything() {
    SplitFactory factory = withBanner();
    cloud.streaming().mute();
    cloud.flags().put(Flag.named("banner").otherwise("on"));
    for (int i = 0; i < 20; i++) {
      cloud.streaming().raw("event: message\ndata: {\"data\":\"{oops\"}\n\n");
    }
    serves(factory, "u1", "banner", "on");
    quiet();
    assertThat(fetches()).isEqualTo(2);
  }

  @Test
  void theFetchAfterAMessageNobodyUnderstandsIsTriedUntilItSucceeds() {
    SplitFactory factory = withBanner();
    cloud.faults().always(Endpoint.SPLIT_CHANGES, Fault.status(500));
    cloud.streaming().raw("event: message\ndata: oops\n\n");
    cloud.requests().await(Endpoint.SPLIT_CHANGES, 1, SOON);
    await().atMost(SOON).until(() -> factory.health().problem() != null);
    cloud.faults().clear();
    await().atMost(Duration.ofSeconds(30)).until(() -> factory.health().problem() == null);
  }

  @Test
  void messagesForOthersAreIgnored() {
    SplitFactory factory = withBanner();
    cloud.streaming().notification("{\"type\":\"MEMBERSHIPS_MS_UPDATE\",\"changeNumber\":1}");
    cloud.streaming().raw("event: ping\ndata: x\n\n:keepalive\n\n");
    cloud.flags().put(Flag.named("banner").otherwise("on"));
    serves(factory, "u1", "banner", "on");
    assertThat(cloud.requests().all()).isEmpty();
  }

  @Test
  void aFloodOfNotificationsLeadsToFewFetches() {
    cloud.streaming().inline(Inline.NONE);
    SplitFactory factory = withBanner();
    for (int i = 0; i < 6_000; i++) {
      cloud.flags().set("banner", "defaultTreatment", "t" + i);
    }
    cloud.flags().put(Flag.named("banner").otherwise("on"));
    serves(factory, "u1", "banner", "on");
    assertThat(fetches()).isLessThan(250);
  }

  /** A proxy that knows older documents only, but passes the stream on. */
  @Test
  void anOldProxyIsNotAskedForRuleBasedSegmentsThatItCannotSend() {
    cloud.behaviour().actAsOldProxy();
    cloud.streaming().inline(Inline.NONE);
    cloud.flags().put(Flag.named("banner").otherwise("off"));
    SplitFactory factory = ready(connector());
    cloud.streaming().awaitConnections(1, SOON);
    quiet();
    cloud.requests().clear();
    for (int i = 0; i < 5; i++) {
      cloud.ruleBasedSegments().put(RuleBasedSegment.named("vip").keys("u" + i));
    }
    cloud.flags().put(Flag.named("banner").otherwise("on"));
    serves(factory, "u1", "banner", "on");
    quiet();
    assertThat(asked(Endpoint.SPLIT_CHANGES))
        .hasSizeLessThanOrEqualTo(2)
        .allMatch(target -> target.contains("?s=1.1&"));
  }
}
