package io.splitio.backend.featbit;

import static io.splitio.backend.featbit.WorkedExample.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.api.SdkHealth;
import io.splitio.api.SdkStatus;
import io.splitio.featbit.FeatBitClient;
import io.splitio.featbit.FeatBitUser;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Definitions from a source of the application's own, and insights to its own sink. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OwnPartsTest {
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final FeatBitUser ANA = FeatBitUser.of("user-1", "Ana");

  private final Broker broker = new Broker();
  private final List<String> batches = new CopyOnWriteArrayList<>();
  private @Nullable SplitFactory factory;

  /** A source that a test speaks for. */
  private static final class Broker implements DefinitionSource {
    private final List<Receiver> opened = new CopyOnWriteArrayList<>();
    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();

    @Override
    public AutoCloseable open(Receiver receiver) {
      opened.add(receiver);
      if (failures.getAndDecrement() > 0) {
        throw new IllegalStateException("the broker is away");
      }
      return closed::incrementAndGet;
    }

    private Receiver last() {
      await().atMost(LIMIT).until(() -> opened.size() > closed.get());
      return opened.get(opened.size() - 1);
    }
  }

  /** A quick one between the two. */
  static FeatBitConnector between(DefinitionSource source, InsightSink sink) {
    return FeatBitConnector.withoutSecret()
        .source(source)
        .insights(sink)
        .firstRetryDelay(Duration.ofMillis(150))
        .eventsFlushInterval(Duration.ofMillis(100));
  }

  private SplitFactory start(InsightSink sink) {
    SplitFactory made = SplitFactory.create(between(broker, sink), SplitConfig.defaults());
    factory = made;
    return made;
  }

  private SplitFactory loaded(InsightSink sink) throws Exception {
    SplitFactory made = start(sink);
    broker.last().dataSync(resource("full.json"));
    made.blockUntilReady(LIMIT);
    return made;
  }

  @AfterEach
  void end() {
    if (factory != null) {
      factory.destroy();
    }
  }

  private static String treatment(SplitFactory of, String user, String flag) {
    return of.client().getTreatment(user, flag, WorkedExample.USERS.getOrDefault(user, Map.of()));
  }

  @Test
  void flagsOfTheSourceAreServedAndFollowed() throws Exception {
    SplitFactory made = loaded(batches::add);
    assertThat(treatment(made, "carol", "checkout-redesign")).isEqualTo("true");
    await().atMost(LIMIT).until(() -> made.health().streaming() == SdkHealth.Streaming.UP);
    assertThat(broker.last().version()).isPositive();
    broker.last().dataSync(resource("patch.json"));
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> assertThat(treatment(made, "carol", "checkout-redesign")).isEqualTo("false"));
  }

  @Test
  void aSourceThatIsInterruptedKeepsTheFlagsAndAnEmptyPatchMakesItOk() throws Exception {
    SplitFactory made = loaded(batches::add);
    FeatBitClient client = FeatBitClient.of(made);
    broker.last().interrupted("the broker restarts");
    assertThat(client.getDataUpdateStatusProvider().waitFor(FeatBitState.Type.INTERRUPTED, LIMIT))
        .isTrue();
    await().atMost(LIMIT).until(() -> made.health().problem() != null);
    assertThat(made.health().problem()).isEqualTo("the broker restarts");
    assertThat(treatment(made, "carol", "checkout-redesign")).isEqualTo("true");
    broker.last().dataSync("{\"messageType\":\"data-sync\",\"data\":{\"eventType\":\"patch\"}}");
    assertThat(client.getDataUpdateStatusProvider().waitForOKState(LIMIT)).isTrue();
    await().atMost(LIMIT).until(() -> made.health().problem() == null);
  }

  @Test
  void aSourceThatIsRefusedReleasesWhoWaitsAndCanBeTriedAgain() throws Exception {
    SplitFactory made = start(batches::add);
    DefinitionSource.Receiver first = broker.last();
    first.refused("the broker wants a password");
    assertThatThrownBy(() -> made.blockUntilReady(Duration.ofDays(1)))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining("the broker wants a password");
    made.retryNow();
    await().atMost(LIMIT).until(() -> broker.opened.size() == 2);
    assertThat(broker.closed).hasValue(1);
    first.dataSync(resource("full.json")); // it is over
    broker.last().interrupted("after what is over");
    await()
        .atMost(LIMIT)
        .until(
            () -> "after what is over".equals(made.health().problem())); // in turn, so it was heard
    assertThat(made.status()).isEqualTo(SdkStatus.NOT_READY);
    broker.last().dataSync(resource("full.json"));
    made.blockUntilReady(LIMIT);
  }

  @Test
  void aSourceThatCannotBeginIsTriedAgain() throws Exception {
    broker.failures.set(2);
    SplitFactory made = start(batches::add);
    await().atMost(LIMIT).until(() -> broker.opened.size() == 3);
    broker.opened.get(2).dataSync(resource("full.json"));
    made.blockUntilReady(LIMIT);
  }

  @Test
  void aSuspensionClosesTheSourceAndAResumptionOpensItAgain() throws Exception {
    SplitFactory made = loaded(batches::add);
    made.suspend();
    assertThat(broker.closed).hasValue(1);
    made.resume();
    await().atMost(LIMIT).until(() -> broker.opened.size() == 2);
    assertThat(broker.last().version()).isPositive();
  }

  @Test
  void theEndClosesBoth() throws Exception {
    AtomicInteger closed = new AtomicInteger();
    SplitFactory made =
        loaded(
            new InsightSink() {
              @Override
              public boolean take(String batch) {
                return batches.add(batch);
              }

              @Override
              public void close() {
                closed.incrementAndGet();
              }
            });
    made.destroy();
    assertThat(broker.closed).hasValue(1);
    assertThat(closed).hasValue(1);
  }

  @Test
  void anotherEnvironmentHasNoneOfThem() {
    FeatBitConnector another =
        between(broker, batches::add).withSecret("HowrP016X06bYBwtPk9aawUm1_C8ORiEqy5F1sf46aAQ");

    assertThatThrownBy(() -> SplitFactory.create(another))
        .hasMessageContaining("the streaming address of FeatBit is missing");
    assertThatThrownBy(() -> SplitFactory.create(another.streaming(URI.create("ws://localhost:1"))))
        .hasMessageContaining("the events address of FeatBit is missing");
    assertThat(broker.opened).isEmpty();
  }

  @Test
  void insightsGoToTheSinkAndAreAccountedFor() throws Exception {
    SplitFactory made = loaded(batches::add);
    FeatBitClient client = FeatBitClient.of(made);
    client.variation("banner-text", ANA, "");
    client.trackMetric(ANA, "purchase", 2.5);
    await().atMost(LIMIT).until(() -> batches.size() == 2);
    assertThat(String.join("", batches))
        .contains("\"featureFlagKey\":\"banner-text\"")
        .contains("\"eventName\":\"purchase\"");
    assertThat(batches).allMatch(batch -> batch.startsWith("[{") && batch.endsWith("}]"));
    await().atMost(LIMIT).until(() -> made.health().impressions().delivered() == 1);
    assertThat(made.health().events().delivered()).isEqualTo(1);
  }

  @Test
  void aBatchThatTheSinkDoesNotTakeComesAgain() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    SplitFactory made =
        loaded(
            batch -> {
              int call = calls.incrementAndGet();
              if (call == 1) {
                throw new IllegalStateException("of the test");
              }
              return call > 2 && batches.add(batch);
            });
    FeatBitClient.of(made).variation("banner-text", ANA, "");
    await().atMost(LIMIT).until(() -> made.health().impressions().delivered() == 1);
    assertThat(calls).hasValue(3);
    assertThat(batches).hasSize(1);
  }

  @Test
  void aSinkThatNeverReturnsHoldsUpNoEnd() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    SplitFactory made =
        loaded(
            batch -> {
              inside.countDown();
              new CountDownLatch(1).await();
              return true;
            });
    FeatBitClient.of(made).variation("banner-text", ANA, "");
    inside.await();
    long start = System.nanoTime();
    made.destroy();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    assertThat(made.health().impressions().delivered()).isZero();
  }
}
