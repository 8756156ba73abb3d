package io.splitio.backend.redis.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.backend.redis.ToyRedis;
import io.splitio.backend.redis.settings.Address;
import io.splitio.backend.redis.settings.Address.Node;
import io.splitio.backend.redis.settings.RedisSettings;
import io.splitio.backend.redis.settings.RedisSettings.Login;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The connection to a node that is asked while keys are moved to it. */
class DetourTest {
  private final ToyRedis redis = new ToyRedis(command -> null);
  private final Node node = new Node("127.0.0.1", redis.port());
  private final Wires wires =
      new Wires(new RedisSettings(new Address.Single(node, 0), Login.NONE, null), Thread::new);
  private final Deque<Runnable> later = new ArrayDeque<>();
  private final Detour detour = detour((idle, task) -> later.add(task));

  @AfterEach
  void stop() {
    wires.close(CompletableFuture.completedFuture(null), Duration.ofSeconds(5));
    redis.close();
  }

  private Detour detour(BiConsumer<Duration, Runnable> timer) {
    return new Detour(node, Duration.ofMinutes(2), wires::to, timer);
  }

  private void ask() {
    assertThat(detour.ask(to -> to.hlen("list"))).succeedsWithin(Duration.ofSeconds(20));
  }

  @Test
  void isClosedWhenNothingWasAskedForAWhileAndMadeAnewWhenSomethingIs() {
    ask();
    later.remove().run();
    ask();
    later.remove().run();
    assertThat(redis.open()).isEqualTo(1);
    assertThat(redis.accepted()).isEqualTo(1);

    later.remove().run();

    await().until(() -> redis.open() == 0);
    assertThat(later).isEmpty();
    ask();
    assertThat(redis.accepted()).isEqualTo(2);
  }

  @Test
  void isNotClosedWhileAnAnswerMayBeAwaited() {
    AtomicReference<Duration> idle = new AtomicReference<>();
    Detour patient = detour((after, task) -> idle.set(after));

    assertThat(patient.ask(to -> to.hlen("list"))).succeedsWithin(Duration.ofSeconds(20));

    assertThat(idle).hasValue(Duration.ofMinutes(2));
  }

  @Test
  void isClosedWhereNobodyCouldCloseItLater() {
    Detour late =
        detour(
            (idle, task) -> {
              throw new IllegalStateException("over");
            });

    assertThat(late.ask(to -> to.hlen("list")))
        .failsWithin(Duration.ofSeconds(20))
        .withThrowableThat()
        .withCauseInstanceOf(NotSentException.class);

    await().until(() -> redis.open() == 0);
    assertThat(redis.accepted()).isEqualTo(1);
  }
}
