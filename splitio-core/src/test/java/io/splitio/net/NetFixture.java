package io.splitio.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.net.HttpSettings.Timeouts;
import io.splitio.net.Outcome.Failure;
import io.splitio.net.Outcome.Success;
import io.splitio.net.Trouble.Transport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;

/** What tests of HTTP share: settings with short times, an {@link Http}, and its threads. */
abstract class NetFixture {
  static final HttpSettings SETTINGS =
      HttpSettings.defaults()
          .withoutEnvironmentProxy()
          .withTimeouts(
              Timeouts.defaults()
                  .withConnect(Duration.ofSeconds(2))
                  .withRead(Duration.ofSeconds(5))
                  .withTotal(Duration.ofSeconds(8)));

  final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  final Function<String, ThreadFactory> factory = this::threadsOf;
  private final List<Http> open = new CopyOnWriteArrayList<>();

  Http http() {
    return http(SETTINGS);
  }

  Http http(HttpSettings settings) {
    Http http = new Http(settings, factory);
    open.add(http);
    return http;
  }

  @AfterEach
  void nothingIsLeft() {
    open.forEach(Http::close);
    await()
        .atMost(5, TimeUnit.SECONDS)
        .untilAsserted(() -> assertThat(threads).noneMatch(Thread::isAlive));
  }

  static <T> Outcome<T> end(CompletableFuture<Outcome<T>> outcome) {
    return outcome.orTimeout(20, TimeUnit.SECONDS).join();
  }

  static String text(CompletableFuture<Outcome<byte[]>> outcome) {
    Outcome<byte[]> end = end(outcome);
    assertThat(end).isInstanceOf(Success.class);
    return new String(((Success<byte[]>) end).body(), StandardCharsets.UTF_8);
  }

  static Trouble trouble(CompletableFuture<? extends Outcome<?>> outcome) {
    Outcome<?> end = outcome.orTimeout(20, TimeUnit.SECONDS).join();
    assertThat(end).isInstanceOf(Failure.class);
    return ((Failure<?>) end).trouble();
  }

  static Trouble.Kind kind(CompletableFuture<? extends Outcome<?>> outcome) {
    Trouble trouble = trouble(outcome);
    assertThat(trouble).isInstanceOf(Transport.class);
    return ((Transport) trouble).kind();
  }

  private ThreadFactory threadsOf(String role) {
    AtomicInteger made = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, "splitio-" + role + "-" + made.incrementAndGet());
      thread.setDaemon(true);
      threads.add(thread);
      return thread;
    };
  }
}
