package io.splitio.backend.featbit;

import io.splitio.backend.Feed;
import io.splitio.backend.SyncReport;
import io.splitio.backend.featbit.data.DataSync;
import io.splitio.backend.featbit.data.MessageReader;
import io.splitio.engine.Change;
import io.splitio.engine.SnapshotStore;
import io.splitio.json.MalformedJsonException;
import io.splitio.log.LogSafe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Flags from a document that was fetched from FeatBit earlier; nothing is connected to. */
final class OfflineFeed implements Feed {
  private static final Logger log = LoggerFactory.getLogger("splitio.sync");

  private final @Nullable Path file;
  private final SyncReport report;

  OfflineFeed(@Nullable Path file, SyncReport report) {
    this.file = file;
    this.report = report;
  }

  @Override
  public CompletableFuture<Void> start(SnapshotStore store) {
    try {
      Change change = file == null ? null : load(file);
      if (change != null) {
        store.apply(change);
      }
    } catch (IOException | IllegalArgumentException e) {
      return CompletableFuture.failedFuture(
          new IllegalStateException(
              "The file '" + file + "' cannot be used: " + e.getMessage(), e));
    }
    report.completed();
    return CompletableFuture.completedFuture(null);
  }

  private static @Nullable Change load(Path file) throws IOException {
    return new Versions().take(read(Files.readString(file)));
  }

  /** The definitions of a document, whether it says it is full or not. */
  private static DataSync read(String document) throws MalformedJsonException {
    DataSync read = MessageReader.read(document);
    if (read == null) {
      throw new IllegalArgumentException(
          "it is not what FeatBit's /api/public/sdk/server/latest-all answers, a data-sync message");
    }
    read.rejected().forEach(problem -> log.warn("Left out: {}", LogSafe.line(problem)));
    return new DataSync(true, read.flags(), read.segments(), read.rejected());
  }

  @Override
  public boolean knowsTrafficTypes() {
    return false;
  }

  @Override
  public void close() {}
}
