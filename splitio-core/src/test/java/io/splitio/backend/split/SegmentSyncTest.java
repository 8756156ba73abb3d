package io.splitio.backend.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.api.DateUnit;
import io.splitio.backend.Lane;
import io.splitio.backend.SyncReport;
import io.splitio.codec.ChangesReader;
import io.splitio.codec.Sanitizing;
import io.splitio.engine.Change;
import io.splitio.engine.SnapshotStore;
import io.splitio.fake.Endpoint;
import io.splitio.fake.SplitCloud;
import io.splitio.fake.http.Fault;
import io.splitio.flag.Segment;
import io.splitio.net.Http;
import io.splitio.telemetry.Telemetry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Segments whose use comes and goes while they are fetched: protocol specification 3.2. */
class SegmentSyncTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Fault SLOW = Fault.trickle(4, Duration.ofMillis(40));

  private final SplitCloud cloud = SplitCloud.start();
  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
  private final Http http = Requests.http();
  private final List<Long> versions = new CopyOnWriteArrayList<>();
  private final SnapshotStore store =
      new SnapshotStore(
          (before, after) -> {
            Segment beta = after.segment("beta");
            versions.add(beta == null ? -1 : beta.changeNumber());
          });
  private final Lane lane = new Lane(scheduler);
  private final SegmentSync first = sync();
  private final SegmentSync second = sync();

  private SegmentSync sync() {
    SplitApi api = Requests.to(cloud, http, new Telemetry());
    Troubles troubles = new Troubles(new SyncReport(Clock.systemUTC()), cloud.url());
    return new SegmentSync(api, lane, store, troubles, 10);
  }

  @BeforeEach
  void inUse() {
    cloud.segment("beta").add("u1");
    store.apply(Change.flags(List.of(sample()), List.of(), 1));
  }

  @AfterEach
  void close() {
    http.close();
    scheduler.shutdownNow();
    cloud.close();
  }

  /** A flag that asks about the segment. */
  private static io.splitio.flag.FeatureFlag sample() {
    String definition =
        "{\"name\":\"banner\",\"trafficTypeName\":\"user\",\"status\":\"ACTIVE\",\"killed\":false,"
            + "\"defaultTreatment\":\"off\",\"changeNumber\":1,\"algo\":2,\"seed\":1,\"conditions\":[{\"conditionType\":\"ROLLOUT\",\"label\":\"in"
            + " beta\",\"matcherGroup\":{\"combiner\":\"AND\",\"matchers\":[{\"matcherType\":"
            + "\"IN_SEGMENT\",\"negate\":false,\"userDefinedSegmentMatcherData\":"
            + "{\"segmentName\":\"beta\"}}]},\"partitions\":[{\"treatment\":\"on\",\"size\":100}]}]}";
    try {
      return new ChangesReader(DateUnit.MILLISECONDS, Sanitizing.NONE)
          .readFlag(definition.getBytes(java.nio.charset.StandardCharsets.UTF_8))
          .active()
          .get(0);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private CompletableFuture<Synced> fetch(SegmentSync from) {
    CompletableFuture<Synced> answer = new CompletableFuture<>();
    lane.execute(
        () -> {
          CompletableFuture<Void> unused =
              from.fetch("beta", Fetch.FRESH).thenAccept(answer::complete);
        });
    return answer;
  }

  private void leavesUse() {
    store.apply(Change.flags(List.of(), Set.of("banner"), 2).and(Change.withoutUnusedSegments()));
  }

  private static Synced end(CompletableFuture<Synced> answer) {
    return answer.orTimeout(20, TimeUnit.SECONDS).join();
  }

  private void aSlowFetchIsUnderWay(int requests) {
    cloud.requests().await(Endpoint.SEGMENT_CHANGES, requests, SOON);
  }

  @Test
  void aVersionNeverGoesBackWhenAnOlderPageArrivesLate() {
    assertThat(end(fetch(first))).isEqualTo(Synced.DONE);
    cloud.segment("beta").add("u2");
    cloud.faults().next(Endpoint.SEGMENT_CHANGES, SLOW);
    CompletableFuture<Synced> slow = fetch(first);
    aSlowFetchIsUnderWay(3);
    await().atMost(SOON).until(() -> cloud.faults().happened() == 1);
    cloud.segment("beta").remove("u1").add("u3");
    assertThat(end(fetch(second))).isEqualTo(Synced.DONE);
    assertThat(slow).isNotDone();
    assertThat(end(slow)).isEqualTo(Synced.DONE);
    assertThat(versions).isSorted();
    assertThat(store.current().inSegment("beta", "u1")).isFalse();
    assertThat(store.current().inSegment("beta", "u3")).isTrue();
  }

  @Test
  void aPageOfASegmentThatLeftUseIsNotKept() {
    cloud.faults().next(Endpoint.SEGMENT_CHANGES, SLOW);
    CompletableFuture<Synced> slow = fetch(first);
    aSlowFetchIsUnderWay(1);
    leavesUse();
    assertThat(end(slow)).isEqualTo(Synced.DONE);
    assertThat(store.current().segment("beta")).isNull();
  }

  @Test
  void aSegmentThatReturnsWhileItIsFetchedIsFetchedWhole() {
    assertThat(end(fetch(first))).isEqualTo(Synced.DONE);
    cloud.segment("beta").add("u2");
    cloud.faults().next(Endpoint.SEGMENT_CHANGES, SLOW);
    CompletableFuture<Synced> slow = fetch(first);
    aSlowFetchIsUnderWay(3);
    leavesUse();
    store.apply(Change.flags(List.of(sample()), List.of(), 3));
    assertThat(end(slow)).isEqualTo(Synced.DONE);
    assertThat(store.current().inSegment("beta", "u1")).isTrue();
    assertThat(store.current().inSegment("beta", "u2")).isTrue();
  }

  @Test
  void aFetchUnderWayIsSharedAfterTheSegmentLeftUse() {
    cloud.faults().next(Endpoint.SEGMENT_CHANGES, SLOW);
    CompletableFuture<Synced> slow = fetch(first);
    aSlowFetchIsUnderWay(1);
    leavesUse();
    CompletableFuture<Synced> nothing = new CompletableFuture<>();
    lane.execute(
        () -> {
          CompletableFuture<Void> unused =
              first.fetchAll(Fetch.FRESH).thenAccept(nothing::complete);
        });
    assertThat(end(nothing)).isEqualTo(Synced.DONE);
    store.apply(Change.flags(List.of(sample()), List.of(), 3));
    CompletableFuture<Synced> next = fetch(first);
    assertThat(slow).isNotDone();
    assertThat(end(next)).isEqualTo(Synced.DONE);
    assertThat(slow).isDone();
  }
}
