package io.splitio.backend.redis.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.DateUnit;
import io.splitio.backend.redis.link.Line;
import io.splitio.backend.redis.settings.Address;
import io.splitio.backend.redis.settings.RedisSettings;
import io.splitio.engine.Query;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that wait for the same things, one for what the other asks. */
class GatheringTest {
  private static final int CALLS = 20_000;

  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
  private final ExecutorService callers =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "caller");
            thread.setDaemon(true); // one that waits for ever must not keep the process
            return thread;
          });
  private final Local local =
      Local.copies(
          new RedisSettings(
              new Address.Single(new Address.Node("localhost", 1), 0),
              RedisSettings.Login.NONE,
              null),
          DateUnit.MILLISECONDS);
  private final Reads reads =
      new Reads(new Line(null, scheduler, null), local, new Complaints("Redis"), false, false);

  @AfterEach
  void stop() {
    callers.shutdownNow();
    scheduler.shutdownNow();
  }

  private void askForSets() {
    Query query = new Query("k", Set.of(), List.of("a", "b", "c"), false);
    for (int i = 0; i < CALLS; i++) {
      new Gathering(local, reads, query, Long.MAX_VALUE, null).begin().join();
    }
  }

  @Test
  void nobodyWaitsForTheOtherWhereThereIsNoConnection() {
    List<CompletableFuture<Void>> all =
        Stream.generate(() -> CompletableFuture.runAsync(this::askForSets, callers))
            .limit(3)
            .toList();
    assertThat(CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)))
        .succeedsWithin(Duration.ofSeconds(60));
  }
}
