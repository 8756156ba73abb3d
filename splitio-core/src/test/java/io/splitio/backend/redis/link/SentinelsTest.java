package io.splitio.backend.redis.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.splitio.backend.redis.ToyRedis;
import io.splitio.backend.redis.ToySentinels;
import io.splitio.backend.redis.settings.Address;
import io.splitio.backend.redis.settings.Address.Node;
import io.splitio.backend.redis.settings.RedisSettings;
import io.splitio.backend.redis.settings.RedisSettings.Login;
import io.splitio.testing.LogCapture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How single connections are opened where sentinels name the server. */
class SentinelsTest {
  private final List<ToyRedis> toys = new CopyOnWriteArrayList<>();
  private final CountDownLatch elected = new CountDownLatch(1);
  private final AtomicInteger roles = new AtomicInteger();
  private Wires wires;

  @AfterEach
  void close() {
    elected.countDown();
    if (wires != null) {
      wires.close(CompletableFuture.completedFuture(null), Duration.ofSeconds(5));
    }
    toys.forEach(ToyRedis::close);
  }

  private ToyRedis toy(Function<List<String>, String> script) {
    ToyRedis toy = new ToyRedis(script);
    toys.add(toy);
    return toy;
  }

  private ToyRedis refusing(String error) {
    return toy(command -> "-" + error + "\r\n");
  }

