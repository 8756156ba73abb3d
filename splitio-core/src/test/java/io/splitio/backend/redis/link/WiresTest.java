package io.splitio.backend.redis.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.splitio.backend.redis.ToyRedis;
import io.splitio.backend.redis.settings.Address;
import io.splitio.backend.redis.settings.Address.Node;
import io.splitio.backend.redis.settings.RedisSettings;
import io.splitio.backend.redis.settings.RedisSettings.Login;
import io.splitio.backend.redis.settings.Tls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What connections need is there while it is needed, and no longer. */
class WiresTest {
  private static final int MANY = 400;
  private static final Question<Long> LARGE = redis -> redis.rpush("list", new byte[50_000]);

  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private Wires wires;

  @AfterEach
  void close() {
    wires.close(CompletableFuture.completedFuture(null), Duration.ofSeconds(5));
  }

  private Wires wires(Tls tls, Address address) {
    return new Wires(new RedisSettings(address, Login.NONE, tls), this::thread);
  }

  private Thread thread(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    threads.add(thread);
    return thread;
  }

  private void run(Runnable work) {
    thread(work).start();
  }

  @Test
  void certificatesThatCannotBeReadLeaveNoThreadsBehindHoweverOftenItIsTried(@TempDir Path folder) {
    Tls gone = new Tls(new Tls.TrustPem(folder.resolve("gone.pem")), null, Tls.Checks.FULL);
    wires = wires(gone, new Address.Single(new Node("127.0.0.1", 6379), 0));

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(wires::open).hasMessageContaining("gone.pem");
    }

    assertThat(threads).isEmpty();
  }

  @Test
  void whatWaitsToBeSentOnAConnectionThatIsGivenUpWasNotSent() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    try (ToyRedis busy = new ToyRedis(command -> busyFrom("RPUSH", command, goOn))) {
      wires = wires(null, new Address.Single(new Node("127.0.0.1", busy.port()), 0));
      Wire wire = wires.open().get(20, TimeUnit.SECONDS);
      List<CompletableFuture<Long>> replies = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        replies.add(LARGE.on(wire));
      }
      await().until(() -> busy.commands().stream().anyMatch(said -> said.startsWith("RPUSH")));
      Wire.hangUp(wire);
      await().until(() -> replies.stream().allMatch(CompletableFuture::isDone));
      goOn.countDown();
      await().until(() -> busy.open() == 0);

      long arrived = busy.commands().stream().filter(said -> said.startsWith("RPUSH")).count();
      long unsent = replies.stream().filter(WiresTest::isSurelyNotSent).count();
      assertThat(unsent).isPositive().isLessThanOrEqualTo(MANY - arrived);
    }
  }

  private static String busyFrom(String word, List<String> command, CountDownLatch goOn) {
    try {
      if (command.get(0).equals(word)) {
        goOn.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return null;
  }

  private static boolean isSurelyNotSent(CompletableFuture<?> reply) {
    return RedisFault.of(RedisFault.failureOf(reply)).surelyNotSent();
  }

  @Test
  void whatIsAskedForAfterAllConnectionsHaveEndedWasNotSent() throws Exception {
    try (ToyRedis toy = new ToyRedis(command -> null)) {
      wires = wires(null, new Address.Single(new Node("127.0.0.1", toy.port()), 0));
      Wire wire = wires.open().get(20, TimeUnit.SECONDS);
      wires.suspend(CompletableFuture.completedFuture(null), Duration.ofSeconds(5));

      assertThat(LARGE.on(wire)).satisfies(WiresTest::isSurelyNotSentAndDone);
    }
  }

  private static void isSurelyNotSentAndDone(CompletableFuture<?> reply) {
    assertThat(reply).isCompletedExceptionally();
    assertThat(isSurelyNotSent(reply)).isTrue();
  }

  @Test
  void whatIsElsewhereWasNotSentThereWhenAllConnectionsEnd() {
    Node node = new Node("127.0.0.1", 6379);
    wires = wires(null, new Address.Single(node, 0));
    wires.suspend(CompletableFuture.completedFuture(null), Duration.ofSeconds(5));

    assertThat(wires.detour(node, LARGE)).satisfies(WiresTest::isSurelyNotSentAndDone);
  }

  private CompletableFuture<Void> suspended(CompletableFuture<Void> first) {
    CompletableFuture<Void> all =
        CompletableFuture.runAsync(() -> wires.suspend(first, Duration.ofMinutes(2)), this::run);
    await()
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> wires.after(Duration.ofHours(1), () -> {}))
                    .hasMessageContaining("suspended"));
    return all;
  }

  private static void assertTooLate(CompletableFuture<Wire> wire) {
    await().until(wire::isDone);
    assertThat(RedisFault.of(RedisFault.failureOf(wire)).said())
        .isEqualTo("all connections have ended");
  }

  @Test
  void whoIsAboutToConnectWhenAllConnectionsEndDoesNot() {
    CountDownLatch told = new CountDownLatch(1);
    CompletableFuture<Void> first = new CompletableFuture<>();
    try (ToyRedis toy = new ToyRedis(command -> null)) {
      Login login = new Login(null, () -> password(told));
      Address address = new Address.Single(new Node("127.0.0.1", toy.port()), 0);
      wires = new Wires(new RedisSettings(address, login, null), this::thread);
      CompletableFuture<Wire> wire = wires.open();
      CompletableFuture<Void> all = suspended(first);

      told.countDown();

      assertTooLate(wire);
      first.complete(null);
      assertThat(all).succeedsWithin(Duration.ofSeconds(20));
      assertThat(toy.accepted()).isZero();
    }
  }

  private static char[] password(CountDownLatch told) {
    busyFrom("password", List.of("password"), told);
    return new char[0];
  }

  @Test
  void aConnectionThatIsMadeWhenAllOthersEndEndsWithThem() {
    CountDownLatch goOn = new CountDownLatch(1);
    CompletableFuture<Void> first = new CompletableFuture<>();
    try (ToyRedis busy = new ToyRedis(command -> busyFrom("HELLO", command, goOn))) {
      wires = wires(null, new Address.Single(new Node("127.0.0.1", busy.port()), 0));
      CompletableFuture<Wire> wire = wires.open();
      await().until(() -> busy.accepted() == 1);
      CompletableFuture<Void> all = suspended(first);

      goOn.countDown();

      assertTooLate(wire);
      first.complete(null);
      assertThat(all).succeedsWithin(Duration.ofSeconds(20));
      await().until(() -> busy.open() == 0);
    }
  }
}
