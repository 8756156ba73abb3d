package io.splitio.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;

/** The threads of the SDK in this JVM. */
public final class SdkThreads {
  private SdkThreads() {}

  /** Those that are alive. */
  public static List<Thread> alive() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("splitio"))
        .filter(thread -> !thread.getName().startsWith("splitio-fake")) // the cloud of a test
        .toList();
  }

  /** Fails unless all end within a second. */
  public static void assertNoneLeft() {
    await()
        .atMost(Duration.ofSeconds(1))
        .untilAsserted(() -> assertThat(alive()).as("threads of the SDK").isEmpty());
  }
}
