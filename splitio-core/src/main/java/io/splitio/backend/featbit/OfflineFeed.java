package io.splitio.backend.featbit;

import io.splitio.backend.Feed;
import io.splitio.backend.Lane;
import io.splitio.backend.Services;
import io.splitio.backend.featbit.FeatBitState.ErrorType;
import io.splitio.backend.featbit.data.DataSync;
import io.splitio.backend.featbit.data.MessageReader;
import io.splitio.engine.SnapshotStore;
import io.splitio.json.MalformedJsonException;
import io.splitio.log.LogSafe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Flags from documents that were fetched from FeatBit earlier; nothing is connected to. */
final class OfflineFeed implements Feed, FeatBitFeatures {
  private static final Logger log = LoggerFactory.getLogger("splitio.sync");

  private final @Nullable Path file;
  private final Services services;
  private final FeatBitStatus status;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final Lane lane;
  private final Versions versions = new Versions(); // guarded by this
  private @Nullable SnapshotStore store; // guarded by this

  OfflineFeed(@Nullable Path file, Services services) {
    this.file = file;
    this.services = services;
    this.status = new FeatBitStatus(services.clock());
    this.lane = new Lane(services.scheduler());
  }

  @Override
  public CompletableFuture<Void> start(SnapshotStore to) {
    synchronized (this) {
      store = to;
    }
    Path wanted = file;
    if (wanted == null) {
      loaded();
    } else {
      lane.execute(() -> read(wanted));
    }
    return ready;
  }

  private void read(Path wanted) {
    try {
      take(Files.readString(wanted));
      loaded();
    } catch (Throwable e) {
      String problem = LogSafe.line("The file '" + wanted + "' cannot be used: " + why(e));
      status.failedForGood(ErrorType.DATA_STORAGE_INIT, problem);
      services.report().failedForGood(problem);
    }
  }

  /** Reads a file again that could not be used; it may have been mended. */
  @Override
  public void retryNow() {
    Path wanted = file;
    if (wanted != null && !ready.isDone()) {
      lane.execute(() -> read(wanted));
    }
  }

  private void loaded() {
    services.report().completed();
    status.ok(() -> ready.complete(null));
  }

  private static String why(Throwable e) {
    String message = e.getMessage();
    boolean plain = e instanceof MalformedJsonException || e instanceof IllegalArgumentException;
    return !plain ? e.getClass().getSimpleName() + " " + message : String.valueOf(message);
  }

  private synchronized void take(String document) throws MalformedJsonException {
    SnapshotStore to = store;
    if (to != null) {
      versions.take(read(document), to::apply);
    }
  }

  @Override
  public boolean load(String json) {
    try {
      take(json);
      loaded();
      return true;
    } catch (MalformedJsonException | RuntimeException e) {
      log.error(
          "The definitions given are left out: {}", LogSafe.line(String.valueOf(e.getMessage())));
      return false;
    }
  }

  /** The definitions of a document, whether it says it is full or not. */
  private static DataSync read(String document) throws MalformedJsonException {
    DataSync read = MessageReader.read(document);
    if (read == null) {
      throw new IllegalArgumentException(
          "it is not what FeatBit's /api/public/sdk/server/latest-all answers, a data-sync message");
    }
    read.rejected().forEach(one -> log.warn("Left out: {}", LogSafe.line(one.problem())));
    return new DataSync(true, read.flags(), read.segments(), read.rejected());
  }

  @Override
  public FeatBitStatus status() {
    return status;
  }

  @Override
  public boolean offline() {
    return true;
  }

  @Override
  public boolean namesAreSplits() {
    return false;
  }

  @Override
  public boolean knowsTrafficTypes() {
    return false;
  }

  @Override
  public void close() {
    status.off();
  }
}
