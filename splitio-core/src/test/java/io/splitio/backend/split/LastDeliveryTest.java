package io.splitio.backend.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.api.Impression;
import io.splitio.fake.Endpoint;
import io.splitio.fake.data.Flag;
import io.splitio.fake.http.Fault;
import io.splitio.fake.http.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is posted, once, and when the end or a rest comes meanwhile. */
@Timeout(60)
class LastDeliveryTest extends CloudFixture {
  private static final SplitConfig OFTEN = CONFIG.withEventsPushRate(Duration.ofSeconds(1));

  static Stream<Fault> badBodies() {
    byte[] noGzip = {1, 2, 3};
    return Stream.of(
        Fault.contentLength(10),
        Fault.reply(Reply.of(200, "text/plain", noGzip).withHeader("Content-Encoding", "gzip")),
        Fault.body("text/html", "<html>" + "x".repeat(3_000_000)),
        Fault.reply(Reply.of(202, "text/plain", new byte[100_000])));
  }

  /** Protocol specification 14.1. */
  @ParameterizedTest
  @MethodSource("badBodies")
  void whatTheServiceAcceptedIsNotSentAgainWhateverItSaysAfterwards(Fault fault) {
    cloud.flags().put(Flag.named("f").otherwise("on"));
    SplitFactory factory = ready(start(connector().withoutStreaming(), OFTEN));
    cloud.faults().next(Endpoint.EVENTS, fault);
    factory.client().track("first", "user", "e");
    cloud.requests().await(Endpoint.EVENTS, 1, SOON);
    await()
        .atMost(SOON)
        .until(
            () -> {
              factory.client().track("then", "user", "e");
              return cloud.requests().of(Endpoint.EVENTS).size() > 1;
            });
    factory.destroy();

    List<String> later =
        cloud.requests().of(Endpoint.EVENTS).stream()
            .skip(1)
            .map(request -> request.body().text())
            .toList();
    assertThat(later).isNotEmpty().noneMatch(body -> body.contains("first"));
  }

  /** Protocol specification 12.1 and 15.8. */
  @Test
  void theStreamIsClosedBeforeTheLastDelivery() throws InterruptedException {
    cloud.flags().put(Flag.named("f").otherwise("on"));
    SplitFactory factory = streaming();
    cloud.faults().always(Endpoint.EVENTS, Fault.hang());
    factory.client().track("k", "user", "e");
    Thread ending = new Thread(factory::destroy);
    ending.start();
    cloud.requests().await(Endpoint.EVENTS, 1, SOON);

    cloud.streaming().awaitConnections(0, Duration.ofSeconds(2));
    assertThat(ending.isAlive()).isTrue();
    cloud.faults().clear();
    ending.join(SOON.toMillis());
  }

  @Test
  void destroyWaitsForNoSuspensionAndSuspendingTakesNoLongerThanAnEnd() throws Exception {
    cloud.flags().put(Flag.named("f").otherwise("on"));
    cloud.faults().always(Endpoint.EVENTS, Fault.hang());
    SplitFactory factory =
        ready(
            start(
                connector().withoutStreaming(), OFTEN.withShutdownTimeout(Duration.ofSeconds(3))));
    factory.client().track("k", "user", "e");
    cloud.requests().await(Endpoint.EVENTS, 1, SOON);
    CompletableFuture<Void> suspended = CompletableFuture.runAsync(factory::suspend);
    await().atMost(SOON).until(() -> factory.status().name().equals("SUSPENDED"));
    factory.client().getTreatment("k", "f");
    long began = System.nanoTime();
    factory.destroy();

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(4_000));
    assertThat(suspended).succeedsWithin(1, TimeUnit.SECONDS);
    assertThat(cloud.received().impressions().total()).isEqualTo(1);
    cloud.faults().clear();
  }

  /** Protocol specification 11. */
  @Test
  void listenersAndTheServiceAreToldTheSameVersion() {
    cloud.flags().put(Flag.named("f").otherwise("on"));
    List<Impression> heard = new CopyOnWriteArrayList<>();
    SplitFactory factory =
        ready(start(connector().withoutStreaming(), CONFIG.withImpressionListener(heard::add)));
    factory.client().getTreatment("k", "f");
    factory.destroy();

    Optional<String> told =
        cloud.requests().of(Endpoint.SPLIT_CHANGES).get(0).header("SplitSDKVersion");
    assertThat(told).get().asString().startsWith("java-");
    assertThat(heard).extracting(Impression::sdkVersion).containsExactly(told.orElseThrow());
  }
}
