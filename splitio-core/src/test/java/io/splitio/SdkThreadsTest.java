package io.splitio;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SdkThreadsTest {
  @Test
  void aThreadThatIsNeverStartedIsNotWaitedFor() {
    SdkThreads threads = new SdkThreads(null);
    Thread idle = threads.forRole("http").newThread(() -> {});
    long start = System.nanoTime();
    threads.awaitEnd(Duration.ofSeconds(5));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    assertThat(idle.getState()).isEqualTo(Thread.State.NEW);
  }
}
