package io.splitio.backend.split;

import io.splitio.backend.Feed;
import io.splitio.backend.Lane;
import io.splitio.backend.Patience;
import io.splitio.backend.Services;
import io.splitio.backend.split.keep.Awaited;
import io.splitio.backend.split.keep.Keeper;
import io.splitio.backend.split.keep.Restoring;
import io.splitio.backend.split.keep.Staging;
import io.splitio.backend.split.stream.Notification;
import io.splitio.backend.split.stream.Streaming;
import io.splitio.codec.ChangesReader;
import io.splitio.engine.Snapshot;
import io.splitio.engine.SnapshotStore;
import io.splitio.net.Backoff;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Keeps a store up to date with Split's cloud: loads everything once, then follows the stream, or
 * polls where there is none (protocol specification 4, 5 and 7.2).
 *
 * <p>All of it runs on one lane, where nothing ever waits.
 */
final class SplitFeed implements Feed, Streaming.Owner {
  private static final Logger log = LoggerFactory.getLogger("splitio.sync");
  private static final Logger streamLog = LoggerFactory.getLogger("splitio.stream");

  private final SplitApi api;
  private final Services services;
  private final Settings settings;
  private final ChangesReader reader;
  private final @Nullable Keeper keeper;
  private final Lane lane;
  private final Patience patience;
  private final CompletableFuture<Void> loaded = new CompletableFuture<>();
  private final Backoff startup = Backoff.normal();
  private final Backoff extended = Backoff.extended();

  // by tasks of the lane only
  private @Nullable Parts parts;
  private @Nullable Future<?> loading;
  private @Nullable Staging staging;
  private boolean tooLong;
  private boolean active;
  private boolean once;
  private int life;
  private boolean streams;
  private boolean fallenBack;

  /**
   * How to synchronise.
   *
   * @param flagsEvery how often to poll for flags
   * @param segmentsEvery how often to poll for segments
   * @param segmentsAtOnce how many segments to fetch at a time
   * @param streams whether to use the stream, and how soon to try it again
   * @param maybeProxy whether the service may be a proxy that knows older documents only
   */
  record Settings(
      Duration flagsEvery,
      Duration segmentsEvery,
      int segmentsAtOnce,
      SplitConnector.Streams streams,
      boolean maybeProxy) {}

  /** What works on the store. */
  private record Parts(
      Troubles troubles,
      FlagSync flags,
      SegmentSync segments,
      Updates updates,
      CatchUp catchUp,
      Polling flagPolling,
      Polling segmentPolling,
      Streaming streaming) {}

  /**
   * A feed that is not started.
   *
   * @param keeper keeps what is received for the next start, or null
   */
  SplitFeed(
      SplitApi api,
      Services services,
      ChangesReader reader,
      Settings settings,
      @Nullable Keeper keeper) {
    this.api = api;
    this.services = services;
    this.reader = reader;
    this.settings = settings;
    this.keeper = keeper;
    this.lane = new Lane(services.scheduler());
    this.patience = new Patience(lane, loaded, () -> staging != null && staging.showsKept());
    services.report().streaming(settings.streams.state(false));
  }

  @Override
  public CompletableFuture<Void> start(SnapshotStore store) {
    return start(store, false);
  }

  @Override
  public CompletableFuture<Void> load(SnapshotStore store) {
    return start(store, true);
  }

  private CompletableFuture<Void> start(SnapshotStore store, boolean thenRest) {
    if (keeper != null) {
      services.report().hold(); // what was kept may be in force in a moment
    }
    lane.execute(
        () -> {
          staging = keeper == null ? null : Staging.before(store);
          parts = parts(staging == null ? Staging.over(store) : staging);
          active = true;
          once = thenRest;
          load();
        });
    if (keeper != null) {
      CompletableFuture<Void> unused =
          keeper.restore(this::restoring).thenAcceptAsync(this::restored, lane);
    }
    return loaded;
  }

  private Restoring restoring() {
    return new Restoring(
        reader, scratch -> new Pages(scratch, services.flagSets(), services.telemetry()));
  }

  /** What was kept is in force until the service has answered. */
  private void restored(@Nullable Snapshot kept) {
    Staging before = staging;
    if (kept != null && before != null && before.showKept(kept)) {
      services.report().fromCache(true);
      log.info("{} kept flags are in force until the service answers", kept.flagCount());
      if (active) {
        patience.begin();
      }
    }
    services.report().release();
  }

  private Parts parts(Staging stage) {
    SnapshotStore store = stage.store();
    Troubles troubles = new Troubles(services.report(), api.origin());
    Pages pages = new Pages(store, services.flagSets(), services.telemetry());
    FlagSync.Origin origin =
        new FlagSync.Origin(services.flagSets(), settings.maybeProxy, System::nanoTime);
    FlagSync flags = new FlagSync(api, lane, new FlagSync.Target(store, pages, troubles), origin);
    SegmentSync segments = new SegmentSync(api, lane, store, troubles, settings.segmentsAtOnce);
    Awaited awaited = new Awaited(lane, stage);
    Updates.Parts tools =
        new Updates.Parts(reader, pages, flags, segments, services.telemetry(), awaited, keeper);
    Updates updates = new Updates(lane, store, tools);
    return new Parts(
        troubles,
        flags,
        segments,
        updates,
        new CatchUp(lane, () -> syncAll(flags, segments)),
        new Polling(lane, settings.flagsEvery, () -> flags.fetch(Fetch.CACHED)),
        new Polling(lane, settings.segmentsEvery, () -> segments.fetchAll(Fetch.CACHED)),
        new Streaming(
            api,
            lane,
            this,
            new Streaming.Books(services.telemetry(), services.clock()),
            settings.streams.pauses()));
  }

