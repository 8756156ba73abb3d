package io.splitio.backend.featbit;

import io.splitio.backend.Services;
import io.splitio.backend.SyncReport;
import io.splitio.backend.Verdict;
import io.splitio.backend.featbit.FeatBitState.ErrorType;
import io.splitio.backend.featbit.data.DataSync;
import io.splitio.engine.Snapshot;
import io.splitio.engine.SnapshotListener;
import io.splitio.engine.SnapshotStore;
import io.splitio.log.LogSafe;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts in force what messages bring, and tells of it. Whoever waited, listens or asks for the state
 * finds all of it true: flags are there, and the state is OK. Used on one lane, but for the store
 * and what it tells.
 */
final class Intake {
  private static final Logger log = LoggerFactory.getLogger("splitio.stream");

  private final SyncReport report;
  private final SnapshotListener changes;
  private final FeatBitStatus status;
  private final SnapshotStore store;
  private final CompletableFuture<Void> loaded = new CompletableFuture<>();
  private final Versions versions = new Versions();
  private @Nullable Snapshot from; // what listeners know, while they are behind
  private @Nullable Snapshot to;

  Intake(Services services) {
    this.report = services.report();
    this.changes = services.changes();
    this.status = new FeatBitStatus(services.clock());
    this.store = new SnapshotStore(this::changed);
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
    message.rejected().forEach(one -> log.warn("Left out: {}", LogSafe.line(one.problem())));
    versions.take(message, store::apply);
    return versions.loaded();
  }

  private void changed(Snapshot before, Snapshot after) {
    from = from == null ? before : from;
    to = after;
    changes.inForce(after);
  }

  /** Tells that definitions are there and current. */
  void current() {
    report.succeeded();
    status.ok(report::waitingIsOver, this::tell);
  }

  /** Those who wait before those who listen: who hears of flags finds that the SDK is ready. */
  private void tell() {
    loaded.complete(null);
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
    } else {
      report.failed(said);
    }
    status.interrupted(type, said);
    if (type.lasting()) {
      report.waitingIsInVain();
    }
  }
}
