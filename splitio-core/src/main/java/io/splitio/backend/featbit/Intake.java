package io.splitio.backend.featbit;

import io.splitio.backend.Lane;
import io.splitio.backend.Patience;
import io.splitio.backend.Services;
import io.splitio.backend.SyncReport;
import io.splitio.backend.Verdict;
import io.splitio.backend.featbit.FeatBitState.ErrorType;
import io.splitio.backend.featbit.data.DataSync;
import io.splitio.backend.featbit.data.LeftOut;
import io.splitio.engine.Snapshot;
import io.splitio.engine.SnapshotListener;
import io.splitio.engine.SnapshotStore;
import io.splitio.log.LogSafe;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts in force what messages bring, and tells of it. Whoever waited, listens or asks for the state
 * finds all of it true: flags are there, and the state is OK, unless they are those that were kept.
 * Used on one lane, but for the store and what it tells.
 */
final class Intake {
  private static final Logger log = LoggerFactory.getLogger("splitio.stream");

  private final Lane lane;
  private final @Nullable Storekeeper keeper;
  private final Patience patience;
  private final SyncReport report;
  private final SnapshotListener changes;
  private final FeatBitStatus status;
  private final SnapshotStore store;
  private final CompletableFuture<Void> loaded = new CompletableFuture<>();
  private final Versions versions = new Versions();
  private final LeftOut leftOut = new LeftOut();
  private @Nullable Snapshot from; // what listeners know, while they are behind
  private @Nullable Snapshot to;
  private @Nullable Future<?> timer; // until which it is not told that waiting is in vain
  private boolean showsKept; // whether what was kept is in force
  private boolean resting;

  Intake(Services services) {
    this(services, null);
  }

  /** One that keeps what is in force besides. */
  Intake(Services services, @Nullable Storekeeper keeper) {
    this.lane = new Lane(services.scheduler());
    this.keeper = keeper;
    this.patience = new Patience(lane, loaded, () -> showsKept);
    this.report = services.report();
    this.changes = services.changes();
    this.status = new FeatBitStatus(services.clock());
    this.store = new SnapshotStore(this::changed);
  }

  /** Where it is used, by its feed too. */
  Lane lane() {
    return lane;
  }

  /** What it fills. */
  SnapshotStore store() {
    return store;
  }

  FeatBitStatus status() {
    return status;
  }

  /** That it is in vain to wait, for readiness or the state. */
  Verdict verdict() {
    return report.verdict().and(status);
  }

  /** Completes with the first definitions. */
  CompletableFuture<Void> loaded() {
    return loaded;
  }

  /** The version to ask the server from: 0 before anything is loaded. */
  long version() {
    return versions.version();
  }

  /** Whether there are definitions. */
  boolean filled() {
    return versions.loaded();
  }

  /** What kind of trouble it is if a message cannot be put in force. */
  ErrorType trouble() {
    return versions.loaded() ? ErrorType.DATA_STORAGE_UPDATE : ErrorType.DATA_STORAGE_INIT;
  }

  /**
   * Puts in force what is news; nobody is told before {@link #current}.
   *
   * @return whether there are definitions now; a patch alone makes none
   */
  boolean take(DataSync message) {
    leftOut.tell(message.rejected());
    Versions.Taken news = versions.take(message, store::apply);
    if (keeper != null && news != null) {
      keep(keeper, news);
    }
    return versions.loaded();
  }

  private static void keep(Storekeeper keeper, Versions.Taken news) {
    Map<String, String> documents = news.documents();
    if (news.message().full() && news.isWhole()) {
      keeper.replace(documents);
    } else if (!documents.isEmpty()) {
      keeper.put(documents);
    }
  }

  /** Before definitions are asked for: what was kept may be in force in a moment. */
  void begin() {
    if (keeper != null) {
      report.hold();
      lane.execute(() -> timer = lane.after(Patience.LONGEST, report::release));
      keeper.load(kept -> lane.execute(() -> restore(kept)));
    }
  }

  private void restore(DataSync kept) {
    leftOut.tell(kept.rejected());
    try {
      if (!versions.loaded() && !kept.isEmpty()) {
        show(kept);
      }
    } finally {
      timer = Lane.cancelled(timer);
      report.release();
    }
  }

  /** What was kept is in force until others come, and is no version to ask from. */
  private void show(DataSync kept) {
    Versions.Taken unused = new Versions().take(kept, store::apply);
    showsKept = true;
    report.fromCache(true);
    log.info("{} kept flags are in force until FeatBit answers", store.current().flagCount());
    if (!resting) {
      patience.begin();
    }
    tellOfChanges();
  }

  /** Has nothing wait any more; completes when nothing is written either. */
  CompletableFuture<Void> suspend() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    lane.execute(
        () -> {
          resting = true;
          patience.end();
          timer = Lane.cancelled(timer);
          report.release();
          done.complete(null);
        });
    return keeper == null ? done : done.thenCompose(rests -> keeper.suspend());
  }

  /** Goes on after that. On the lane. */
  void resume() {
    resting = false;
    if (keeper != null) {
      keeper.resume();
      patience.begin();
    }
  }

  /** What waits to be kept has the time that is left; this goes by no lane. */
  void close(Duration left) {
    if (keeper != null) {
      keeper.close(left);
    }
  }

  private void changed(Snapshot before, Snapshot after) {
    from = from == null ? before : from;
    to = after;
    changes.inForce(after);
  }

  /** Tells that definitions are there and current. */
  void current() {
    showsKept = false;
    patience.end();
    report.fromCache(false);
    report.succeeded();
    status.ok(report::waitingIsOver, this::tell);
  }

  /** Those who wait before those who listen: who hears of flags finds that the SDK is ready. */
  private void tell() {
    loaded.complete(null);
    tellOfChanges();
  }

  private void tellOfChanges() {
    Snapshot before = from;
    Snapshot after = to;
    if (before != null && after != null) {
      changes.changed(before, after);
      from = null; // not before: whoever could not be told is told with the next message
    }
  }

  /** Tells of trouble. */
  void trouble(ErrorType type, String problem, boolean forGood) {
    String said = LogSafe.line(problem);
    if (forGood) {
      report.failedForGood(said);
      status.failedForGood(type, said);
    } else {
      report.failed(said);
      status.interrupted(type, said);
    }
    if (forGood || type.lasting()) {
      report.waitingIsInVain();
    }
    patience.inVain();
  }
}
