package io.splitio.testing;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** The SDK's threads that were started since a test began. */
public final class SdkThreadsAlive {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Set<Thread> before = new HashSet<>(all());

  /** Remembers the threads there are. */
  public SdkThreadsAlive() {}

  /** Those started since that still live. */
  public Set<String> names() {
    return all().stream()
        .filter(thread -> !before.contains(thread))
        .map(Thread::getName)
        .collect(Collectors.toSet());
  }

  /** Waits for the end of all of them. */
  public void awaitNone() {
    Awaitility.await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> names().isEmpty());
  }

  private static Set<Thread> all() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("splitio-(?!fake-).*"))
        .collect(Collectors.toSet());
  }
}
