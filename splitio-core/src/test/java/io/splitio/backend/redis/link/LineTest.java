package io.splitio.backend.redis.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisCommandExecutionException;
import io.splitio.backend.redis.ToyRedis;
import io.splitio.backend.redis.settings.Address;
import io.splitio.backend.redis.settings.Address.Node;
import io.splitio.backend.redis.settings.RedisSettings;
import io.splitio.backend.redis.settings.RedisSettings.Login;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What waits for a connection was not sent, whatever it is that keeps it from one. */
class LineTest {
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final ToyRedis redis = new ToyRedis(command -> null);
  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
  private final Wires wires =
      new Wires(
          new RedisSettings(
              new Address.Single(new Node("127.0.0.1", redis.port()), 0), Login.NONE, null),
          Thread::new);
  private final Line line = new Line(wires, scheduler, new Usual());
  private volatile boolean stuck;
  private final AtomicInteger misled = new AtomicInteger(); // so many times yet

  @AfterEach
  void stop() {
    goOn.countDown();
    wires.close(line.stop(), Duration.ofSeconds(5));
    scheduler.shutdownNow();
    redis.close();
  }

  /** Begins with nothing, or elsewhere, or never comes to an end of it. */
  private final class Usual implements Line.Use {
    @Override
    public CompletionStage<?> begin(Wire wire) {
      if (misled.getAndDecrement() > 0) {
        return CompletableFuture.failedFuture(moved());
      }
      return stuck ? new CompletableFuture<>() : CompletableFuture.completedFuture(null);
    }

    @Override
    public void up() {}

    @Override
    public void down(Throwable cause) {}
  }

  private static Throwable moved() {
    return new RedisCommandExecutionException("MOVED 2392 127.0.0.1:1");
  }

  private static RedisFault failure(CompletableFuture<?> answer) {
    await().until(answer::isDone);
    return RedisFault.of(RedisFault.failureOf(answer));
  }

  private CompletableFuture<Wire> insteadOfOneThatBroke() {
    Wire wire = line.whenUp().join();
    stuck = true;
    return line.insteadOf(wire, new IOException("it broke"));
  }

  @Test
  void whoWaitsForAnotherConnectionSentNothingWhenTheLineIsClosed() {
    CompletableFuture<Wire> other = insteadOfOneThatBroke();

    line.stop().join();

    assertThat(failure(other).surelyNotSent()).isTrue();
  }

  @Test
  void whoWaitsForAnotherConnectionSentNothingWhenThereIsNoneInTime() {
    CompletableFuture<Wire> other = insteadOfOneThatBroke();

    assertThat(failure(other).surelyNotSent()).isTrue();
  }

  @Test
  void whoIsSentOnAndOnIsSentToTheEnd() {
    Line patient = new Line(wires, scheduler, new Usual(), Duration.ofSeconds(20));
    Wire wire = patient.whenUp().join();
    misled.set(2);

    CompletableFuture<Wire> other = patient.insteadOf(wire, moved());

    assertThat(other).succeedsWithin(Duration.ofSeconds(20));
    assertThat(redis.accepted()).isEqualTo(4);
    patient.stop().join();
  }

  /** As after a suspension, when whoever resumed it asks at once. */
  @Test
  void whoAsksRightAfterTheStartWaitsForTheConnection() {
    Line patient = new Line(wires, scheduler, new Usual(), Duration.ofSeconds(20));
    patient.start();

    CompletableFuture<Wire> soon = patient.soon();

    assertThat(soon).succeedsWithin(Duration.ofSeconds(20));
    patient.stop().join();
  }

  @Test
  void whoWaitsForTheFirstConnectionSentNothingWhenTheLineIsClosed() {
    stuck = true;
    CompletableFuture<Wire> first = line.whenUp();
    await().until(() -> redis.accepted() == 1);

    line.stop().join();

    assertThat(failure(first).surelyNotSent()).isTrue();
  }
}
