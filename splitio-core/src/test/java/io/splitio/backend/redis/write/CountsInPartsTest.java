package io.splitio.backend.redis.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.api.DateUnit;
import io.splitio.backend.Services;
import io.splitio.backend.SyncReport;
import io.splitio.backend.redis.ToyRedis;
import io.splitio.backend.redis.link.Wires;
import io.splitio.backend.redis.settings.Address;
import io.splitio.backend.redis.settings.RedisSettings;
import io.splitio.backend.redis.settings.RedisSettings.Login;
import io.splitio.backend.redis.settings.RedisSettings.Times;
import io.splitio.record.Delivery;
import io.splitio.record.Delivery.Fate;
import io.splitio.record.Sinks.Count;
import io.splitio.telemetry.Interval;
import io.splitio.telemetry.Telemetry;
import io.splitio.telemetry.UsageReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Counts of which each fares differently: all of them decide what happens to each. */
class CountsInPartsTest {
  private static final Duration PATIENT = Duration.ofSeconds(30);
  private static final Duration BRIEF = Duration.ofSeconds(2);
  private static final String CUT = "cut";
  private static final String HELD = "held";
  private static final String FULL = "-OOM command not allowed when used memory > 'maxmemory'\r\n";
  private static final String REPLICA =
      "-READONLY You can't write against a read only replica.\r\n";
  private static final String WRONG = "-WRONGTYPE Operation against a key\r\n";

  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
  private final Map<String, String> replies = new HashMap<>();
  private final Map<String, String> answers = new HashMap<>(); // to other commands
  private volatile CountDownLatch goOn = new CountDownLatch(0);
  private final ToyRedis redis = new ToyRedis(this::reply);
  private RedisSinks sinks = sinks(PATIENT);

  @AfterEach
  void stop() {
    goOn.countDown();
    sinks.close();
    scheduler.shutdownNow();
    redis.close();
  }

  private RedisSinks sinks(Duration patience) {
    RedisSettings settings =
        new RedisSettings(
                new Address.Single(new Address.Node("127.0.0.1", redis.port()), 0),
                Login.NONE,
                null)
            .with(Times.DEFAULTS.withCommand(patience));
    Services services =
        new Services(
            scheduler,
            Clock.systemUTC(),
            new Telemetry(),
            new SyncReport(Clock.systemUTC()),
            (before, after) -> {},
            Set.of(),
            DateUnit.MILLISECONDS,
            role -> Thread::new,
            () -> new Services.Machine("java-1", "box", "10.0.0.7"));
    return new RedisSinks(settings, services, new Wires(settings, Thread::new));
  }

  private String reply(List<String> command) {
    if (!command.get(0).equals("HINCRBY")) {
      return answers.get(command.get(0));
    }
    if (!command.get(2).startsWith("later")) {
      awaitLeave();
    }
    String reply = replies.get(command.get(2));
    if (HELD.equals(reply)) {
      awaitAnother();
      return null;
    }
    if (CUT.equals(reply)) {
      throw new UncheckedIOException(new IOException("as the test wants it"));
    }
    return reply;
  }

