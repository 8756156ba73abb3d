package io.splitio.backend.featbit;

import static io.splitio.backend.featbit.WorkedExample.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.backend.Services;
import io.splitio.testing.ManualScheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When the sessions of an application's own source begin and end. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SourceFeedTest {
  private static final Duration LIMIT = Duration.ofSeconds(40);

  private final ManualScheduler scheduler = new ManualScheduler();
  private final AtomicInteger threadsDenied = new AtomicInteger();
  private final Services services =
      Lent.with(
          scheduler,
          (before, after) -> {},
          task -> threadsDenied.getAndDecrement() > 0 ? null : new Thread(task));
  private final Intake intake = new Intake(services);
  private final List<DefinitionSource.Receiver> opened = new CopyOnWriteArrayList<>();
  private final AtomicInteger closed = new AtomicInteger();

  private SourceFeed started(DefinitionSource source) {
    SourceFeed feed = new SourceFeed(source, services, Pace.usual(), intake);
    CompletableFuture<Void> unused = feed.start(intake.store());
    scheduler.runDue();
    return feed;
  }

  private AutoCloseable open(DefinitionSource.Receiver receiver) {
    opened.add(receiver);
    return closed::incrementAndGet;
  }

  private DefinitionSource.Receiver session(int number) {
    await().atMost(LIMIT).until(() -> opened.size() >= number);
    return opened.get(number - 1);
  }

  @AfterEach
  void end() {
    scheduler.shutdownNow();
  }

  @Test
  void aSessionForWhichThereIsNoThreadIsTriedAgain() {
    threadsDenied.set(1);
    try (SourceFeed feed = started(this::open)) {
      assertThat(feed.status().current().error()).isNotNull();
      assertThat(services.report().latest().problem())
          .isEqualTo("there is no thread for the definition source");
      scheduler.advance(Duration.ofSeconds(1));
      session(1);
    }
  }

  @Test
  void whoBringsSomethingBadWhileItBeginsIsNotInterrupted() {
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    DefinitionSource bad =
        receiver -> {
          receiver.dataSync("{");
          await().atMost(LIMIT).until(() -> services.report().latest().problem() != null);
          interrupted.complete(Thread.currentThread().isInterrupted());
          return closed::incrementAndGet;
        };
    try (SourceFeed feed = started(bad)) {
      await().atMost(LIMIT).until(() -> runsUntil(interrupted));
      assertThat(interrupted).isCompletedWithValue(false);
      await().atMost(LIMIT).until(() -> closed.get() == 1);
      assertThat(feed.offline()).isFalse();
    }
  }

  /** One that brings something bad each time, and then blocks. */
  private DefinitionSource badAndBlocking(CountDownLatch brought, CountDownLatch interrupted) {
    return receiver -> {
      opened.add(receiver);
      receiver.dataSync("{");
      brought.countDown();
      try {
        boolean unused = new CountDownLatch(1).await(LIMIT.toSeconds(), TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        interrupted.countDown();
      }
      return closed::incrementAndGet;
    };
  }

  @Test
  void whoThenBlocksIsInterruptedByASuspension() {
    CountDownLatch brought = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    try (SourceFeed feed = started(badAndBlocking(brought, interrupted))) {
      await().atMost(LIMIT).until(() -> runsUntilTrouble() && brought.getCount() == 0);
      assertThat(interrupted.getCount()).isEqualTo(1);
      CompletableFuture<Void> rests = feed.suspend();
      await().atMost(LIMIT).until(() -> runsUntil(rests));
      assertThat(interrupted.getCount()).isZero();
      assertThat(closed).hasValue(1);
    }
    assertThat(opened).hasSize(1);
  }

  @Test
  void whoThenBlocksIsInterruptedByTheEnd() {
    CountDownLatch brought = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    SourceFeed feed = started(badAndBlocking(brought, interrupted));
    await().atMost(LIMIT).until(() -> runsUntilTrouble() && brought.getCount() == 0);
    feed.close(LIMIT);
    assertThat(interrupted.getCount()).isZero();
    assertThat(closed).hasValue(1);
  }

  @Test
  void whoThenBlocksIsInterruptedByARetry() {
    CountDownLatch brought = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    try (SourceFeed feed = started(badAndBlocking(brought, interrupted))) {
      await().atMost(LIMIT).until(() -> runsUntilTrouble() && brought.getCount() == 0);
      feed.retryNow();
      scheduler.runDue();
      session(2);
      assertThat(interrupted.getCount()).isZero();
      assertThat(closed).hasValue(1);
    }
  }

  @Test
  void whoThenBlocksDoesNotKeepTheNextSessionWaiting() {
    CountDownLatch brought = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    try (SourceFeed feed = started(badAndBlocking(brought, interrupted))) {
      await().atMost(LIMIT).until(() -> runsUntilTrouble() && brought.getCount() == 0);
      scheduler.advance(Duration.ofSeconds(1));
      session(2);
      assertThat(interrupted.getCount()).isZero();
      assertThat(feed.offline()).isFalse();
    }
  }

  private boolean runsUntil(CompletableFuture<?> done) {
    scheduler.runDue();
    return done.isDone();
  }

  @Test
  void aSessionThatHasBegunAndBroughtNothingYetIsLeftAlone() {
    try (SourceFeed feed = started(this::open)) {
      DefinitionSource.Receiver first = session(1);
      feed.retryNow();
      scheduler.runDue();
      first.dataSync(resource("full.json")); // so it is not over
      scheduler.runDue();
      assertThat(feed.status().current().type()).isEqualTo(FeatBitState.Type.OK);
    }
    assertThat(opened).hasSize(1);
  }

  @Test
  void whatAnInterruptedThreadBringsIsTakenAndItStaysInterrupted() {
    try (SourceFeed feed = started(this::open)) {
      DefinitionSource.Receiver only = session(1);
      Thread.currentThread().interrupt();
      only.dataSync(resource("full.json"));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(feed.status().current().type()).isEqualTo(FeatBitState.Type.OK);
    }
    assertThat(opened).hasSize(1);
  }

  @Test
  void aRetryBetweenASuspensionAndItsEndStartsNothingAndLeavesNobodyWaiting() throws Exception {
    try (SourceFeed feed = started(this::open)) {
      session(1).refused("a password is wanted");
      CompletableFuture<Void> rests = feed.suspend();
      feed.retryNow();
      await().atMost(LIMIT).until(() -> runsUntil(rests));
      assertThat(feed.status().await(FeatBitState.Type.OK, Duration.ZERO)).isFalse();
    }
    assertThat(opened).hasSize(1);
  }

  @Test
  void aSessionThatToldOfTroubleIsReplacedAtOnceUnlessThatIsOver() {
    try (SourceFeed feed = started(this::open)) {
      DefinitionSource.Receiver first = session(1);
      first.dataSync(resource("full.json"));
      first.interrupted("the broker restarts");
      first.current();
      feed.retryNow();
      scheduler.runDue();
      assertThat(closed).hasValue(0);
      first.interrupted("the broker restarts again");
      assertThat(services.report().latest().problem()).isEqualTo("the broker restarts again");
      feed.retryNow();
      scheduler.runDue();
      session(2);
      assertThat(closed).hasValue(1);
    }
  }

  @Test
  void aPauseIsCutShort() {
    AtomicInteger attempts = new AtomicInteger();
    DefinitionSource failing =
        receiver -> {
          if (attempts.incrementAndGet() == 1) {
            throw new IllegalStateException("of the test");
          }
          return open(receiver);
        };
    try (SourceFeed feed = started(failing)) {
      await().atMost(LIMIT).until(() -> runsUntilTrouble());
      feed.retryNow();
      scheduler.runDue();
      session(1);
    }
  }

  private boolean runsUntilTrouble() {
    scheduler.runDue();
    return services.report().latest().problem() != null;
  }

  @Test
  void theSessionIsEndedBeforeTheStateIsOff() {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    List<Boolean> ended = new CopyOnWriteArrayList<>();
    SourceFeed feed =
        started(
            receiver -> {
              inside.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
              return closed::incrementAndGet;
            });
    await().atMost(LIMIT).until(() -> inside.getCount() == 0);
    feed.status().listen(state -> ended.add(arrives(interrupted)));
    feed.close();
    assertThat(ended).containsExactly(true);
  }

  private static boolean arrives(CountDownLatch latch) {
    try {
      return latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
