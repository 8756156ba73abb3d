package io.splitio.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.api.Key;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An instance that is suspended has no connections and no threads, whatever it was about to do. */
class RedisRestTest {
  private static final SplitConfig CONFIG = SplitConfig.defaults().withoutShutdownHook();

  private final List<ToyRedis> toys =
      List.of(ToyRedis.mute(), ToyRedis.mute(), ToyRedis.mute(), new ToyRedis());
  private SplitFactory factory;

  @AfterEach
  void stop() {
    factory.close();
    toys.forEach(ToyRedis::close);
  }

  private List<String> mute() {
    return toys.subList(0, 3).stream().map(ToyRedis::node).toList();
  }

  /** Connections and threads, with what these do. */
  private List<String> left() {
    List<String> left = new ArrayList<>();
    for (ToyRedis toy : toys) {
      if (toy.open() > 0) {
        left.add(toy.open() + " connections to " + toy.node() + " after " + toy.commands());
      }
    }
    Thread.getAllStackTraces()
        .forEach(
            (thread, stack) -> {
              if (thread.getName().startsWith("splitio-redis")) {
                left.add(thread + " at " + List.of(stack));
              }
            });
    return left;
  }

  private void assertNothingIsLeft() {
    await()
        .during(Duration.ofSeconds(1))
        .atMost(Duration.ofSeconds(15))
        .untilAsserted(() -> assertThat(left()).isEmpty());
  }

  private void suspendedWhileItConnects(RedisConnector connector) {
    factory = SplitFactory.create(connector.withoutPush(), CONFIG);
    await().until(() -> toys.stream().anyMatch(toy -> !toy.commands().isEmpty()));

    factory.suspend();

    assertNothingIsLeft();
  }

  @Test
  void aSearchForTheOwnerOfASlotEndsWhenItIsSuspended() {
    suspendedWhileItConnects(RedisConnector.cluster(mute()));
  }

  @Test
  void aSearchForASentinelThatKnowsTheMasterEndsWhenItIsSuspended() {
    suspendedWhileItConnects(RedisConnector.sentinels("main", mute()));
  }

  @Test
  void whatWasSuspendedConnectsAgainOnceItGoesOn() throws Exception {
    ToyRedis toy = toys.get(3);
    factory = SplitFactory.create(RedisConnector.host("127.0.0.1", toy.port()), CONFIG);
    factory.blockUntilReady(Duration.ofSeconds(20));
    factory.suspend();
    assertNothingIsLeft();

    factory.resume();

    await()
        .untilAsserted(
            () ->
                assertThat(factory.client().evaluate(Key.of("k"), "none", Map.of()).label())
                    .isEqualTo("definition not found"));
  }

  @Test
  void aConnectionThatIsJustBeingMadeIsNotLeftOpen() throws Exception {
    RedisConnector connector = RedisConnector.host("127.0.0.1", toys.get(3).port());
    for (int i = 0; i < 50; i++) {
      factory = SplitFactory.create(connector, CONFIG);
      factory.blockUntilReady(Duration.ofSeconds(20)); // it connects a second time at this moment
      factory.close();
    }
    assertNothingIsLeft();
  }

  @Test
  void whatStartsSuspendedAsksForWhatItNeedsOnlyAndForTheRestOnceItGoesOn() throws Exception {
    ToyRedis toy = toys.get(3);
    RedisConnector connector = RedisConnector.host("127.0.0.1", toy.port());
    for (int i = 0; i < 10; i++) {
      int before = toy.accepted();
      factory = SplitFactory.create(connector, CONFIG.withStartSuspended());
      factory.blockUntilReady(Duration.ofSeconds(20));
      assertThat(toy.accepted()).isEqualTo(before + 1);
      assertThat(toy.commands()).noneMatch(command -> command.startsWith("CLIENT TRACKING"));
      if (i < 9) {
        factory.close();
      }
    }
    assertNothingIsLeft();

    factory.resume();

    await().until(() -> toy.commands().stream().anyMatch(c -> c.startsWith("CLIENT TRACKING")));
  }
}
