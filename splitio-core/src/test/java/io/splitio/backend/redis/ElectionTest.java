package io.splitio.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitFactory;
import io.splitio.api.Key;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sentinels elect another master while the old one goes on, and knows nothing of it. */
class ElectionTest {
  private final TestSdks sdks = new TestSdks();
  private final AtomicInteger refused = new AtomicInteger();
  private volatile boolean down;
  private final ToyRedis old = new ToyRedis(ToySentinels::asMaster);
  private final ToyRedis next = new ToyRedis(this::asNext);
  private volatile ToyRedis namedByOne = old;
  private volatile ToyRedis namedByOther = old;
  private int asked;
  private final ToyRedis one = new ToyRedis(command -> ToySentinels.naming(namedByOne, command));
  private final ToyRedis other =
      new ToyRedis(command -> ToySentinels.naming(namedByOther, command));

  @AfterEach
  void stop() {
    sdks.close();
    List.of(one, other, next, old).forEach(ToyRedis::close);
  }

  private String asNext(List<String> command) {
    if (down) {
      refused.incrementAndGet();
      throw new UncheckedIOException(new IOException("down"));
    }
    return ToySentinels.asMaster(command);
  }

  /** One that reads, writes, and is told of changes. */
  private SplitFactory ready() {
    SplitFactory factory =
        sdks.ready(
            RedisConnector.sentinels("flags", List.of(one.node(), other.node()))
                .callBudget(Duration.ofSeconds(5)));
    awaitUse(factory, old);
    await().until(() -> questions(one) > 2 && questions(other) > 2);
    return factory;
  }

  private static void awaitUse(SplitFactory factory, ToyRedis master) {
    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(
            () -> {
              factory.client().track("alice", "user", "bought"); // also once the old one is left
              assertThat(master.commands())
                  .anyMatch(command -> command.startsWith("RPUSH SPLITIO.events"))
                  .anyMatch(command -> command.startsWith("CLIENT TRACKING"))
                  .anyMatch(command -> command.startsWith("MGET SPLITIO.splits.till"));
            });
  }

  private static long questions(ToyRedis sentinel) {
    return sentinel.commands().stream().filter(said -> said.startsWith("SENTINEL")).count();
  }

  private void assertNextIsUsed(SplitFactory factory) {
    awaitUse(factory, next);
    await().untilAsserted(() -> assertThat(old.open()).isZero());
    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(
            () -> {
              String unheardOf = "none" + ++asked; // the last one may be known not to be there
              assertThat(factory.client().evaluate(Key.of("k"), unheardOf, Map.of()).label())
                  .isEqualTo("definition not found");
              assertThat(next.commands())
                  .anyMatch(said -> said.startsWith("MGET SPLITIO.split." + unheardOf));
            });
    await().until(() -> factory.health().events().queued() == 0);
    TestSdks.assertExact(factory.health());
    assertThat(factory.health().events().delivered())
        .isEqualTo(factory.health().events().accepted());
  }

  @Test
  void theOldOneIsLeftAsSoonAsOneOfThemHasHeardOfIt() {
    SplitFactory factory = ready();

    namedByOther = next;

    assertNextIsUsed(factory);
  }

  @Test
  void theOldOneIsLeftAlsoWhereASentinelWasLostAndCameBackBetween() {
    SplitFactory factory = ready();
    other.close();
    one.cut();
    long before = questions(one);
    await().until(() -> questions(one) > before);

    namedByOne = next;

    assertNextIsUsed(factory);
  }

  @Test
  void theElectedOneIsUsedAgainAlsoIfItWasGoneForAMomentAndTheyNameItStill() {
    SplitFactory factory = ready();
    namedByOne = next;
    namedByOther = next;
    assertNextIsUsed(factory);

    down = true;
    next.cut();
    await().atMost(Duration.ofSeconds(40)).until(() -> refused.get() > 6);
    next.commands().clear();
    down = false;

    assertNextIsUsed(factory);
  }

  @Test
  void isHeardOfOnOneConnectionToEachSentinelThatIsKept() {
    ready();

    long before = questions(one);
    int accepted = one.accepted() + other.accepted() + old.accepted();
    await().until(() -> questions(one) > before + 2);

    assertThat(one.accepted() + other.accepted() + old.accepted()).isEqualTo(accepted);
    assertThat(List.of(one.open(), other.open())).containsExactly(1, 1);
  }

  @Test
  void isNotHeardOfWhileTheInstanceRestsAndIsWhenItGoesOn() {
    SplitFactory factory = ready();

    factory.suspend();

    await()
        .during(Duration.ofSeconds(3))
        .atMost(Duration.ofSeconds(15))
        .until(() -> Stream.of(one, other, old).allMatch(toy -> toy.open() == 0));

    factory.resume();
    await().until(() -> one.open() == 1 && other.open() == 1);
    namedByOne = next;
    awaitUse(factory, next);
  }
}
