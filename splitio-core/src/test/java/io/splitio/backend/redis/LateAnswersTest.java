package io.splitio.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitFactory;
import io.splitio.fake.proxy.FaultProxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers that come later, and the threads on which they do (reliability, invariant 12). */
class LateAnswersTest {
  private final TestSdks sdks = new TestSdks();
  private TestRedis redis;
  private FaultProxy proxy;
  private SplitFactory factory;

  @BeforeEach
  void start() {
    redis = TestRedis.started().golden("");
    proxy = FaultProxy.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), redis.port()));
    factory =
        sdks.ready(
            RedisConnector.host("127.0.0.1", proxy.port())
                .withoutPush()
                .callBudget(Duration.ofSeconds(5)));
    proxy.toClient().latency(Duration.ofMillis(100));
  }

  @AfterEach
  void stop() {
    sdks.close();
    proxy.close();
    redis.close();
  }

  @Test
  void comeOnFewThreadsThatTellWhoseTheyAreAndEndWithTheInstance() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    List<CompletableFuture<?>> all = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      all.add(
          factory
              .client()
              .async()
              .getTreatment("somebody" + i, "checkout_v2")
              .thenAccept(treatment -> threads.add(Thread.currentThread())));
    }
    CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new)).join();
    threads.remove(Thread.currentThread());

    assertThat(threads)
        .isNotEmpty()
        .hasSizeLessThanOrEqualTo(8)
        .allMatch(Thread::isDaemon)
        .allMatch(thread -> thread.getName().startsWith("splitio-answers-"));
    factory.destroy();
    await().until(() -> threads.stream().noneMatch(Thread::isAlive));
  }

  @Test
  void comeAlsoWhenTheInstanceIsDestroyedMeanwhile() {
    CompletableFuture<String> treatment =
        factory.client().async().getTreatment("somebody", "checkout_v2").toCompletableFuture();
    factory.destroy();

    assertThat(treatment).succeedsWithin(Duration.ofSeconds(10));
  }

  @Test
  void comeAlsoWhileOthersWaitForThemOnThreadsOfTheSdk() {
    List<CompletableFuture<String>> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String who = "somebody" + i;
      all.add(asked(who).thenApply(treatment -> asked(who + "'s friend").join()));
    }

    assertThat(CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new)))
        .succeedsWithin(Duration.ofSeconds(30));
  }

  private CompletableFuture<String> asked(String who) {
    return factory.client().async().getTreatment(who, "checkout_v2").toCompletableFuture();
  }
}
