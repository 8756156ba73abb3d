package io.splitio.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The TCP connections to a port of this machine, as the system sees them. */
public final class OpenSockets {
  private static final String ESTABLISHED = "01";
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

  private OpenSockets() {}

  /** Whether this system can be asked. */
  public static boolean known() {
    return Files.isReadable(TABLES.get(0));
  }

  /** How many connections to a port stand, seen from the side that opened them. */
  public static long to(int port) {
    String end = String.format(":%04X", port);
    return TABLES.stream()
        .filter(Files::isReadable)
        .flatMap(table -> lines(table).stream())
        .map(line -> line.trim().split("\\s+"))
        .filter(columns -> columns[2].endsWith(end) && columns[3].equals(ESTABLISHED))
        .count();
  }

  private static List<String> lines(Path table) {
    try {
      return Files.readAllLines(table);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
