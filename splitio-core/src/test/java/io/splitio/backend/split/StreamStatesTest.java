package io.splitio.backend.split;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitFactory;
import io.splitio.fake.Endpoint;
import io.splitio.fake.data.Flag;
import io.splitio.fake.http.Fault;
import io.splitio.fake.http.Reply;
import io.splitio.testing.LogCapture;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streaming, polling and the ways between them: protocol specification 6.9 and 7. */
class StreamStatesTest extends CloudFixture {
  private static final String UP = "INFO Changes arrive by streaming";
  private static final String POLLED = "INFO Changes are polled for";

  private LogCapture log;

  @BeforeEach
  void listen() {
    log = LogCapture.everything();
    cloud.flags().put(Flag.named("banner").otherwise("off"));
  }

  @AfterEach
  void stopListening() {
    log.close();
  }

  private long told(String beginning) {
    return log.lines().stream().filter(line -> line.startsWith(beginning)).count();
  }

  private void awaitTold(String beginning, int times) {
    await().atMost(SOON).pollInterval(Duration.ofMillis(5)).until(() -> told(beginning) >= times);
  }

  private SplitFactory up() {
    SplitFactory factory = ready(quick(connector()));
    awaitTold(UP, 1);
    quiet();
    return factory;
  }

  /** Nothing is asked for while nothing changes. */
  private void nothingIsPolled() {
    quiet();
    cloud.requests().clear();
    await()
        .during(Duration.ofMillis(250))
        .atMost(SOON)
        .until(() -> asked(Endpoint.SPLIT_CHANGES).isEmpty());
  }

  private void isPolled() {
    cloud.requests().clear();
    cloud.requests().await(Endpoint.SPLIT_CHANGES, 3, SOON);
  }

  private void changesArrive(SplitFactory factory) {
    String treatment = "t" + System.nanoTime();
    cloud.flags().put(Flag.named("banner").otherwise(treatment));
    serves(factory, "u1", "banner", treatment);
  }

  @Test
  void whileTheStreamIsUpNothingIsPolled() {
    SplitFactory factory = up();
    nothingIsPolled();
    changesArrive(factory);
  }

  @Test
  void aKeepAliveIsEnoughForTheStreamToBeUp() {
    CountDownLatch over = new CountDownLatch(1);
    Reply onlyAlive =
        Reply.events(
            sink -> {
              sink.write(":keepalive\n\n".getBytes(US_ASCII));
              boolean unused = uninterrupted(over);
            });
    cloud.faults().next(Endpoint.STREAM, Fault.reply(onlyAlive));
    ready(quick(connector()));
    awaitTold(UP, 1);
    over.countDown();
  }

