package io.splitio.soak.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What this process takes of the machine. Linux only. */
public final class ProcessFigures {
  private ProcessFigures() {}

  /** The live heap, in bytes. */
  public static long heap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
      Patience.pass(java.time.Duration.ofMillis(20)); // lets references be cleared
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** The resident memory, in kB. */
  public static long resident() {
    return lines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }

  /** How many file descriptors are open. */
  public static long descriptors() {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The threads of the SDK. */
  public static Set<Thread> sdkThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("splitio-(?!fake).*"))
        .collect(Collectors.toSet());
  }

  /** How many sockets to this port are established or wait to be closed. */
  public static long sockets(int port) {
    String there = ":" + String.format("%04X", port);
    return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
        .flatMap(table -> lines(Path.of(table)).stream())
        .map(line -> line.strip().split("\\s+", -1))
        .filter(field -> field.length > 3 && field[2].endsWith(there))
        .filter(field -> field[3].equals("01") || field[3].equals("08"))
        .count();
  }

  /** How many shutdown hooks are registered. */
  public static int shutdownHooks() {
    try {
      var hooks = Class.forName("java.lang.ApplicationShutdownHooks").getDeclaredField("hooks");
      hooks.setAccessible(true);
      return ((java.util.Map<?, ?>) hooks.get(null)).size();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
