package io.splitio.backend.split;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.backend.Lane;
import io.splitio.backend.SyncReport;
import io.splitio.engine.Snapshot;
import io.splitio.engine.SnapshotStore;
import io.splitio.fake.Endpoint;
import io.splitio.fake.SplitCloud;
import io.splitio.fake.data.Flag;
import io.splitio.fake.data.RuleBasedSegment;
import io.splitio.fake.http.Fault;
import io.splitio.net.Http;
import io.splitio.telemetry.Telemetry;
import io.splitio.testing.LogCapture;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A proxy that knows older documents only, until it is renewed: protocol specification 2.9. */
class OldProxyTest {
  private static final long A_DAY = TimeUnit.HOURS.toNanos(24);

  private final SplitCloud cloud = SplitCloud.start();
  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
  private final Http http = Requests.http();
  private final AtomicLong now = new AtomicLong(-A_DAY);
  private final List<Snapshot> seen = new CopyOnWriteArrayList<>();
  private final SnapshotStore store = new SnapshotStore((before, after) -> seen.add(after));
  private final LogCapture log = LogCapture.warnings();
  private final Lane lane = new Lane(scheduler);
  private final FlagSync sync = sync(true);

  private FlagSync sync(boolean maybeProxy) {
    Telemetry telemetry = new Telemetry();
    SplitApi api = Requests.to(cloud, http, telemetry);
    return new FlagSync(
        api,
        lane,
        new FlagSync.Target(
            store,
            new Pages(store, Set.of(), telemetry),
            new Troubles(new SyncReport(Clock.systemUTC()), "http://127.0.0.1")),
        new FlagSync.Origin(Set.of(), maybeProxy, now::get));
  }

  private Synced fetch(FlagSync from, Fetch how) {
    CompletableFuture<Synced> answer = new CompletableFuture<>();
    lane.execute(
        () -> {
          CompletableFuture<Void> unused = from.fetch(how).thenAccept(answer::complete);
        });
    return answer.orTimeout(10, TimeUnit.SECONDS).join();
  }

  private List<String> asked() {
    List<String> asked =
        cloud.requests().of(Endpoint.SPLIT_CHANGES).stream()
            .map(request -> request.rawQuery())
            .toList();
    cloud.requests().clear();
    return asked;
  }

  @BeforeEach
  void loadFromAnOldProxy() {
    cloud.behaviour().actAsOldProxy();
    cloud.flags().put(Flag.named("a").inRuleBasedSegment("vip", "on").otherwise("off"));
    cloud.ruleBasedSegments().put(RuleBasedSegment.named("vip").keys("u1"));
    cloud.flags().put(Flag.named("b").otherwise("on"));
  }

  @AfterEach
  void close() {
    log.close();
    http.close();
    scheduler.shutdownNow();
    cloud.close();
  }

  private long till() {
    return store.current().flagsTill();
  }

  @Test
  void olderDocumentsLeaveRuleBasedSegmentsAlone() {
    assertThat(fetch(sync, Fetch.FRESH).ok()).isTrue();
    assertThat(asked())
        .containsExactly("s=1.3&since=-1&rbSince=-1", "s=1.1&since=-1", "s=1.1&since=" + till());
    assertThat(store.current().ruleBasedTill()).isEqualTo(-1);
    assertThat(log.lines()).hasSize(1);
  }

  @Test
  void forADayOnlyOlderDocumentsAreAskedFor() {
    fetch(sync, Fetch.FRESH);
    asked();
    now.addAndGet(A_DAY - 1);
    fetch(sync, Fetch.CACHED);
    assertThat(asked()).containsExactly("s=1.1&since=" + till());
  }

  @Test
  void afterADayItIsTriedFromTheBeginningAndGoesOnAsBeforeIfThatFails() {
    fetch(sync, Fetch.FRESH);
    asked();
    now.addAndGet(A_DAY);
    Snapshot before = store.current();
    assertThat(fetch(sync, Fetch.CACHED).ok()).isTrue();
    assertThat(asked()).containsExactly("s=1.3&since=-1&rbSince=-1", "s=1.1&since=" + till());
    assertThat(store.current()).isSameAs(before);
    fetch(sync, Fetch.CACHED);
    assertThat(asked()).containsExactly("s=1.1&since=" + till());
  }

  @Test
  void aRenewedProxyReplacesEverythingInOneStepHoweverManyPagesThatTakes() {
    fetch(sync, Fetch.FRESH);
    asked();
    cloud.behaviour().actAsCloud().pageSize(1);
    cloud.flags().put(Flag.named("c").otherwise("on"));
    now.addAndGet(A_DAY);
    seen.clear();
    assertThat(fetch(sync, Fetch.CACHED).ok()).isTrue();
    assertThat(seen).hasSize(1);
    assertThat(store.current().flagCount()).isEqualTo(3);
    assertThat(store.current().ruleBasedSegment("vip")).isNotNull();
    assertThat(asked()).hasSize(4).first().isEqualTo("s=1.3&since=-1&rbSince=-1");
    fetch(sync, Fetch.CACHED);
    assertThat(asked())
        .containsExactly("s=1.3&since=" + till() + "&rbSince=" + store.current().ruleBasedTill());
  }

  @Test
  void aRenewedProxyThatFailsHalfWayChangesNothing() {
    fetch(sync, Fetch.FRESH);
    cloud.behaviour().actAsCloud().pageSize(1);
    now.addAndGet(A_DAY);
    Snapshot before = store.current();
    cloud
        .faults()
        .when(request -> request.target().contains("s=1.3&since=1"), 9, Fault.status(503));
    assertThat(fetch(sync, Fetch.CACHED).ok()).isTrue();
    assertThat(store.current()).isSameAs(before);
  }

  @Test
  void anAnswerThatSaysNothingIsNoReplacement() {
    fetch(sync, Fetch.FRESH);
    now.addAndGet(A_DAY);
    cloud.faults().next(Endpoint.SPLIT_CHANGES, Fault.body("application/json", "{}"));
    Snapshot before = store.current();
    assertThat(fetch(sync, Fetch.CACHED).ok()).isTrue();
    assertThat(store.current()).isSameAs(before);
  }

  @Test
  void whatANotificationWantsIsFetchedWithoutAProbe() {
    fetch(sync, Fetch.FRESH);
    asked();
    now.addAndGet(A_DAY);
    fetch(sync, Fetch.bypassing(77));
    assertThat(asked()).containsExactly("s=1.1&since=" + till() + "&till=77");
  }

  @Test
  void theCloudItselfIsNeverTakenForAnOldProxy() {
    Synced synced = fetch(sync(false), Fetch.FRESH);
    assertThat(synced.trouble()).hasToString("HTTP status 400");
    assertThat(asked()).containsExactly("s=1.3&since=-1&rbSince=-1");
  }
}
