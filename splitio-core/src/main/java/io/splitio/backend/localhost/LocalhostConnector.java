package io.splitio.backend.localhost;

import io.splitio.backend.Backend;
import io.splitio.backend.Connector;
import io.splitio.backend.FedSource;
import io.splitio.backend.Services;
import io.splitio.engine.SnapshotStore;
import io.splitio.record.Sinks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Flags from a file on this machine: {@code .split}, YAML or JSON. Immutable. */
public final class LocalhostConnector implements Connector {
  private static final Duration SHORTEST_REFRESH = Duration.ofMillis(10);

  private final Origin origin;
  private final @Nullable SegmentFolder segments;
  private final @Nullable Duration refresh;

  private LocalhostConnector(
      Origin origin, @Nullable SegmentFolder segments, @Nullable Duration refresh) {
    this.origin = origin;
    this.segments = segments;
    this.refresh = refresh;
  }

  /** Flags from {@code .split} in the user's home directory. */
  public static LocalhostConnector defaults() {
    return file(Path.of(System.getProperty("user.home", "."), ".split"));
  }

  /**
   * Flags from a file whose format follows from its extension: json, yaml or yml, or else the
   * {@code .split} format. A directory means the {@code .split} file in it.
   */
  public static LocalhostConnector file(Path file) {
    return new LocalhostConnector(new Origin.OfFile(file), null, null);
  }

  /** Flags from a text, read once; the format follows from the extension of the name. */
  public static LocalhostConnector content(String fileName, String text) {
    return new LocalhostConnector(new Origin.OfText(fileName, text), null, null);
  }

  /**
   * Flags from memory, each with one treatment for everybody; they can be changed while running.
   */
  public static InMemoryTreatments treatments(Map<String, String> treatments) {
    return new InMemoryTreatments(treatments);
  }

  /**
   * Segments from {@code <name>.json} files in a directory. Without it, segments have no members.
   */
  public LocalhostConnector segments(Path directory) {
    return new LocalhostConnector(origin, new SegmentFolder(directory), refresh);
  }

  /**
   * Looks for changes of the files at the given interval, 10 ms or longer. Without it they are read
   * once.
   *
   * @throws IllegalArgumentException when the interval is shorter
   */
  public LocalhostConnector refresh(Duration interval) {
    if (interval.compareTo(SHORTEST_REFRESH) < 0) {
      throw new IllegalArgumentException(
          "the refresh interval is " + interval + "; it must be at least 10 ms");
    }
    return new LocalhostConnector(origin, segments, interval);
  }

  @Override
  public Backend connect(Services services) {
    LocalhostFeed feed =
        new LocalhostFeed(new LocalhostFiles(origin, segments, services), refresh, services);
    SnapshotStore store = new SnapshotStore(services.changes());
    return new Backend("localhost", new FedSource(store, feed), Sinks.none());
  }

  @Override
  public String environment() {
    return "localhost";
  }

  @Override
  public String environmentInWords() {
    return "flags from local files";
  }
}