  private ToyRedis gone() {
    ToyRedis gone = toy(command -> null);
    gone.close();
    return gone;
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Node node(ToyRedis toy) {
    return new Node("127.0.0.1", toy.port());
  }

  private static Address.Sentinels address(ToyRedis... sentinels) {
    List<Node> nodes = Arrays.stream(sentinels).map(SentinelsTest::node).toList();
    return new Address.Sentinels("flags", nodes, 0, Login.NONE, false);
  }

  private static RedisSettings settings(Address address) {
    return new RedisSettings(address, Login.NONE, null);
  }

  private void make(ToyRedis... sentinels) {
    wires = new Wires(settings(address(sentinels)), SentinelsTest::thread);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    return thread;
  }

  private Wire opened() throws Exception {
    return wires.open().get(20, TimeUnit.SECONDS);
  }

  private RedisFault refusal() {
    return RedisFault.of(RedisFault.failureOf(wires.open().orTimeout(20, TimeUnit.SECONDS)));
  }

  private static long questions(ToyRedis sentinel) {
    return sentinel.commands().stream().filter(said -> said.startsWith("SENTINEL")).count();
  }

  @Test
  void oneThatIsGoneKeepsNoAttemptFromTheNext() throws Exception {
    ToyRedis master = toy(ToySentinels::asMaster);
    make(gone(), toy(command -> ToySentinels.naming(master, command)), gone());

    for (int i = 0; i < 3; i++) {
      assertThat(opened().node()).isEqualTo(node(master));
    }
  }

  @Test
  void aServerThatSaysItIsAReplicaIsHungUpOn() {
    ToyRedis replica = toy(said -> said.get(0).equals("ROLE") ? "*1\r\n$5\r\nslave\r\n" : null);
    make(toy(command -> ToySentinels.naming(replica, command)));

    assertThatThrownBy(this::opened).hasMessageContaining("no master");
    await().until(() -> replica.open() == 0);
  }

  @Test
  void aServerThatMayNotTellItsRoleIsTaken() throws Exception {
    ToyRedis master = toy(said -> said.get(0).equals("ROLE") ? "-NOPERM no\r\n" : null);
    make(toy(command -> ToySentinels.naming(master, command)));

    assertThat(opened().node()).isEqualTo(node(master));
  }

  @Test
  void whatOneRefusesNamesItAndItsOwnPassword() {
    ToyRedis strict = refusing("NOAUTH HELLO must be called with the client authenticated");
    make(gone(), strict, gone());

    for (int i = 0; i < 3; i++) { // whichever is asked last
      RedisFault fault = refusal();

      assertThat(fault.code()).isEqualTo("NOAUTH");
      assertThat(fault.lasting()).isTrue();
      assertThat(fault.advised())
          .startsWith("Sentinel 127.0.0.1:" + strict.port() + ": NOAUTH")
          .contains("sentinelPassword", "splitio.redis.sentinel.password");
    }
  }

  @Test
  void oneThatIsGoneIsNamed() {
    ToyRedis gone = gone();
    make(gone);

    assertThat(refusal().advised())
        .contains("Sentinel 127.0.0.1:" + gone.port() + ": Connection refused");
  }

  @Test
  void whatTheServerRefusesIsNotBlamedOnSentinels() {
    ToyRedis master = refusing("WRONGPASS invalid username-password pair");
    make(toy(command -> ToySentinels.naming(master, command)));

    assertThat(refusal().advised()).doesNotContain("entinel").contains("WRONGPASS");
  }

  @Test
  void oneThatRefusesIsAskedOnOneConnectionAtATime() throws Exception {
    ToyRedis master = toy(ToySentinels::asMaster);
    ToyRedis fickle = toy(command -> command.get(0).equals("SENTINEL") ? "-ERR no\r\n" : null);
    make(toy(command -> ToySentinels.naming(master, command)), fickle);
    opened();

    await().atMost(Duration.ofSeconds(40)).until(() -> questions(fickle) > 2);

    await().until(() -> fickle.open() < 2);
  }

  @Test
  void oneThatDoesNotTellIsToldOfAndSoIsItsRecovery() throws Exception {
    AtomicBoolean refuses = new AtomicBoolean(true);
    ToyRedis master = toy(ToySentinels::asMaster);
    ToyRedis fickle =
        toy(command -> refuses.get() ? "-NOPERM no\r\n" : ToySentinels.naming(master, command));
    make(toy(command -> ToySentinels.naming(master, command)), fickle);
    try (LogCapture log = LogCapture.everything()) {
      opened();

      await().atMost(Duration.ofSeconds(40)).until(() -> !told(log, "WARN").isEmpty());
      refuses.set(false);
      await().atMost(Duration.ofSeconds(40)).until(() -> !told(log, "INFO").isEmpty());

      String name = "Sentinel 127.0.0.1:" + fickle.port();
      assertThat(told(log, "WARN"))
          .singleElement()
          .asString()
          .contains("does not tell who is master. " + name + ": NOPERM no", "ACL SETUSER there");
      assertThat(told(log, "INFO")).containsExactly("INFO " + name + " tells who is master again");
    }
  }

  private static List<String> told(LogCapture log, String level) {
    return log.lines().stream()
        .filter(line -> line.startsWith(level) && line.contains("who is master"))
        .toList();
  }

  @Test
  void aConnectionThatASentinelEndsIsForgotten() throws Exception {
    ToyRedis master = toy(ToySentinels::asMaster);
    ToyRedis one = toy(command -> ToySentinels.naming(master, command));
    make(one);
    opened();
    for (int i = 0; i < 2; i++) {
      long before = questions(one);
      await().until(() -> questions(one) > before && one.open() == 1);
      one.cut();
    }
    long before = questions(one);
    await().until(() -> questions(one) > before && one.open() == 1);

    assertThat(wires.all()).hasSize(2); // to the master, to the sentinel
  }

  @Test
  void whoWasUsedLastIsTheLastMasterAlsoWhereTheSearchHadNamedAnother() throws Exception {
    AtomicBoolean down = new AtomicBoolean();
    AtomicReference<ToyRedis> named = new AtomicReference<>();
    ToyRedis old = toy(ToySentinels::asMaster);
    ToyRedis next = toy(command -> down.get() ? hangUp() : ToySentinels.asMaster(command));
    ToyRedis one = toy(command -> ToySentinels.naming(named.get(), command));
    named.set(old);
    make(one);
    CompletableFuture<Throwable> lost = new CompletableFuture<>();
    opened().whenLost(lost::complete);
    named.set(next);
    assertThat(lost.get(20, TimeUnit.SECONDS)).hasMessageContaining("election");
    assertThat(opened().node()).isEqualTo(node(next));

    one.close();
    down.set(true);

    assertThatThrownBy(this::opened).isInstanceOf(ExecutionException.class);
    down.set(false);
    assertThat(opened().node()).isEqualTo(node(next));
  }

  private static String hangUp() {
    throw new UncheckedIOException(new IOException("down"));
  }

  @Test
  void whoeverMostNameIsLeftAloneForAWhileIfItIsAReplica() throws Exception {
    ToyRedis old = toy(ToySentinels::asMaster);
    ToyRedis replica = toy(said -> said.get(0).equals("ROLE") ? "*1\r\n$5\r\nslave\r\n" : null);
    Function<List<String>, String> most = command -> ToySentinels.naming(replica, command);
    make(toy(command -> ToySentinels.naming(old, command)), toy(most), toy(most));
    assertThat(opened().node()).isEqualTo(node(old));

    await().atMost(Duration.ofSeconds(20)).until(() -> replica.accepted() > 0);

    await()
        .during(Duration.ofSeconds(4)) // it is left alone for ten
        .atMost(Duration.ofSeconds(30))
        .until(() -> replica.accepted() == 1);
  }

  @Test
  void aLookoutThatIsOverAsksNoMore() {
    ToyRedis master = toy(ToySentinels::asMaster);
    ToyRedis one = toy(command -> ToySentinels.naming(master, command));
    make(one);
    Opinions opinions = new Opinions(1, elected -> {}, named -> {});
    Address.Sentinels address = address(one);
    Lookout lookout =
        new Lookout(new Sentinel(node(one), address, settings(address), wires, opinions), wires);
    lookout.begin();
    await().until(() -> questions(one) > 0);

    lookout.end();
    long before = questions(one);

    await()
        .during(Duration.ofSeconds(4))
        .atMost(Duration.ofSeconds(30))
        .until(() -> questions(one) <= before + 1);
  }

  @Test
  void aConnectionThatIsOpenedWhileAnotherIsElectedIsLeftToo() throws Exception {
    ToyRedis next = toy(ToySentinels::asMaster);
    ToyRedis old = toy(this::asOld);
    Function<List<String>, String> past = command -> ToySentinels.naming(old, command);
    ToyRedis herald = toy(command -> ToySentinels.naming(roles.get() > 1 ? next : old, command));
    make(herald, toy(past), toy(past), toy(past), toy(past)); // the search asks those first
    opened().whenLost(why -> elected.countDown());
    await().until(() -> questions(herald) > 1);

    Wire second = opened();

    if (node(old).equals(second.node())) { // else the search took so long that it asked the herald
      CompletableFuture<Throwable> lost = new CompletableFuture<>();
      second.whenLost(lost::complete);
      assertThat(lost.get(20, TimeUnit.SECONDS)).hasMessageContaining("election");
    }
  }

  /** Says that it is the master, the second time after the other one was elected. */
  private String asOld(List<String> command) {
    if (command.get(0).equals("ROLE") && roles.incrementAndGet() > 1) {
      waitFor(elected);
    }
    return ToySentinels.asMaster(command);
  }
}
