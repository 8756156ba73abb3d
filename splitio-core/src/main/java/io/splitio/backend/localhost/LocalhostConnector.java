package io.splitio.backend.localhost;

import io.splitio.backend.Backend;
import io.splitio.backend.Connector;
import io.splitio.backend.Services;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Flags from a file on this machine: {@code .split}, YAML or JSON. Immutable. */
public final class LocalhostConnector implements Connector {
  private LocalhostConnector() {}

  /** Flags from {@code .split} in the user's home directory. */
  public static LocalhostConnector defaults() {
    throw new UnsupportedOperationException();
  }

  /**
   * Flags from a file whose format follows from its extension: json, yaml or yml, or else the
   * {@code .split} format. A directory means the {@code .split} file in it.
   */
  public static LocalhostConnector file(Path file) {
    throw new UnsupportedOperationException();
  }

  /** Flags from a text, read once; the format follows from the extension of the name. */
  public static LocalhostConnector content(String fileName, String text) {
    throw new UnsupportedOperationException();
  }

  /**
   * Flags from memory, each with one treatment for everybody; they can be changed while running.
   */
  public static InMemoryTreatments treatments(Map<String, String> treatments) {
    return new InMemoryTreatments(treatments);
  }

  /** Segments from {@code <name>.json} files in a directory. */
  public LocalhostConnector segments(Path directory) {
    throw new UnsupportedOperationException();
  }

  /**
   * Looks for changes of the files at the given interval, 10 ms or longer. Without it they are read
   * once.
   */
  public LocalhostConnector refresh(Duration interval) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Backend connect(Services services) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String environment() {
    return "localhost";
  }
}
