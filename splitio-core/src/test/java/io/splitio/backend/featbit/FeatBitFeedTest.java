package io.splitio.backend.featbit;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.backend.Services;
import io.splitio.net.TextSocket;
import io.splitio.testing.ManualScheduler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a connection is tried again, by a clock that is moved by hand. */
class FeatBitFeedTest {
  private static final Duration LONG = Duration.ofHours(3);

  private final ManualScheduler time = new ManualScheduler();
  private final Services services = Lent.with(time, (before, after) -> {});
  private final Intake intake = new Intake(services);
  private final AtomicInteger attempts = new AtomicInteger();
  private final FeatBitFeed feed = new FeatBitFeed(this::fail, services, Pace.usual(), intake);

  private TextSocket fail(TextSocket.Listener listener) {
    attempts.incrementAndGet();
    throw new IllegalStateException("no thread for " + listener);
  }

  private void start() {
    CompletableFuture<Void> unused = feed.start(intake.store());
    time.runDue();
  }

  @AfterEach
  void end() {
    feed.close();
    time.shutdownNow();
  }

  @Test
  void itIsTriedForEver() {
    start();
    assertThat(attempts).hasValue(1);

    time.advance(LONG);

    assertThat(attempts).hasValueGreaterThan((int) LONG.toMinutes());
  }

  @Test
  void nothingIsTriedAfterTheEnd() {
    start();
    feed.close();

    time.advance(LONG);

    assertThat(attempts).hasValue(1);
  }

  @Test
  void nothingIsTriedWhileItIsSuspended() {
    start();
    CompletableFuture<Void> unused = feed.suspend();

    time.advance(LONG);
    assertThat(attempts).hasValue(1);

    feed.resume();
    time.runDue();
    assertThat(attempts).hasValue(2);
  }
}
