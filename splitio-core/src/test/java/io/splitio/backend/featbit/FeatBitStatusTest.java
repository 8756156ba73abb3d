package io.splitio.backend.featbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Who learns what first, when the first definitions are taken in. */
class FeatBitStatusTest {
  private static final Duration LIMIT = Duration.ofSeconds(40);

  private final FeatBitStatus status = new FeatBitStatus(Clock.systemUTC());
  private final AtomicBoolean flags = new AtomicBoolean();

  @Test
  void whoWaitsForFlagsSeesTheState() {
    status.ok(() -> assertThat(status.current().type()).isEqualTo(FeatBitState.Type.OK));
    assertThat(status.current().type()).isEqualTo(FeatBitState.Type.OK);
  }

  @Test
  void whoWaitsForTheStateSeesFlags() {
    CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(this::flagsWhenOk);
    status.ok(() -> releaseLate(waiting));
    assertThat(waiting).succeedsWithin(LIMIT).isEqualTo(true);
  }

  private boolean flagsWhenOk() {
    try {
      return status.await(FeatBitState.Type.OK, LIMIT) && flags.get();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void releaseLate(CompletableFuture<Boolean> waiting) {
    await().during(Duration.ofMillis(100)).atMost(LIMIT).until(() -> !waiting.isDone());
    flags.set(true);
  }

  @Test
  void nobodyHearsOfAnythingAfterTheEnd() {
    List<FeatBitState.Type> heard = new CopyOnWriteArrayList<>();
    status.listen(state -> heard.add(state.type()));
    status.off();
    status.ok(() -> flags.set(true));
    status.failedForGood(FeatBitState.ErrorType.REQUEST_INVALID, "of the test");
    assertThat(heard).containsExactly(FeatBitState.Type.OFF);
    assertThat(flags).isFalse();
  }

  @Test
  void whoListensToTheStateSeesFlagsAndHearsOfItOnce() {
    List<Boolean> heard = new CopyOnWriteArrayList<>();
    status.listen(state -> heard.add(flags.get()));
    status.ok(() -> flags.set(true));
    status.ok(() -> {});
    assertThat(heard).containsExactly(true);
  }
}