  private void awaitLeave() {
    try {
      goOn.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Until something is said on the next connection. */
  private void awaitAnother() {
    await().until(() -> redis.commands().stream().anyMatch(said -> said.contains(" later::")));
  }

  private void answer(String flag, String reply) {
    replies.put(flag + "::0", reply);
  }

  private CompletableFuture<Delivery> counted(String... flags) {
    return sinks.counts(List.of(flags).stream().map(flag -> new Count(flag, 0, 1)).toList());
  }

  private static Delivery told(CompletableFuture<Delivery> delivery) throws Exception {
    return delivery.get(30, TimeUnit.SECONDS);
  }

  @Test
  void aHashWhoseLengthIsNotToldExpiresAllTheSame() throws Exception {
    answers.put("HLEN", "-NOPERM User app has no permissions to run the 'hlen' command\r\n");
    answers.put("TTL", ":-1\r\n");

    assertThat(told(counted("a", "b")).fate()).isEqualTo(Fate.DELIVERED);

    await().until(() -> redis.commands().contains("EXPIRE SPLITIO.impressions.count 3600"));
  }

  @Test
  void oneThatMayHaveArrivedIsGivenUpWhileTheRestIsTriedAgain() throws Exception {
    answer("refused", FULL);
    answer("lost", CUT);

    Delivery delivery = told(counted("done", "refused", "lost"));

    assertThat(delivery.fate()).isEqualTo(Fate.TRY_AGAIN);
    assertThat(delivery.reason()).startsWith("OOM");
    assertThat(delivery.settled()).containsExactly(0);
    assertThat(delivery.doubtful()).containsExactly(2);
  }

  @Test
  void whereAllIsDoneThereAreNoPartsToTell() throws Exception {
    Delivery delivery = told(counted("one", "two"));

    assertThat(delivery).isEqualTo(Delivery.of(Fate.DELIVERED));
  }

  @Test
  void whatMayHaveArrivedIsAllThereIsToTellWhereTheRestDid() throws Exception {
    answer("lost", CUT);

    Delivery delivery = told(counted("done", "lost"));

    assertThat(delivery.fate()).isEqualTo(Fate.LOST);
    assertThat(delivery.settled()).containsExactly(0);
    assertThat(delivery.doubtful()).isEmpty();
  }

  @Test
  void oneThatSomebodyHasToMendHasTheOthersWaitWithItWhicheverCameFirst() throws Exception {
    answer("full", FULL);
    answer("wrong", WRONG);

    assertThat(told(counted("wrong", "full")).fate()).isEqualTo(Fate.TRY_MUCH_LATER);
    assertThat(told(counted("full", "wrong")).fate()).isEqualTo(Fate.TRY_MUCH_LATER);
  }

  @Test
  void severalThatAreRefusedDoNotKeepTheNextFromBeingHeard() throws Exception {
    answer("first", REPLICA);
    answer("second", REPLICA);
    answer("third", HELD);
    CompletableFuture<Delivery> sent = counted("first", "second", "third");
    await().until(() -> redis.accepted() == 2);

    told(counted("later"));
    Delivery delivery = told(sent);

    assertThat(delivery.settled()).containsExactly(2);
    assertThat(delivery.doubtful()).isEmpty();
  }

  @Test
  void oneThatMayHaveCreatedTheHashHasItsTimeToLiveLookedAtWhateverElseFailed() throws Exception {
    answer("refused", FULL);
    answer("lost", CUT);
    told(counted("refused", "lost"));

    await().until(() -> told(counted("done")).fate() == Fate.DELIVERED);

    await().until(() -> redis.commands().contains("TTL SPLITIO.impressions.count"));
  }

  @Test
  void whatFindsNoRoomOnTheConnectionWasNotSentAndDoesNotHarmWhatWas() throws Exception {
    String name = "x".repeat(300); // so that it is more than there is room for on the way
    List<Count> many = IntStream.range(0, 80_000).mapToObj(i -> new Count(name + i, 0, 1)).toList();

    told(counted("first"));
    goOn = new CountDownLatch(1);
    CompletableFuture<Delivery> sent = sinks.counts(many); // all at once, as there is a connection
    goOn.countDown();
    Delivery delivery = told(sent);
    assertThat(delivery.fate()).isEqualTo(Fate.TRY_AGAIN);
    assertThat(delivery.reason()).containsPattern("(queue|stack) size exceeded");
    assertThat(delivery.doubtful()).isEmpty();
    assertThat(delivery.settled().size()).isBetween(50_000, 79_999);
    assertThat(redis.commands().stream().filter(said -> said.startsWith("HINCRBY")))
        .hasSize(1 + delivery.settled().size());
    assertThat(redis.accepted()).isEqualTo(1);
  }

  @Test
  void nothingToTellIsToldWithoutAConnection() throws Exception {
    UsageReport nothing =
        new UsageReport(
            new Interval(Map.of(), Map.of(), Map.of(), Map.of(), 0, 0, List.of(), List.of(), 0),
            Map.of(),
            new UsageReport.Recorded(0, 0, 0, 0, 0),
            new UsageReport.Held(0, 0, 0),
            0);

    assertThat(told(sinks.usage(nothing)).fate()).isEqualTo(Fate.DELIVERED);
    assertThat(told(counted()).fate()).isEqualTo(Fate.DELIVERED);

    assertThat(redis.accepted()).isZero();
  }

  @Test
  void whatIsUnderWayWhenTheConnectionIsGivenUpMayHaveArrived() throws Exception {
    sinks.close();
    sinks = sinks(BRIEF);
    told(counted("first"));
    goOn = new CountDownLatch(1);
    CompletableFuture<Delivery> late = counted("late");
    List<CompletableFuture<Delivery>> underWay = new ArrayList<>();
    await()
        .until(
            () -> {
              underWay.add(counted("underway"));
              return late.isDone();
            });

    assertThat(told(late).fate()).isEqualTo(Fate.LOST);
    await().until(() -> underWay.stream().anyMatch(CountsInPartsTest::isLostWithTheConnection));
  }

  private static boolean isLostWithTheConnection(CompletableFuture<Delivery> sent) {
    Delivery delivery = sent.getNow(Delivery.of(Fate.DELIVERED));
    String reason = delivery.reason();
    return delivery.fate() == Fate.LOST && reason != null && !reason.contains("timed out");
  }
}
