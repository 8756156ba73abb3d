package io.splitio.backend.redis;

import static org.awaitility.Awaitility.await;

import io.splitio.api.SplitClient;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Asks for one flag all the time, and keeps each different answer. */
final class Asking implements AutoCloseable {
  private static final Map<String, Object> ADULT = Map.of("country", "DE", "age", 30);

  private final SplitClient client;
  private final Set<String> answers = ConcurrentHashMap.newKeySet();
  private final AtomicLong asked = new AtomicLong();
  private final AtomicLong longest = new AtomicLong();
  private final Thread thread = new Thread(this::ask, "asking");
  private volatile boolean over;

  Asking(SplitClient client) {
    this.client = client;
    thread.start();
  }

  private void ask() {
    while (!over) {
      long before = System.nanoTime();
      answers.add(client.getTreatment("alice", "price_test", ADULT));
      longest.accumulateAndGet(System.nanoTime() - before, Math::max);
      asked.incrementAndGet();
    }
  }

  /** Waits until many more questions were answered. */
  Asking goOn() {
    long enough = asked.get() + 50;
    await().atMost(Duration.ofSeconds(30)).until(() -> asked.get() >= enough);
    return this;
  }

  /** All answers there were. */
  Set<String> answers() {
    return answers;
  }

  /** How long the slowest question took. */
  Duration longest() {
    return Duration.ofNanos(longest.get());
  }

  @Override
  public void close() {
    over = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
