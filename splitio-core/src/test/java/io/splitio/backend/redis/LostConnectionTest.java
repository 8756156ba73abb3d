package io.splitio.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.api.Key;
import io.splitio.api.SplitClient;
import io.splitio.fake.proxy.FaultProxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** A connection that breaks while Redis is well costs nobody an answer (reliability 3.6). */
class LostConnectionTest {
  private static final Duration LATENCY = Duration.ofMillis(200);

  private static final String ANSWERED = "in segment all";

  private final AtomicInteger strangers = new AtomicInteger();
  private final TestSdks sdks = new TestSdks();
  private TestRedis redis;
  private FaultProxy proxy;

  @BeforeEach
  void start() {
    redis = TestRedis.started().golden("");
    TestRedis.askOfEverybody(redis.port());
    proxy = FaultProxy.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), redis.port()));
  }

  @AfterEach
  void stop() {
    sdks.close();
    proxy.close();
    redis.close();
  }

  private RedisConnector connector() {
    return RedisConnector.host("127.0.0.1", proxy.port())
        .withoutPush()
        .localCopies(Duration.ofMinutes(5))
        .callBudget(Duration.ofSeconds(5));
  }

  /** Asks for somebody whom nobody asked for yet, so that Redis has to be asked. */
  private String asked(SplitClient client) {
    return client
        .evaluate(Key.of("stranger" + strangers.incrementAndGet()), "checkout_v2", Map.of())
        .label();
  }

  /** Asks the same, and returns when the question is on its way to a Redis that takes its time. */
  private CompletableFuture<String> underWay(SplitClient client, Duration latency) {
    proxy.toClient().latency(latency);
    long before = proxy.toServer().bytes();
    CompletableFuture<String> underWay = CompletableFuture.supplyAsync(() -> asked(client));
    await().until(() -> proxy.toServer().bytes() > before);
    return underWay;
  }

  @RepeatedTest(3)
  void whatWasUnderWayIsAskedAgainAndWhoAsksMeanwhileIsAnsweredToo() {
    SplitClient client = sdks.ready(connector().retryingReads()).client();
    assertThat(asked(client)).isEqualTo(ANSWERED);
    // short, as the next connection may meet it too, and is waited for no longer than half a second
    CompletableFuture<String> underWay = underWay(client, Duration.ofMillis(50));

    proxy.reset();
    proxy.toClient().clear();

    List<String> meanwhile = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      meanwhile.add(asked(client));
    }
    assertThat(underWay.join()).isEqualTo(ANSWERED);
    assertThat(meanwhile).containsOnly(ANSWERED);
  }

  @Test
  void whatWasUnderWayIsNotAskedAgainWhereThatIsNotWanted() {
    SplitClient client = sdks.ready(connector()).client();
    assertThat(asked(client)).isEqualTo(ANSWERED);
    CompletableFuture<String> underWay = underWay(client, LATENCY);

    proxy.reset();

    assertThat(underWay.join()).isEqualTo("exception");
  }

  @Test
  void nobodyWaitsForAServerThatIsGone() {
    SplitClient client = sdks.ready(connector().retryingReads()).client();
    assertThat(asked(client)).isEqualTo(ANSWERED);

    proxy.refuse();
    proxy.reset();

    long began = System.nanoTime();
    for (int i = 0; i < 100; i++) {
      assertThat(asked(client)).isEqualTo("exception");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
  }
}