  @Override
  public void close() {
    close(Duration.ofSeconds(1));
  }

  /** What was recorded is still to be posted; closing the sinks ends HTTP. */
  @Override
  public void close(Duration left) {
    lane.execute(this::halt);
    if (keeper != null) {
      keeper.close(left);
    }
  }

  @Override
  public CompletableFuture<Void> suspend() {
    CompletableFuture<Void> done = CompletableFuture.runAsync(this::halt, lane);
    return keeper == null ? done : done.thenCompose(halted -> keeper.suspend());
  }

  @Override
  public void resume() {
    lane.execute(() -> once = false);
    services.report().verdict().appeal(lane, () -> !active, this::goOn);
  }

  private void goOn() {
    active = true;
    if (keeper != null) {
      keeper.resume();
    }
    load();
    patience.begin();
  }

  @Override
  public void retryNow() {
    services.report().verdict().appeal(lane, () -> active, this::hurry);
  }

  private void hurry() {
    Parts all = parts;
    if (all == null) {
      return;
    }
    startup.reset();
    extended.reset();
    all.flags.hurry();
    if (loading != null || tooLong) {
      load();
    }
    if (streams) { // nobody polls, and what was announced may wait for minutes
      all.catchUp.hurry();
    }
    all.streaming.hurry();
    all.flagPolling.hurry();
    all.segmentPolling.hurry();
  }

  private void halt() {
    active = false;
    life++;
    streams(false);
    fallenBack = false;
    loading = Lane.cancelled(loading);
    patience.end();
    Parts all = parts;
    if (all != null) {
      all.catchUp.stop();
      all.streaming.stop();
      all.updates.stop();
      all.flagPolling.stop();
      all.segmentPolling.stop();
    }
  }

  /** Fetches everything, until that succeeds; then goes over to streaming or polling. */
  private void load() {
    Parts all = parts;
    loading = Lane.cancelled(loading);
    tooLong = false;
    if (active && all != null) {
      int mine = ++life; // another attempt that is due already must not go on beside this one
      CompletableFuture<Void> unused =
          all.flags
              .fetch(Fetch.FRESH)
              .thenCompose(synced -> pastCaches(all, synced))
              .thenCompose(synced -> synced.then(() -> all.segments.fetchAll(Fetch.FRESH)))
              .thenAccept(synced -> loaded(all, synced, mine));
    }
  }

  /** An answer older than what was kept may be a cache's. If not, the service is right. */
  private CompletableFuture<Synced> pastCaches(Parts all, Synced synced) {
    long newer = staging == null ? Fetch.NONE : staging.newerKept(Fetch.NONE);
    return synced.ok() && newer != Fetch.NONE
        ? all.flags.fetch(Fetch.bypassing(newer))
        : CompletableFuture.completedFuture(synced);
  }

  private void loaded(Parts all, Synced synced, int mine) {
    if (!active || mine != life) {
      return;
    }
    if (synced.ok()) {
      startup.succeeded();
      extended.reset();
      patience.end();
      show();
      if (once) {
        halt();
      } else {
        run(all);
      }
      loaded.complete(null);
      return;
    }
    patience.inVain();
    if (synced.addressTooLong()) {
      tooLong = true; // the same address would be too long again: only retryNow() tries it
    } else {
      Duration wait = synced.lasting() ? extended.failed() : startup.failed(synced.retryAfter());
      loading = lane.after(wait, () -> loadAgain(mine));
    }
  }

  private void loadAgain(int mine) {
    if (mine == life) {
      load();
    }
  }

  /** What was loaded takes the place of what was kept, in force and in the file. */
  private void show() {
    if (staging != null && keeper != null && !staging.isOpen()) {
      staging.open();
      services.report().fromCache(false);
      keeper.complete();
    }
  }

  private void run(Parts all) {
    all.flagPolling.start();
    all.segmentPolling.start();
    if (settings.streams.enabled()) {
      all.streaming.start();
    }
  }

  private static CompletableFuture<Synced> syncAll(FlagSync flags, SegmentSync segments) {
    return flags
        .fetch(Fetch.FRESH)
        .thenCompose(synced -> synced.then(() -> segments.fetchAll(Fetch.FRESH)));
  }

  @Override
  public void streaming() {
    Parts all = parts;
    if (all == null) {
      return;
    }
    streams(true);
    streamLog.info("Changes arrive by streaming");
    all.updates.start();
    all.flagPolling.stop();
    all.segmentPolling.stop();
    all.catchUp.begin();
  }

  @Override
  public void notStreaming(String why) {
    Parts all = parts;
    if (all == null || !active) {
      return;
    }
    streamLog.atLevel(streams ? Level.INFO : Level.DEBUG).log("Changes are polled for: {}", why);
    boolean gap = streams || !fallenBack; // else polling has taken over already
    streams(false);
    fallenBack = true;
    all.catchUp.stop();
    all.updates.stop();
    all.flagPolling.start();
    all.segmentPolling.start();
    if (gap) {
      CompletableFuture<Synced> unused = syncAll(all.flags, all.segments);
    }
  }

  private void streams(boolean now) {
    streams = now;
    services.report().streaming(settings.streams.state(now));
  }

  @Override
  public void replacing() {
    Parts all = parts;
    if (all != null) {
      all.flagPolling.start();
      all.segmentPolling.start();
    }
  }

  @Override
  public void alive() {
    Parts all = parts;
    if (all != null) {
      all.troubles.alive();
    }
  }

  @Override
  public void notified(Notification notification) {
    Parts all = parts;
    if (all != null) {
      all.updates.follow(notification);
    }
  }
}