  private static boolean uninterrupted(CountDownLatch latch) {
    try {
      return latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Test
  void aPausedStreamIsPolledForUntilItIsResumed() {
    SplitFactory factory = up();
    cloud.streaming().pause();
    awaitTold(POLLED, 1);
    isPolled();
    changesArrive(factory);
    cloud.streaming().resume();
    awaitTold(UP, 2);
    nothingIsPolled();
    changesArrive(factory);
    assertThat(asked(Endpoint.STREAM)).isEmpty();
  }

  @Test
  void withoutPublishersOnBothChannelsChangesArePolledFor() {
    SplitFactory factory = up();
    cloud.streaming().occupancy("control_pri", 0);
    cloud.streaming().occupancy("control_sec", 0);
    awaitTold(POLLED, 1);
    cloud.streaming().mute();
    changesArrive(factory);
    cloud.streaming().unmute();
    cloud.streaming().occupancy("control_sec", 1);
    awaitTold(UP, 2);
    nothingIsPolled();
  }

  @Test
  void aStreamThatFlickersIsNotBelievedTooOften() {
    up();
    for (int i = 0; i < 50; i++) {
      cloud.streaming().control("STREAMING_PAUSED");
      cloud.streaming().control("STREAMING_RESUMED");
    }
    awaitTold(POLLED, 1);
    awaitTold(UP, 2);
    assertThat(told(UP)).isEqualTo(2);
    assertThat(told(POLLED)).isEqualTo(1);
    nothingIsPolled();
  }

  @Test
  void aDisabledStreamIsPolledForAndNotTriedAgainSoon() {
    SplitFactory factory = up();
    cloud.streaming().disable();
    awaitTold(POLLED, 1);
    cloud.streaming().awaitConnections(0, SOON);
    isPolled();
    changesArrive(factory);
    assertThat(asked(Endpoint.AUTH)).isEmpty();
    assertThat(told("DEBUG Streaming is tried again in PT5M")).isEqualTo(1);
  }

  @Test
  void aServiceWithoutStreamingIsPolled() {
    cloud.authentication().disablePush();
    SplitFactory factory = ready(quick(connector()));
    isPolled();
    changesArrive(factory);
    assertThat(asked(Endpoint.STREAM)).isEmpty();
    assertThat(factory.health().problem()).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {40140, 40142, 40149})
  void aBadTokenLeadsToAnother(int code) {
    SplitFactory factory = up();
    cloud.streaming().error(code);
    awaitTold(POLLED, 1);
    awaitTold(UP, 2);
    assertThat(cloud.authentication().issued()).isEqualTo(2);
    nothingIsPolled();
    changesArrive(factory);
  }

  @Test
  void anErrorOfTheClientIsPolledFor() {
    up();
    cloud.streaming().error(40012);
    awaitTold(POLLED, 1);
    isPolled();
    assertThat(told("DEBUG Streaming is tried again in PT5M")).isEqualTo(1);
  }

  @Test
  void anErrorOfTheServiceIsIgnored() {
    SplitFactory factory = up();
    cloud.streaming().error(50000);
    cloud.streaming().raw("event: error\ndata: oops\n\n");
    changesArrive(factory);
    nothingIsPolled();
    assertThat(told(POLLED)).isZero();
  }

  @Test
  void aLostStreamIsPolledForWithinASecondAndMadeAgain() {
    SplitFactory factory = up();
    long lost = System.nanoTime();
    cloud.faults().next(Endpoint.AUTH, Fault.status(500));
    cloud.requests().clear();
    cloud.streaming().reset();
    cloud.requests().await(Endpoint.SPLIT_CHANGES, 1, SOON);
    assertThat(System.nanoTime() - lost).isLessThan(TimeUnit.SECONDS.toNanos(1));
    changesArrive(factory);
    awaitTold(UP, 2);
    nothingIsPolled();
    changesArrive(factory);
  }

  @Test
  void whatChangedWhileAStreamWasMadeAnewIsCaughtUpWith() {
    SplitFactory factory = ready(connector());
    awaitTold(UP, 1);
    quiet();
    cloud.streaming().mute();
    cloud.flags().put(Flag.named("banner").otherwise("missed"));
    cloud.streaming().unmute();
    cloud.streaming().drop();
    serves(factory, "u1", "banner", "missed");
    awaitTold(UP, 2);
  }

  @Test
  void aCatchUpThatFailsIsTriedAgainWhileTheStreamIsUp() {
    SplitFactory factory = ready(connector());
    awaitTold(UP, 1);
    quiet();
    cloud.requests().clear();
    cloud.faults().next(2, Endpoint.SPLIT_CHANGES, Fault.status(500));
    cloud.streaming().drop();
    awaitTold(UP, 2);
    cloud.requests().await(Endpoint.SPLIT_CHANGES, 3, SOON);
    await().atMost(SOON).until(() -> factory.health().problem() == null);
  }

  @Test
  void aCatchUpThatIsRefusedIsNotTriedAgainSoon() {
    SplitFactory factory = ready(connector());
    awaitTold(UP, 1);
    quiet();
    cloud.faults().always(Endpoint.SPLIT_CHANGES, Fault.status(401));
    cloud.requests().clear();
    cloud.streaming().pause();
    awaitTold(POLLED, 1);
    cloud.streaming().resume();
    awaitTold(UP, 2);
    cloud.requests().await(Endpoint.SPLIT_CHANGES, 2, SOON);
    await()
        .during(Duration.ofSeconds(4))
        .atMost(SOON)
        .until(() -> asked(Endpoint.SPLIT_CHANGES).size() == 2);
    cloud.faults().clear();
    factory.retryNow();
    await().atMost(SOON).until(() -> factory.health().problem() == null);
  }

  @Test
  void whileChangesArePolledForARefusedTokenLeadsToNoOtherRequest() {
    cloud.faults().always(Endpoint.AUTH, Fault.status(500));
    ready(connector());
    cloud.requests().await(Endpoint.AUTH, 4, SOON);
    quiet();
    assertThat(asked(Endpoint.SPLIT_CHANGES)).hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void aStreamThatWantsToBeLeftAloneIsLeftAlone() {
    cloud.faults().always(Endpoint.STREAM, Fault.retryAfter(429, "600"));
    ready(quick(connector()));
    awaitTold("DEBUG Streaming is tried again in PT10M", 1);
  }

  @Test
  void aSilentStreamIsTakenForDead() {
    SplitFactory factory =
        ready(
            quick(connector())
                .http(
                    http ->
                        http.withTimeouts(
                            http.timeouts()
                                .withStream(Duration.ofSeconds(5), Duration.ofMillis(300)))));
    awaitTold(UP, 1);
    cloud.streaming().silence();
    awaitTold(POLLED, 1);
    changesArrive(factory);
    cloud.streaming().unsilence();
  }

  @Test
  void keepAlivesKeepAQuietStreamAlive() {
    cloud.streaming().keepAlive(Duration.ofMillis(50));
    ready(
        quick(connector())
            .http(
                http ->
                    http.withTimeouts(
                        http.timeouts()
                            .withStream(Duration.ofSeconds(5), Duration.ofMillis(400)))));
    awaitTold(UP, 1);
    await().during(Duration.ofSeconds(1)).atMost(SOON).until(() -> told(POLLED) == 0);
  }

  @Test
  void theStreamIsRefusedOnceAndThenWorks() {
    cloud.faults().next(Endpoint.STREAM, Fault.status(401));
    SplitFactory factory = ready(quick(connector()));
    awaitTold(UP, 1);
    assertThat(cloud.authentication().issued()).isEqualTo(2);
    changesArrive(factory);
  }

  @Test
  void anAnswerThatIsNoStreamIsPolledFor() {
    cloud.faults().next(Endpoint.STREAM, Fault.body("text/html", "<html>portal</html>"));
    SplitFactory factory = ready(quick(connector()));
    changesArrive(factory);
    awaitTold(UP, 1);
  }

  @Test
  void aResetLeadsToAnotherConnectionWithoutPolling() {
    SplitFactory factory = ready(connector());
    awaitTold(UP, 1);
    quiet();
    cloud.streaming().control("STREAMING_RESET");
    awaitTold(UP, 2);
    assertThat(cloud.authentication().issued()).isEqualTo(2);
    assertThat(told(POLLED)).isZero();
    changesArrive(factory);
  }

  @Test
  void aTokenThatEndsIsReplacedByTheService() {
    cloud.authentication().tokenLifetime(Duration.ofMillis(400));
    SplitFactory factory = ready(quick(connector()));
    awaitTold(UP, 1);
    cloud.authentication().tokenLifetime(Duration.ofHours(1));
    awaitTold(UP, 2);
    changesArrive(factory);
  }
}
