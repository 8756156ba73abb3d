package io.splitio.backend.split;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.SplitFactory;
import io.splitio.fake.Endpoint;
import io.splitio.fake.data.Flag;
import io.splitio.fake.http.Header;
import io.splitio.fake.http.Request;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Requests as they are on the wire: protocol specification 1.3, 1.4, 2.1 and 15. */
class RequestsTest extends CloudFixture {
  private static List<String> names(Request request) {
    return request.headers().stream().map(Header::name).map(String::toLowerCase).toList();
  }

  private long banner() {
    return cloud.flags().put(Flag.named("banner").inSegment("beta_testers", "on").otherwise("off"));
  }

  @Test
  void aStartAsksForEverythingPastCachesUntilNothingNewComes() {
    cloud.segment("beta_testers").add("u1", "u7");
    long flags = banner();
    long segment = cloud.segment("beta_testers").changeNumber();
    ready(connector().withoutStreaming());
    assertThat(asked(Endpoint.SPLIT_CHANGES))
        .containsExactly(
            "/api/splitChanges?s=1.3&since=-1&rbSince=-1",
            "/api/splitChanges?s=1.3&since=" + flags + "&rbSince=-1");
    assertThat(asked(Endpoint.SEGMENT_CHANGES))
        .containsExactly(
            "/api/segmentChanges/beta_testers?since=-1",
            "/api/segmentChanges/beta_testers?since=" + segment);
    assertThat(cloud.requests().all())
        .filteredOn(request -> request.method().equals("GET")) // its own report comes any time
        .hasSize(4)
        .allSatisfy(request -> assertThat(request.header("Cache-Control")).contains("no-cache"));
  }

  @Test
  void aReadSaysWhoAsksAndNothingElse() {
    ready(connector().withoutStreaming());
    Request request = cloud.requests().of(Endpoint.SPLIT_CHANGES).get(0);
    assertThat(names(request))
        .containsOnlyOnce("authorization", "splitsdkversion", "splitsdkmachinename")
        .isSubsetOf(
            "authorization",
            "splitsdkversion",
            "splitsdkmachineip",
            "splitsdkmachinename",
            "splitsdkclientkey",
            "accept-encoding",
            "cache-control",
            "host",
            "connection",
            "user-agent");
    assertThat(request.header("Authorization")).contains("Bearer " + KEY);
    assertThat(request.header("SplitSDKVersion").orElseThrow())
        .matches("java-\\d+\\.\\d+\\.\\d+.*");
    assertThat(request.header("SplitSDKMachineName")).contains("host-1");
    assertThat(request.header("SplitSDKClientKey")).contains("wxyz");
    assertThat(request.header("Accept-Encoding")).contains("gzip");
  }

  @Test
  void aTokenIsAskedForWithoutRegardToCaches() {
    streaming();
    Request request = cloud.requests().of(Endpoint.AUTH).get(0);
    assertThat(request.target()).isEqualTo("/api/v2/auth?s=1.3");
    assertThat(request.header("Authorization")).contains("Bearer " + KEY);
    assertThat(request.header("Cache-Control")).isEmpty();
  }

  @Test
  void theStreamIsAskedForWithTheTokenAndNotWithTheKey() {
    streaming();
    Request request = cloud.requests().of(Endpoint.STREAM).get(0);
    assertThat(request.target())
        .matches(
            "/sse\\?channels=NzM2MDI5Mzc0_MTgyNTg1MTgwNg%3D%3D_splits"
                + "%2CNzM2MDI5Mzc0_MTgyNTg1MTgwNg%3D%3D_segments"
                + "%2C%5B%3Foccupancy%3Dmetrics\\.publishers%5Dcontrol_pri"
                + "%2C%5B%3Foccupancy%3Dmetrics\\.publishers%5Dcontrol_sec"
                + "&v=1\\.1&accessToken=[A-Za-z0-9._-]+");
    assertThat(request.header("Accept")).contains("text/event-stream");
    assertThat(request.header("SplitSDKClientKey")).contains("wxyz");
    assertThat(names(request)).doesNotContain("authorization", "accept-encoding");
    assertThat(request.toString() + request.headers()).doesNotContain(KEY);
  }

