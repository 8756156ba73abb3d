package io.splitio.backend.featbit;

import static io.splitio.backend.featbit.WorkedExample.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.api.SdkStatus;
import io.splitio.featbit.FeatBitClient;
import io.splitio.featbit.FeatBitUser;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an application's own source or sink does wrong, or slowly, harms nothing else. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OwnPartsTroubleTest {
  private static final String SECRET = "HowrP016X06bYBwtPk9aawUm1_C8ORiEqy5F1sf46aAQ";
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final FeatBitUser ANA = FeatBitUser.of("user-1", "Ana");

  private final CountDownLatch never = new CountDownLatch(1);
  private final List<DefinitionSource.Receiver> opened = new CopyOnWriteArrayList<>();
  private final AtomicInteger closed = new AtomicInteger();
  private @Nullable SplitFactory factory;

  private SplitFactory start(DefinitionSource source, InsightSink sink, SplitConfig config) {
    SplitFactory made = SplitFactory.create(OwnPartsTest.between(source, sink), config);
    factory = made;
    return made;
  }

  private SplitFactory start(DefinitionSource source) {
    return start(source, batch -> true, SplitConfig.defaults());
  }

  private SplitFactory loaded(InsightSink sink, SplitConfig config) throws Exception {
    SplitFactory made = start(this::full, sink, config);
    made.blockUntilReady(LIMIT);
    return made;
  }

  private AutoCloseable full(DefinitionSource.Receiver receiver) {
    receiver.dataSync(resource("full.json"));
    return () -> {};
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
    never.countDown();
    if (factory != null) {
      factory.destroy();
    }
  }

  @Test
  void aMessageThatCannotBeReadIsAskedForAgainAndWhatFollowsItIsNotTaken() throws Exception {
    SplitFactory made = start(this::open);
    session(1).dataSync(resource("full.json"));
    made.blockUntilReady(LIMIT);
    long before = session(1).version();
    session(1).dataSync("{\"messageType\":\"data-sync\",\"data\":{");
    session(1).dataSync(resource("patch.json"));
    assertThat(session(2).version()).isEqualTo(before);
    assertThat(closed).hasValue(1);
    assertThat(made.health().problem()).contains("no JSON");
    session(2).dataSync(resource("patch.json"));
    await().atMost(LIMIT).until(() -> made.health().problem() == null);
    assertThat(session(2).version()).isGreaterThan(before);
  }

  @Test
  void moreThanIsTakenIsToldApartFromWhatIsNoJson() {
    SplitFactory made = start(this::open);
    session(1).dataSync("{\"deep\":" + "[".repeat(100) + "]".repeat(100) + "}");
    await().atMost(LIMIT).until(() -> made.health().problem() != null);
    assertThat(made.health().problem()).contains("more than is taken", "nesting depth");
    session(2);
  }

  @Test
  void aCloseMayWaitForTheThreadThatBrings() throws Exception {
    SplitFactory made =
        start(
            receiver -> {
              Thread consumer = new Thread(() -> receiver.dataSync(resource("full.json")));
              consumer.start();
              return consumer::join;
            },
            batch -> true,
            SplitConfig.defaults().withStartSuspended());
    await().atMost(Duration.ofSeconds(5)).until(() -> made.status() == SdkStatus.SUSPENDED);
    made.resume();
    await().atMost(LIMIT).until(() -> made.status() == SdkStatus.READY);
  }

  @Test
  void aSourceThatDoesNotCloseHoldsUpNoEnd() throws Exception {
    SplitFactory made =
        start(
            receiver -> {
              receiver.dataSync(resource("full.json"));
              return never::await;
            },
            batch -> true,
            SplitConfig.defaults().withShutdownTimeout(Duration.ofSeconds(1)));
    made.blockUntilReady(LIMIT);
    assertThat(timed(made::destroy)).isLessThan(Duration.ofSeconds(8));
  }

  @Test
  void aSinkThatDoesNotCloseHoldsUpNoEnd() throws Exception {
    InsightSink stuck =
        new InsightSink() {
          @Override
          public boolean take(String batch) {
            return true;
          }

          @Override
          public void close() {
            waitAllTheSame(never);
          }
        };
    SplitFactory made =
        loaded(stuck, SplitConfig.defaults().withShutdownTimeout(Duration.ofSeconds(1)));
    assertThat(timed(made::destroy)).isLessThan(Duration.ofSeconds(8));
  }

  private static Duration timed(Runnable task) {
    long start = System.nanoTime();
    task.run();
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static void waitAllTheSame(CountDownLatch latch) {
    int ignored = 0;
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException notHeeded) {
        ignored++;
      }
    }
    assertThat(ignored).isLessThan(1_000);
  }

  @Test
  void aSinkIsNeverAskedTwiceAtATimeNotEvenAcrossASuspensionItIgnores() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger calls = new AtomicInteger();
    InsightSink slow =
        batch -> {
          most.accumulateAndGet(inside.incrementAndGet(), Math::max);
          if (calls.incrementAndGet() == 1) {
            waitAllTheSame(never);
          }
          inside.decrementAndGet();
          return true;
        };
    SplitFactory made =
        loaded(slow, SplitConfig.defaults().withShutdownTimeout(Duration.ofSeconds(1)));
    FeatBitClient client = FeatBitClient.of(made);
    client.variation("banner-text", ANA, "");
    await().atMost(LIMIT).until(() -> inside.get() == 1);
    made.suspend();
    made.resume();
    client.trackMetric(ANA, "purchase", 2.5);
    await()
        .during(Duration.ofMillis(500))
        .atMost(Duration.ofSeconds(5))
        .until(() -> calls.get() == 1);
    never.countDown();
    await().atMost(LIMIT).until(() -> made.health().events().delivered() == 1);
    assertThat(most).hasValue(1);
  }

  @Test
  void whatAFailureOfTheSourceSaysIsNotRepeated() {
    SplitFactory made =
        start(
            receiver -> {
              throw new IllegalStateException("amqp://user:hunter2@broker");
            });
    await().atMost(LIMIT).until(() -> made.health().problem() != null);
    assertThat(made.health().problem())
        .isEqualTo("the definition source cannot begin: java.lang.IllegalStateException");
  }

  @Test
  void aSourceWhoseFailureCannotEvenBeToldIsTriedAgain() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    SplitFactory made =
        start(
            receiver -> {
              if (attempts.incrementAndGet() == 1) {
                throw new IllegalStateException() {
                  private static final long serialVersionUID = 1;

                  @Override
                  public String getMessage() {
                    throw new IllegalArgumentException("of the test");
                  }
                };
              }
              return full(receiver);
            });
    made.blockUntilReady(LIMIT);
  }

  @Test
  void aRefusalWithoutAReasonReleasesWhoWaits() {
    SplitFactory made = start(this::open);
    session(1).refused(null);
    assertThatThrownBy(() -> made.blockUntilReady(Duration.ofSeconds(20)))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining("no reason was given");
  }

  @Test
  void aQuietSourceSaysThatAllIsCurrent() throws Exception {
    SplitFactory made = start(this::open);
    session(1).current(); // there is nothing yet
    assertThat(made.health().lastSynchronized()).isNull();
    session(1).dataSync(resource("full.json"));
    made.blockUntilReady(LIMIT);
    Instant loaded = made.health().lastSynchronized();
    session(1).interrupted("the broker restarts");
    session(1).current();
    await().atMost(LIMIT).until(() -> made.health().problem() == null);
    assertThat(made.health().lastSynchronized()).isAfter(loaded);
  }

  @Test
  void aSourceMayTakeItsTimeToBeginAndIsInterruptedAtTheEnd() throws Exception {
    CountDownLatch begun = new CountDownLatch(2);
    CountDownLatch interrupted = new CountDownLatch(2);
    DefinitionSource slow =
        receiver -> {
          begun.countDown();
          try {
            never.await();
          } catch (InterruptedException e) {
            interrupted.countDown();
          }
          return () -> {};
        };
    try (SplitFactory first = start(slow);
        SplitFactory second = start(slow)) { // as many as there are threads for timers
      assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(timed(first::suspend)).isLessThan(Duration.ofSeconds(5));
      assertThat(timed(second::destroy)).isLessThan(Duration.ofSeconds(5));
    }
    assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void withoutInsightsNoAddressIsNeededForThem() throws Exception {
    try (SplitFactory made =
        SplitFactory.create(
            FeatBitConnector.secret(SECRET).source(this::full).withoutEvents(),
            SplitConfig.defaults())) {
      made.blockUntilReady(LIMIT);
    }
  }

  @Test
  void whoBringsBothEndsNeedsNoSecret() throws Exception {
    FeatBitConnector none = FeatBitConnector.withoutSecret().source(this::full);
    assertThat(none.environment())
        .isEqualTo(none.withoutEvents().environment())
        .isNotEqualTo(FeatBitConnector.withoutSecret().source(this::open).environment());
    for (FeatBitConnector own : List.of(none.insights(batch -> true), none.withoutEvents())) {
      try (SplitFactory made = SplitFactory.create(own)) {
        made.blockUntilReady(LIMIT);
      }
    }
  }

  @Test
  void whoeverIsShownASecretNeedsOne() {
    URI here = URI.create("http://127.0.0.1:9");
    FeatBitConnector none = FeatBitConnector.withoutSecret();
    for (FeatBitConnector wrong :
        List.of(
            none,
            none.streaming(here).events(here),
            none.source(this::full).events(here),
            none.streaming(here).insights(batch -> true))) {
      assertThatThrownBy(() -> SplitFactory.create(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("the FeatBit secret is missing")
          .hasMessageContaining("withoutEvents()");
    }
    assertThat(none).hasToString("FeatBitConnector[no address]");
    assertThat(none.environment()).isEqualTo("featbit without a secret");
  }

  @Test
  @SuppressWarnings({"NullAway", "DataFlowIssue"}) // null is what is tested
  void nothingIsTakenForAPart() {
    FeatBitConnector connector = FeatBitConnector.secret(SECRET);
    assertThatThrownBy(() -> connector.source(null))
        .hasMessage("the source of definitions is null");
    assertThatThrownBy(() -> connector.insights(null))
        .hasMessage("the receiver of insights is null");
    assertThatThrownBy(() -> FeatBitConnector.offline("flags.json", null))
        .hasMessage("the document is null");
    assertThatThrownBy(() -> FeatBitConnector.offline((Path) null)).hasMessage("the file is null");
    assertThatThrownBy(() -> connector.streaming(null))
        .hasMessage("the streaming address of FeatBit is null");
    assertThatThrownBy(() -> connector.events(null))
        .hasMessage("the events address of FeatBit is null");
    assertThatThrownBy(() -> connector.http(null))
        .hasMessage("the change of the settings of HTTP is null");
    assertThatThrownBy(() -> connector.http(http -> null))
        .hasMessage("the settings of HTTP are null");
    assertThatThrownBy(
            () -> connector.http(http -> http.withHeaders(Collections.singletonMap("X-A", null))))
        .hasMessage("the value of the HTTP header 'X-A' is null");
    assertThatThrownBy(
            () -> connector.http(http -> http.withHeaders(Collections.singletonMap(null, "a"))))
        .hasMessage("the name of an HTTP header is null");
    assertThatThrownBy(() -> connector.firstRetryDelay(null))
        .hasMessage("the first retry delay is null");
    assertThatThrownBy(() -> connector.maxRetryDelay(null))
        .hasMessage("the longest retry delay is null");
    assertThatThrownBy(() -> connector.pingInterval(null)).hasMessage("the ping interval is null");
    assertThatThrownBy(() -> connector.eventsFlushInterval(null))
        .hasMessage("the flush interval of events is null");
  }
}
