package io.splitio.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitFactory;
import io.splitio.api.Key;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** All sentinels take connections and say nothing, when those to the master are cut. */
class SilentSentinelsTest {
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile boolean silent;
  private volatile long patience = Long.MAX_VALUE;
  private final TestSdks sdks = new TestSdks();
  private final ToyRedis master = new ToyRedis(ToySentinels::asMaster);
  private final ToyRedis next = new ToyRedis(ToySentinels::asMaster);
  private final AtomicReference<ToyRedis> named = new AtomicReference<>(master);
  private final ToyRedis one = new ToyRedis(this::asSentinel);
  private final ToyRedis other = new ToyRedis(this::asSentinel);

  @AfterEach
  void stop() {
    over.countDown();
    sdks.close();
    List.of(one, other, next, master).forEach(ToyRedis::close);
  }

  private String asSentinel(List<String> command) {
    if (silent) {
      try {
        boolean unused = over.await(patience, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return ToySentinels.naming(named.get(), command);
  }

  private SplitFactory ready(ToyRedis... sentinels) {
    return sdks.ready(
        RedisConnector.sentinels("flags", Arrays.stream(sentinels).map(ToyRedis::node).toList())
            .withoutPush()
            .localCopies(Duration.ZERO)
            .callBudget(Duration.ofSeconds(5))
            .connectTimeout(Duration.ofMinutes(5)));
  }

  private static void awaitReads(SplitFactory factory) {
    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(
            () ->
                assertThat(factory.client().evaluate(Key.of("k"), "none", Map.of()).label())
                    .isEqualTo("definition not found"));
  }

  @Test
  void theLastMasterIsUsedAgainHoweverLongAConnectionMayTake() {
    assertLastMasterIsUsedAgain(ready(one, other));
  }

  @Test
  void theLastMasterIsUsedAgainAlsoWhereThereIsOneSentinel() {
    assertLastMasterIsUsedAgain(ready(one));
  }

  private void assertLastMasterIsUsedAgain(SplitFactory factory) {
    awaitReads(factory);

    silent = true;
    int before = master.accepted();
    master.cut();

    await().atMost(Duration.ofSeconds(40)).until(() -> master.accepted() > before);
    awaitReads(factory);
  }

  @Test
  void theyAreAwaitedWhereTheLastMasterIsGone() {
    SplitFactory factory = ready(one, other);
    awaitReads(factory);
    named.set(next);
    patience = 1_500;
    silent = true;

    master.close();

    await().atMost(Duration.ofSeconds(40)).until(() -> next.accepted() > 0);
    awaitReads(factory);
  }
}
