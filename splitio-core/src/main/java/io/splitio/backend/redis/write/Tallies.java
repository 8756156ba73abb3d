package io.splitio.backend.redis.write;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * What is added to the fields of one hash. What surely was not carried out is kept here, field by
 * field, and goes along the next time; what may have been is not sent again.
 */
final class Tallies {
  private final RedisSinks sinks;
  private final String hash;
  private final Map<String, Long> owed = new LinkedHashMap<>(); // guarded by this

  Tallies(RedisSinks sinks, String hash) {
    this.sinks = sinks;
    this.hash = hash;
  }

  /** Adds to fields. Does not fail. */
  CompletableFuture<Increments> add(Map<String, Long> more) {
    Map<String, Long> all = withOwed(more);
    return sinks
        .incremented(hash, all)
        .exceptionally(failure -> Increments.none(all.keySet(), failure))
        .thenApply(done -> settled(done, all));
  }

  private synchronized Map<String, Long> withOwed(Map<String, Long> more) {
    Map<String, Long> all = new LinkedHashMap<>(owed);
    owed.clear();
    more.forEach((field, count) -> all.merge(field, count, Long::sum));
    return all;
  }

  private synchronized Increments settled(Increments done, Map<String, Long> all) {
    all.forEach(
        (field, count) -> {
          if (done.isUndone(field)) {
            owed.merge(field, count, Long::sum);
          }
        });
    return done;
  }
}