  @Test
  void pollsMayBeAnsweredByCaches() {
    banner();
    cloud.segment("beta_testers").add("u1");
    ready(polling());
    List<Request> flags = cloud.requests().await(Endpoint.SPLIT_CHANGES, 4, SOON);
    List<Request> segments = cloud.requests().await(Endpoint.SEGMENT_CHANGES, 4, SOON);
    assertThat(flags.subList(2, 4))
        .noneMatch(request -> request.header("Cache-Control").isPresent());
    assertThat(segments.subList(2, 4))
        .noneMatch(request -> request.header("Cache-Control").isPresent());
  }

  @Test
  void flagSetsAreSortedAndSentWithEveryRequest() {
    cloud.flags().put(Flag.named("banner").sets("web").otherwise("on"));
    SplitFactory factory =
        ready(start(polling(), CONFIG.withFlagSets(Set.of("web", " Backend", "a_1"))));
    cloud.requests().await(Endpoint.SPLIT_CHANGES, 4, SOON);
    assertThat(asked(Endpoint.SPLIT_CHANGES))
        .allMatch(target -> target.endsWith("&rbSince=-1&sets=a_1%2Cbackend%2Cweb"));
    serves(factory, "u1", "banner", "on");
  }

  @Test
  void aSegmentNameIsOnePathSegmentWhateverItContains() {
    cloud.flags().put(Flag.named("banner").inSegment("vip users/eu?%", "on").otherwise("off"));
    cloud.faults().always(Endpoint.SEGMENT_CHANGES, io.splitio.fake.http.Fault.status(404));
    ready(connector().withoutStreaming());
    assertThat(asked(Endpoint.SEGMENT_CHANGES))
        .containsExactly("/api/segmentChanges/vip%20users%2Feu%3F%25?since=-1");
  }

  @Test
  void aStaleCacheIsPassedByOnTheFirstPageOnly() {
    long before = cloud.flags().put(Flag.named("banner").otherwise("off"));
    cloud.streaming().inline(io.splitio.fake.stream.Inline.NONE);
    cloud.behaviour().pageSize(1);
    SplitFactory factory = streaming();
    cloud.freezeReads();
    cloud.requests().clear();
    long after = cloud.flags().put(Flag.named("banner").otherwise("on"));
    serves(factory, "u1", "banner", "on");
    quiet();
    List<String> targets = asked(Endpoint.SPLIT_CHANGES);
    String stale = "/api/splitChanges?s=1.3&since=" + before + "&rbSince=-1";
    assertThat(targets)
        .startsWith(stale, stale, stale)
        .endsWith(
            stale + "&till=" + after, "/api/splitChanges?s=1.3&since=" + after + "&rbSince=-1")
        .hasSize(12);
    assertThat(cloud.requests().of(Endpoint.SPLIT_CHANGES))
        .allSatisfy(request -> assertThat(request.header("Cache-Control")).contains("no-cache"));
  }

  @Test
  void aSegmentThatChangedIsAskedForPastCaches() {
    cloud.segment("beta_testers").add("u1");
    long before = cloud.segment("beta_testers").changeNumber();
    banner();
    SplitFactory factory = streaming();
    cloud.requests().clear();
    cloud.segment("beta_testers").add("u9").remove("u1");
    serves(factory, "u9", "banner", "on");
    serves(factory, "u1", "banner", "off");
    assertThat(asked(Endpoint.SEGMENT_CHANGES).get(0))
        .isEqualTo("/api/segmentChanges/beta_testers?since=" + before);
    assertThat(cloud.requests().of(Endpoint.SEGMENT_CHANGES))
        .allSatisfy(request -> assertThat(request.header("Cache-Control")).contains("no-cache"));
    assertThat(asked(Endpoint.SPLIT_CHANGES)).isEmpty();
  }

  @Test
  void aHeaderOfTheUsersGoesWithEveryRequest() {
    streaming(connector().http(http -> http.withHeaders(java.util.Map.of("X-Gateway", "a"))));
    assertThat(cloud.requests().all())
        .hasSizeGreaterThan(3)
        .allSatisfy(request -> assertThat(request.header("X-Gateway")).contains("a"));
  }
}
