package io.splitio.backend.redis.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A walk while the keys move from one node to another. */
class ClusterWalkTest {
  private final Map<Object, Set<String>> held = new HashMap<>();
  private final RedisAsyncCommands<String, byte[]> giver = node("ASK 1 127.0.0.1:2");
  private final RedisAsyncCommands<String, byte[]> taker = node(null);
  private final ClusterWalk walk =
      new ClusterWalk(node -> CompletableFuture.completedFuture(held.get(node)), "nobodys");

  /** What a connection replies to a question for a key that nobody has. */
  private static final class Reply<T> extends CompletableFuture<T> implements RedisFuture<T> {
    @Override
    public @Nullable String getError() {
      return null;
    }

    @Override
    public boolean await(long timeout, TimeUnit unit) {
      return isDone();
    }
  }

  @SuppressWarnings("unchecked")
  private static RedisAsyncCommands<String, byte[]> node(@Nullable String refusal) {
    return (RedisAsyncCommands<String, byte[]>)
        Proxy.newProxyInstance(
            ClusterWalkTest.class.getClassLoader(),
            new Class<?>[] {RedisAsyncCommands.class},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "mget" -> reply(refusal);
                  case "equals" -> self == arguments[0];
                  case "hashCode" -> System.identityHashCode(self);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private static Reply<List<?>> reply(@Nullable String refusal) {
    Reply<List<?>> reply = new Reply<>();
    if (refusal == null) {
      reply.complete(List.of());
    } else {
      reply.completeExceptionally(new RedisCommandExecutionException(refusal));
    }
    return reply;
  }

  @Test
  void whatANodeStillHasAndWhatTheOtherHasAlreadyIsAll() {
    held.put(giver, Set.of("a", "b"));
    held.put(taker, Set.of("c"));

    assertThat(walk.to(giver).toCompletableFuture()).isCompletedExceptionally(); // sent on

    assertThat(walk.to(taker).toCompletableFuture().join()).containsOnly("a", "b", "c");
  }

  @Test
  void aNodeThatIsAskedAgainIsNotTakenForTheOther() {
    held.put(giver, Set.of("a", "b"));
    assertThat(walk.to(giver).toCompletableFuture()).isCompletedExceptionally();
    held.put(giver, Set.of("b"));
    held.put(taker, Set.of("a"));

    assertThat(walk.to(giver).toCompletableFuture()).isCompletedExceptionally();

    assertThat(walk.to(taker).toCompletableFuture().join()).containsOnly("a", "b");
  }

  @Test
  void whoOwnsAllOfThemHasAll() {
    held.put(taker, Set.of("a"));

    assertThat(walk.to(taker).toCompletableFuture().join()).containsOnly("a");
  }
}
