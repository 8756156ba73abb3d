package io.splitio.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.SplitFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two servers believe to be the master, and one of three sentinels names another than most do. */
class DisputedMasterTest {
  private final AtomicInteger refused = new AtomicInteger();
  private int asked;
  private volatile boolean down;
  private volatile boolean replica;
  private final TestSdks sdks = new TestSdks();
  private final ToyRedis old = new ToyRedis(ToySentinels::asMaster);
  private final ToyRedis next = new ToyRedis(this::asNext);
  private volatile ToyRedis named = old;
  private final ToyRedis past = new ToyRedis(command -> ToySentinels.naming(old, command));
  private final ToyRedis one = new ToyRedis(command -> ToySentinels.naming(named, command));
  private final ToyRedis other = new ToyRedis(command -> ToySentinels.naming(named, command));

  @AfterEach
  void stop() {
    sdks.close();
    List.of(past, one, other, next, old).forEach(ToyRedis::close);
  }

  private String asNext(List<String> command) {
    if (down) {
      refused.incrementAndGet();
      throw new UncheckedIOException(new IOException("down"));
    }
    return replica && command.get(0).equals("ROLE")
        ? "*1\r\n$5\r\nslave\r\n"
        : ToySentinels.asMaster(command);
  }

  private SplitFactory ready() {
    return sdks.ready(
        RedisConnector.sentinels("flags", List.of(past.node(), one.node(), other.node()))
            .callBudget(Duration.ofSeconds(5)));
  }

  private static boolean hasEvents(ToyRedis redis) {
    return redis.commands().stream().anyMatch(said -> said.startsWith("RPUSH SPLITIO.events"));
  }

  private static boolean isReadFrom(ToyRedis redis) {
    return redis.commands().stream().anyMatch(said -> said.startsWith("MGET SPLITIO.split."));
  }

  private void use(SplitFactory factory) {
    factory.client().track("alice", "user", "bought");
    factory.client().getTreatment("alice", "none" + ++asked); // an old name is known not to exist
  }

  private void assertAllUse(SplitFactory factory, ToyRedis master, ToyRedis left) {
    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(
            () -> {
              use(factory);
              assertThat(hasEvents(master) && isReadFrom(master)).isTrue();
              assertThat(left.open()).isZero();
            });
  }

  @Test
  void isTheOneThatMostNameAlsoWhereTheFirstToBeAskedNamesAnother() {
    named = next;

    assertAllUse(ready(), next, old);
  }

  @Test
  void isTheOneThatMostNameAlsoAfterThatWasGoneForAMoment() {
    SplitFactory factory = ready();
    assertAllUse(factory, old, next);
    named = next;
    assertAllUse(factory, next, old);

    down = true;
    next.cut();
    await().atMost(Duration.ofSeconds(40)).until(() -> old.open() > 0 && refused.get() > 2);
    next.commands().clear();
    down = false;

    assertAllUse(factory, next, old);
  }

  @Test
  void isNotTheOneThatMostNameAsLongAsThatIsAReplica() {
    replica = true;
    named = next;
    SplitFactory factory = ready();
    await()
        .atMost(Duration.ofSeconds(40))
        .until(() -> next.commands().stream().filter("ROLE"::equals).count() > 1);

    use(factory);

    await().atMost(Duration.ofSeconds(40)).until(() -> hasEvents(old) && isReadFrom(old));
    assertThat(isReadFrom(next)).isFalse();
    replica = false;
    assertAllUse(factory, next, old);
  }
}
