package io.splitio.backend.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.api.ImpressionMode;
import io.splitio.api.SplitClient;
import io.splitio.fake.Endpoint;
import io.splitio.fake.data.Flag;
import io.splitio.fake.http.Fault;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happened reaches the service whatever it went through, and nothing stays behind. */
@Timeout(120)
class DeliveryTest extends CloudFixture {
  private static final SplitConfig OFTEN =
      CONFIG
          .withImpressionMode(ImpressionMode.DEBUG)
          .withImpressionsQueueSize(2_000_000)
          .withImpressionsRefreshRate(Duration.ofSeconds(1))
          .withEventsPushRate(Duration.ofSeconds(1));

  @BeforeEach
  void banner() {
    cloud.flags().put(Flag.named("banner").otherwise("on"));
  }

  private SplitFactory recorded(int impressions, int events) {
    SplitFactory factory = ready(start(connector(), OFTEN));
    for (int i = 0; i < impressions; i++) {
      factory.client().getTreatment("u" + i, "banner");
    }
    for (int i = 0; i < events; i++) {
      factory.client().track("u" + i, "user", "purchase");
    }
    return factory;
  }

  private void nothingGetsThrough() {
    cloud.faults().always(Endpoint.IMPRESSIONS, Fault.status(500));
    cloud.faults().always(Endpoint.EVENTS, Fault.status(503));
  }

  private void triedInVain() {
    cloud.requests().await(Endpoint.IMPRESSIONS, 2, SOON);
    cloud.requests().await(Endpoint.EVENTS, 2, SOON);
    assertThat(cloud.received().impressions().total()).isZero();
    cloud.faults().clear();
  }

  private void eachArrivedOnce(int impressions, int events) {
    Set<Object> keys = new HashSet<>();
    for (Object flag : cloud.received().impressions().items()) {
      ((List<?>) ((Map<?, ?>) flag).get("i")).forEach(one -> keys.add(((Map<?, ?>) one).get("k")));
    }
    assertThat(keys).hasSize(impressions);
    assertThat(cloud.received().impressions().total()).isEqualTo(impressions);
    assertThat(cloud.received().events().items())
        .extracting("key")
        .doesNotHaveDuplicates()
        .hasSize(events);
  }

  /** P-1. */
  @Test
  void anOutageOfTheServiceLosesNothing() {
    nothingGetsThrough();
    recorded(1_000, 400);
    triedInVain();
    cloud.received().impressions().awaitTotal(1_000, Duration.ofSeconds(30));
    cloud.received().events().awaitTotal(400, Duration.ofSeconds(30));
    eachArrivedOnce(1_000, 400);
  }

  /** P-1. */
  @Test
  void anOutageThatEndsJustBeforeTheInstanceLosesNothing() {
    nothingGetsThrough();
    SplitFactory factory = recorded(1_000, 400);
    triedInVain();
    factory.destroy();
    eachArrivedOnce(1_000, 400);
  }

  /** P-8; with the shutdown hook, as that is what used to keep everything. */
  @Test
  void makingAndEndingInstancesKeepsNoMemory() {
    cloud.segment("beta").add("u1");
    cloud.flags().put(Flag.named("lounge").inSegment("beta", "on").otherwise("off"));
    cycles(5);
    long before = leastUsed();
    cycles(50);
    await().atMost(SOON).untilAsserted(() -> assertThat(leastUsed() - before).isLessThan(1 << 20));
  }

  private void cycles(int count) {
    SplitConfig config = SplitConfig.defaults().withInstanceName("host-1");
    for (int i = 0; i < count; i++) {
      try (SplitFactory factory = ready(SplitFactory.create(connector(), config))) {
        factory.client().getTreatment("u1", "lounge");
        factory.client().track("u1", "user", "purchase");
      }
      cloud.requests().clear();
      cloud.received().clear();
    }
    await().atMost(SOON).until(() -> cloud.openConnections() == 0);
  }

  private static long leastUsed() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }

  @Test
  void aServiceThatHangsHoldsUpNoEvaluation() {
    cloud.flags().put(Flag.named("quiet").otherwise("on").impressionsDisabled());
    SplitFactory factory =
        ready(start(connector(), OFTEN.withShutdownTimeout(Duration.ofSeconds(1))));
    cloud.faults().always(Endpoint.UNIQUE_KEYS, Fault.hang());
    for (int i = 0; i < 12_000; i++) {
      assertThat(factory.client().getTreatment("u" + i, "quiet")).isEqualTo("on");
    }
    cloud.requests().await(Endpoint.UNIQUE_KEYS, 1, SOON); // under way, and evaluations went on
    assertThat(cloud.received().uniqueKeys().total()).isZero();
    cloud.faults().clear();
  }

  /** P-11. */
  @Test
  void anEndWhileThreadsEvaluateLosesNothing() throws InterruptedException {
    SplitFactory factory = ready(start(connector(), OFTEN));
    AtomicLong served = new AtomicLong();
    CountDownLatch busy = new CountDownLatch(5_000);
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      Thread thread = new Thread(() -> evaluate(factory.client(), served, busy));
      threads.add(thread);
      thread.start();
    }
    assertThat(busy.await(10, TimeUnit.SECONDS)).isTrue();
    factory.destroy();
    for (Thread thread : threads) {
      thread.join(10_000);
    }
    assertThat(cloud.received().impressions().total()).isEqualTo(served.get());
  }

  private static void evaluate(SplitClient client, AtomicLong served, CountDownLatch busy) {
    while (client.getTreatment("u1", "banner").equals("on")) {
      served.incrementAndGet();
      busy.countDown();
      Thread.onSpinWait();
    }
  }
}
