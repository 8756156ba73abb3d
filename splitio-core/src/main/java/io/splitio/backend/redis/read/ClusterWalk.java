package io.splitio.backend.redis.read;

import io.lettuce.core.api.async.RedisAsyncCommands;
import io.splitio.backend.redis.link.Question;
import io.splitio.backend.redis.link.RedisFault;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A walk through the keys of a cluster. A node that is asked for what it has never says that the
 * rest is elsewhere, or all of it; so it is asked, thereafter, for a key that nobody has. One that
 * gave the keys away sends us on, and the walk begins anew there. One that is about to sends us for
 * now to the node that gets them: what it has by then belongs to the rest.
 */
final class ClusterWalk implements Question<Set<String>> {
  private final Question<Set<String>> walk;
  private final String nobodys;
  private final AtomicReference<@Nullable Half> half = new AtomicReference<>();

  /** What a node has of the keys, as asked on a connection. */
  private record Half(RedisAsyncCommands<String, byte[]> from, Set<String> names) {}

  /**
   * Nothing is asked yet.
   *
   * @param walk through what one node has
   * @param nobodys a key that does not exist, where all keys are
   */
  ClusterWalk(Question<Set<String>> walk, String nobodys) {
    this.walk = walk;
    this.nobodys = nobodys;
  }

  @Override
  public CompletionStage<Set<String>> to(RedisAsyncCommands<String, byte[]> redis) {
    Half before = half.getAndSet(null);
    CompletionStage<Set<String>> walked = walk.to(redis);
    return before == null || before.from.equals(redis) // asked again, as nobody took the rest
        ? walked.thenCompose(names -> confirmed(redis, names))
        : walked.thenApply(names -> both(before.names, names));
  }

  private CompletionStage<Set<String>> confirmed(
      RedisAsyncCommands<String, byte[]> redis, Set<String> names) {
    return redis
        .mget(nobodys)
        .whenComplete(
            (none, failure) -> {
              if (failure != null && RedisFault.of(failure).isElsewhereForNow()) {
                half.set(new Half(redis, names)); // and the same question goes to the other node
              }
            })
        .thenApply(none -> names);
  }

  private static Set<String> both(Set<String> some, Set<String> others) {
    Set<String> all = new HashSet<>(some);
    all.addAll(others);
    return all;
  }
}
