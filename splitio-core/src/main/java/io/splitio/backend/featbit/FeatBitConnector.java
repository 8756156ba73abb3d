package io.splitio.backend.featbit;

import io.splitio.backend.Backend;
import io.splitio.backend.Connector;
import io.splitio.backend.FedSource;
import io.splitio.backend.Services;
import io.splitio.engine.SnapshotStore;
import io.splitio.record.Sinks;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Flags from FeatBit.
 *
 * <p>Immutable: each method returns a changed copy. Safe for use by any thread.
 */
public final class FeatBitConnector implements Connector {
  private final @Nullable Path file;

  private FeatBitConnector(@Nullable Path file) {
    this.file = file;
  }

  /** No connection and no flags: every answer is a default. */
  public static FeatBitConnector offline() {
    return new FeatBitConnector(null);
  }

  /**
   * No connection; flags from a file, which holds what FeatBit's server answers at {@code
   * /api/public/sdk/server/latest-all}.
   */
  public static FeatBitConnector offline(Path file) {
    return new FeatBitConnector(file);
  }

  @Override
  public Backend connect(Services services) {
    SnapshotStore store = new SnapshotStore(services.changes());
    OfflineFeed feed = new OfflineFeed(file, services.report());
    return new Backend("featbit", new FedSource(store, feed), Sinks.none());
  }

  @Override
  public String environment() {
    return "featbit offline " + file;
  }

  @Override
  public String environmentInWords() {
    return "FeatBit's flags offline";
  }

  @Override
  public String toString() {
    return "FeatBitConnector[offline, " + file + "]";
  }
}
