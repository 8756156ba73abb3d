package io.splitio.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A node of a cluster says that another has the keys now, and that one does not answer at first.
 */
class HungOwnerTest {
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final AtomicBoolean hung = new AtomicBoolean();
  private final TestSdks sdks = new TestSdks();
  private final ToyRedis owner = new ToyRedis(this::hungOnce);
  private final ToyRedis before = new ToyRedis(this::moved);

  @AfterEach
  void stop() {
    goOn.countDown();
    sdks.close();
    before.close();
    owner.close();
  }

  private String moved(List<String> command) {
    return command.get(0).equals("RPUSH") ? "-MOVED 2392 " + owner.node() + "\r\n" : null;
  }

  /** The connection on which something is written first stays silent, and the others answer. */
  private String hungOnce(List<String> command) {
    if (command.get(0).equals("RPUSH") && hung.compareAndSet(false, true)) {
      try {
        goOn.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return null;
  }

  private SplitFactory ready() {
    return sdks.ready(
        RedisConnector.cluster(List.of(before.node()))
            .withoutPush()
            .commandTimeout(Duration.ofSeconds(2)));
  }

  @Test
  void isNotWrittenToAgainOnTheConnectionThatStayedSilent() {
    SplitFactory factory = ready();
    factory.client().track("k", "user", "first");
    await().until(() -> factory.health().events().abandoned() == 1);

    factory.client().track("k", "user", "second");

    await().until(() -> factory.health().events().queued() == 0);
    assertThat(factory.health().events().delivered()).isEqualTo(1);
    TestSdks.assertExact(factory.health());
  }
}
