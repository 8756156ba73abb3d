package io.splitio.backend.featbit;

import static io.splitio.backend.featbit.WorkedExample.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.backend.Backend;
import io.splitio.backend.FedSource;
import io.splitio.backend.Services;
import io.splitio.backend.featbit.data.MessageReader;
import io.splitio.engine.SnapshotListener;
import io.splitio.fake.featbit.FeatBitServer;
import io.splitio.testing.ManualScheduler;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** In which order the parts hear that there are flags. */
class IntakeTest {
  private static final String SECRET = "HowrP016X06bYBwtPk9aawUm1_C8ORiEqy5F1sf46aAQ";

  private final FeatBitServer server = FeatBitServer.start(SECRET);
  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);

  @AfterEach
  void end() {
    scheduler.shutdownNow();
    server.close();
  }

  private Services services(SnapshotListener changes) {
    return Lent.with(scheduler, changes);
  }

  @Test
  void whoFindsTheStateOkFindsThatWaitingIsOver() throws Exception {
    FeatBitStatus status = new FeatBitStatus(Clock.systemUTC());
    AtomicBoolean over = new AtomicBoolean();
    AtomicReference<List<Object>> found = new AtomicReference<>();
    Thread asking =
        new Thread(() -> found.set(List.of(status.current().type(), over.get())), "asking");

    status.ok(
        () -> {
          asking.start();
          await().until(() -> asking.getState() != Thread.State.RUNNABLE); // asks, or has an answer
          over.set(true);
        },
        () -> {});
    asking.join();

    assertThat(found.get()).containsExactly(FeatBitState.Type.OK, true);
  }

  @Test
  void theStateIsOkBeforeAnybodyHearsOfTheFirstFlags() {
    server.load(resource("full.json"));
    AtomicReference<FeatBitStatus> status = new AtomicReference<>();
    List<FeatBitState.Type> states = new CopyOnWriteArrayList<>();
    Backend backend =
        FeatBitConnector.secret(SECRET)
            .streaming(server.streaming())
            .events(server.events())
            .connect(services((before, after) -> states.add(status.get().current().type())));
    try {
      status.set(((FeatBitFeatures) ((FedSource) backend.source()).feed()).status());
      assertThat(backend.source().start()).succeedsWithin(Duration.ofSeconds(40));
      await().atMost(Duration.ofSeconds(40)).until(() -> !states.isEmpty());
      assertThat(states).containsExactly(FeatBitState.Type.OK);
    } finally {
      backend.source().close();
      backend.sinks().close();
    }
  }

  @Test
  void waitingIsOverBeforeAnybodyHearsOfTheFirstFlags() throws Exception {
    AtomicReference<Intake> asked = new AtomicReference<>();
    List<Boolean> over = new CopyOnWriteArrayList<>();
    Intake intake =
        new Intake(services((before, after) -> over.add(asked.get().loaded().isDone())));
    asked.set(intake);
    intake.take(MessageReader.read(resource("full.json")));
    assertThat(over).isEmpty();
    intake.current();
    assertThat(over).containsExactly(true);
  }

  private static Backend backend(DefinitionSource source, Services services) {
    return FeatBitConnector.secret(SECRET).source(source).insights(batch -> true).connect(services);
  }

  @Test
  void aSourceThatBringsMoreThanCanBeTakenInWaits() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    AtomicInteger brought = new AtomicInteger();
    AtomicReference<Thread> producer = new AtomicReference<>();
    String large = "{\"messageType\":\"pong\",\"data\":\"" + "x".repeat(1 << 20) + "\"}";
    DefinitionSource source =
        receiver -> {
          Thread other =
              new Thread(
                  () -> {
                    for (int i = 0; i < 40; i++) {
                      receiver.dataSync(large);
                      brought.incrementAndGet();
                    }
                  });
          producer.set(other);
          new Thread(() -> receiver.dataSync(resource("full.json"))).start();
          return () -> {};
        };
    Backend backend =
        backend(
            source,
            services(
                (before, after) -> {
                  producer.get().start();
                  uninterruptibly(busy);
                }));
    try {
      CompletableFuture<Void> unused = backend.source().start();
      await()
          .atMost(Duration.ofSeconds(40))
          .until(() -> producer.get() != null && brought.get() > 10 && waits(producer.get()));
      assertThat(brought).hasValueLessThan(17);
      busy.countDown();
      await().atMost(Duration.ofSeconds(40)).until(() -> brought.get() == 40);
    } finally {
      busy.countDown();
      backend.source().close();
      backend.sinks().close();
    }
  }

  private static boolean waits(Thread thread) {
    return thread.getState() == Thread.State.TIMED_WAITING;
  }

  private static void uninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whoHearsOfFlagsMayBringMoreWithoutWaitingForItself() {
    AtomicReference<DefinitionSource.Receiver> receiver = new AtomicReference<>();
    AtomicInteger brought = new AtomicInteger();
    String large = "x".repeat(1 << 20);
    Backend backend =
        backend(
            session -> {
              receiver.set(session);
              session.dataSync(resource("full.json"));
              return () -> {};
            },
            services(
                (before, after) -> {
                  for (int i = 0; i < 20; i++) {
                    receiver.get().dataSync(large);
                    brought.incrementAndGet();
                  }
                }));
    try {
      CompletableFuture<Void> unused = backend.source().start();
      await().atMost(Duration.ofSeconds(20)).until(() -> brought.get() == 20);
    } finally {
      backend.source().close();
      backend.sinks().close();
    }
  }

  private static final String ARCHIVED =
      "{\"key\":\"old\",\"isArchived\":true,\"updatedAt\":\"2025-03-01T10:00:00Z\"}";

  /** One in which what was kept is in force, by a clock that stands still. */
  private static Intake withWhatWasKept(ManualScheduler time) {
    Shelf shelf = new Shelf();
    shelf.kept.put("flag/old", ARCHIVED);
    Services services = Lent.with(time, (before, after) -> {});
    Intake intake = new Intake(services, new Storekeeper(shelf, services, Pace.usual()));
    intake.begin();
    await()
        .atMost(Duration.ofSeconds(40))
        .until(
            () -> {
              time.runDue();
              return services.report().latest().fromCache();
            });
    return intake;
  }

  @Test
  void whoWaitsGoesOnWithWhatWasKeptOnceAnAttemptHasFailed() {
    Intake intake = withWhatWasKept(new ManualScheduler());
    assertThat(intake.loaded()).isNotDone();
    intake.trouble(FeatBitState.ErrorType.NETWORK, "away", false);
    assertThat(intake.loaded()).isCompleted();
  }

  @Test
  void whoWaitsGoesOnWithWhatWasKeptAfterAWhileButNotWhileItRests() {
    ManualScheduler time = new ManualScheduler();
    Intake intake = withWhatWasKept(time);
    CompletableFuture<Void> rests = intake.suspend();
    time.runDue();
    assertThat(rests).succeedsWithin(Duration.ofSeconds(40));
    assertThat(time.waiting()).isZero();
    intake.resume();
    time.advance(Duration.ofMillis(1_900));
    assertThat(intake.loaded()).isNotDone();
    time.advance(Duration.ofMillis(200));
    assertThat(intake.loaded()).isCompleted();
  }
}
