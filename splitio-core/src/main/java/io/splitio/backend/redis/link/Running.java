package io.splitio.backend.redis.link;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.resource.ClientResources;
import io.netty.util.Timeout;
import io.netty.util.concurrent.Future;
import io.splitio.backend.redis.settings.Address.Node;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What Lettuce needs to run, and the connections made with it.
 *
 * @param resources threads and timers
 * @param client makes connections
 * @param channels all that is open, and what is about to connect
 * @param open those that nobody closed
 * @param detours the ways to nodes that have for now what others own
 */
record Running(
    ClientResources resources,
    RedisClient client,
    Channels channels,
    Set<Wire> open,
    ConcurrentMap<Node, Detour> detours) {
  Running(ClientResources resources, RedisClient client, Channels channels) {
    this(resources, client, channels, ConcurrentHashMap.newKeySet(), new ConcurrentHashMap<>());
  }

  /** The same answer, unless it takes too long. */
  <T extends @Nullable Object> CompletableFuture<T> within(
      Duration longest, CompletableFuture<T> answer) {
    if (answer.isDone()) {
      return answer;
    }
    Timeout end =
        resources
            .timer()
            .newTimeout(
                late ->
                    answer.completeExceptionally(
                        new TimeoutException("the password was not told within " + longest)),
                longest.toNanos(),
                TimeUnit.NANOSECONDS);
    return answer.whenComplete((told, failure) -> end.cancel());
  }

  /** Runs something short after a while, unless all of this ends before. */
  void after(Duration delay, Runnable task) {
    Timeout unused =
        resources.timer().newTimeout(due -> task.run(), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  Wire add(StatefulRedisConnection<String, byte[]> connection, @Nullable Node node) {
    Wire wire = new Wire(connection, node, open::remove);
    open.add(wire);
    return wire;
  }

  /** Ends all of it; the connections first, as Lettuce warns of what is closed twice. */
  CompletableFuture<?> end(Duration timeout) {
    long millis = Math.max(1, timeout.toMillis());
    CompletableFuture<?>[] closing =
        open.stream().map(Wire::close).toArray(CompletableFuture<?>[]::new);
    return CompletableFuture.allOf(closing)
        .thenCompose(done -> over(channels.close()))
        .thenCompose(done -> client.shutdownAsync(0, millis, TimeUnit.MILLISECONDS))
        .exceptionally(failure -> null)
        .thenCompose(done -> over(resources.shutdown(0, millis, TimeUnit.MILLISECONDS)));
  }

  /** Completes when that is over, however it went. */
  private static CompletableFuture<Boolean> over(Future<?> netty) {
    CompletableFuture<Boolean> over = new CompletableFuture<>();
    netty.addListener(done -> over.complete(done.isSuccess()));
    return over;
  }
}
