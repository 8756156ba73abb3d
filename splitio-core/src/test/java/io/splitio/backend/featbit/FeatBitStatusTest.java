package io.splitio.backend.featbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.backend.featbit.FeatBitState.Type;
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
    status.ok(() -> assertThat(status.current().type()).isEqualTo(Type.OK));
    assertThat(status.current().type()).isEqualTo(Type.OK);
  }

  @Test
  void whoWaitsForTheStateSeesFlags() {
    CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(this::flagsWhenOk);
    status.ok(() -> releaseLate(waiting));
    assertThat(waiting).succeedsWithin(LIMIT).isEqualTo(true);
  }

  private boolean flagsWhenOk() {
    try {
      return status.await(Type.OK, LIMIT) && flags.get();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void releaseLate(CompletableFuture<Boolean> waiting) {
    await().during(Duration.ofMillis(100)).atMost(LIMIT).until(() -> !waiting.isDone());
    flags.set(true);
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
