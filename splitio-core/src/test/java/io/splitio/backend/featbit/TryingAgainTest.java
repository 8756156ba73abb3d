package io.splitio.backend.featbit;

import static io.splitio.backend.featbit.WorkedExample.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.fake.featbit.FeatBitServer;
import io.splitio.featbit.FeatBitClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** It is in vain to wait, until somebody has it tried again. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TryingAgainTest {
  private static final String SECRET = "HowrP016X06bYBwtPk9aawUm1_C8ORiEqy5F1sf46aAQ";
  private static final Duration FOR_EVER = Duration.ofDays(1);
  private static final Duration LIMIT = Duration.ofSeconds(40);

  private final AtomicInteger opened = new AtomicInteger();
  private @Nullable SplitFactory factory;

  private SplitFactory start(FeatBitConnector connector) {
    SplitFactory made = SplitFactory.create(connector, SplitConfig.defaults());
    factory = made;
    return made;
  }

  private SplitFactory start(DefinitionSource source) {
    return start(OwnPartsTest.between(source, batch -> true));
  }

  @AfterEach
  void end() {
    if (factory != null) {
      factory.destroy();
    }
  }

  private AutoCloseable refuseOnce(DefinitionSource.Receiver receiver) {
    if (opened.incrementAndGet() == 1) {
      receiver.refused("the broker wants a password");
    } else {
      receiver.dataSync(resource("full.json"));
    }
    return () -> {};
  }

  private AutoCloseable refuse(DefinitionSource.Receiver receiver) {
    receiver.refused("refusal " + opened.incrementAndGet());
    return () -> {};
  }

  private static boolean waitForOk(SplitFactory made) throws InterruptedException {
    return FeatBitClient.of(made).getDataUpdateStatusProvider().waitForOKState(Duration.ZERO);
  }

  private static void isInVain(SplitFactory made, String why) throws Exception {
    assertThat(made.ready()).failsWithin(LIMIT).withThrowableThat().withMessageContaining(why);
    assertThatThrownBy(() -> made.blockUntilReady(FOR_EVER))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining(why);
    assertThat(waitForOk(made)).isFalse();
  }

  @Test
  void whoBlocksAfterARetryOfASourceWaitsForIt() throws Exception {
    SplitFactory made = start(this::refuseOnce);
    isInVain(made, "wants a password");
    made.retryNow();
    made.blockUntilReady(LIMIT);
  }

  @Test
  void whoWaitsForTheStateAfterARetryOfASourceWaitsForIt() throws Exception {
    SplitFactory made = start(this::refuseOnce);
    isInVain(made, "wants a password");
    made.retryNow();
    assertThat(waitForOk(made)).isTrue();
  }

  @Test
  void theFutureAfterARetryOfASourceIsThatOfTheAttempt() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    SplitFactory made =
        start(
            receiver -> {
              if (opened.get() == 1) {
                asked.await();
              }
              return refuseOnce(receiver);
            });
    CompletableFuture<Void> before = made.ready();
    isInVain(made, "wants a password");
    made.retryNow();
    CompletableFuture<Void> after = made.ready();
    assertThat(after).isNotDone();
    asked.countDown();
    assertThat(after).succeedsWithin(LIMIT);
    assertThat(before).isCompletedExceptionally();
  }

  @Test
  void anotherRefusalOfASourceEndsTheWaitingAgain() throws Exception {
    SplitFactory made = start(this::refuse);
    isInVain(made, "refusal 1");
    made.retryNow();
    isInVain(made, "refusal 2");
    made.retryNow();
    assertThat(waitForOk(made)).isFalse();
    assertThat(opened).hasValue(3);
  }

  @Test
  void aRetryThatLeavesASessionAloneLeavesTheVerdictToo() throws Exception {
    SplitFactory made =
        start(
            receiver -> {
              if (opened.incrementAndGet() == 1) {
                receiver.dataSync("}{");
              }
              return () -> {};
            });
    isInVain(made, "no JSON");
    await().atMost(LIMIT).until(() -> opened.get() == 2);
    made.retryNow();
    isInVain(made, "no JSON");
    assertThat(opened).hasValue(2);
  }

  @Test
  void aRetryOfWhatIsSuspendedLeavesTheVerdictAndItsResumptionDoesNot() throws Exception {
    SplitFactory made = start(this::refuseOnce);
    isInVain(made, "wants a password");
    made.suspend();
    made.retryNow();
    isInVain(made, "wants a password");
    made.resume();
    made.blockUntilReady(LIMIT);
    assertThat(waitForOk(made)).isTrue();
  }

  private FeatBitConnector to(FeatBitServer server) {
    return FeatBitConnector.secret(SECRET)
        .streaming(server.streaming())
        .events(server.events())
        .firstRetryDelay(Duration.ofMillis(150));
  }

  private SplitFactory refusedBy(FeatBitServer server) throws Exception {
    server.load(resource("full.json"));
    server.closeNext(1, 4003, "first");
    SplitFactory made = start(to(server));
    isInVain(made, "first");
    return made;
  }

  @Test
  void whoAsksAfterARetryWaitsForTheNextConnection() throws Exception {
    try (FeatBitServer server = FeatBitServer.start(SECRET)) {
      SplitFactory made = refusedBy(server);
      server.closeNext(1, 4003, "second");
      made.retryNow();
      isInVain(made, "second");
      made.retryNow();
      CompletableFuture<Void> ready = made.ready();
      assertThat(waitForOk(made)).isTrue();
      made.blockUntilReady(LIMIT);
      assertThat(ready).succeedsWithin(LIMIT);
    }
  }

  @Test
  void whoBlocksAfterARetryAndAResumptionWaitsForTheNextConnection() throws Exception {
    try (FeatBitServer server = FeatBitServer.start(SECRET)) {
      SplitFactory made = refusedBy(server);
      made.suspend();
      server.closeNext(1, 4003, "second");
      made.resume();
      isInVain(made, "second");
      made.retryNow();
      made.blockUntilReady(LIMIT);
    }
  }

  @Test
  void whoAsksAfterARetryWaitsForTheFile(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("flags.json");
    SplitFactory made = start(FeatBitConnector.offline(file));
    assertThat(waitForOk(made)).isFalse();
    assertThat(made.ready()).failsWithin(LIMIT);
    made.retryNow();
    assertThat(made.ready()).failsWithin(LIMIT);
    assertThat(waitForOk(made)).isFalse();
    Files.writeString(file, resource("full.json"));
    made.retryNow();
    CompletableFuture<Void> ready = made.ready();
    assertThat(waitForOk(made)).isTrue();
    assertThat(ready).succeedsWithin(LIMIT);
  }
}
