package io.splitio.backend.redis.write;

import io.splitio.backend.redis.link.RedisFault;
import io.splitio.backend.redis.link.Wire;
import io.splitio.record.Delivery;
import io.splitio.record.Delivery.Fate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What became of increments of the fields of a hash. They are sent at once and carried out one by
 * one, so each may fare differently.
 *
 * @param failed the failures, by field
 */
record Increments(Map<String, Throwable> failed) {
  private static final Logger log = LoggerFactory.getLogger("splitio.record");

  /** Nothing was to be added. */
  static final Increments NONE = new Increments(Map.of());

  /** Sends increments, and has the hash expire if they created it. Does not fail. */
  static CompletionStage<Increments> sent(
      RedisSinks sinks, Wire wire, String hash, Map<String, Long> fields) {
    Map<String, CompletableFuture<Long>> replies = new LinkedHashMap<>();
    fields.forEach(
        (field, more) ->
            replies.put(field, sinks.written(wire, redis -> redis.hincrby(hash, field, more))));
    CompletableFuture<Long> length = sinks.written(wire, redis -> redis.hlen(hash));
    List<CompletableFuture<?>> all = new ArrayList<>(replies.values());
    all.add(length);
    return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new))
        .handle(
            (done, failure) -> {
              Increments increments = new Increments(failures(replies));
              Throwable uncounted = RedisFault.failureOf(length);
              if (failure == null) {
                boolean created = length.join() == fields.size() && isFirst(replies, fields);
                sinks.expiry().written(hash, created);
              } else {
                increments.leaveUnclear(sinks.expiry(), hash, fields.size(), uncounted);
              }
              return increments;
            });
  }

  /** Some were carried out, or may have been, so the hash may be new. */
  private void leaveUnclear(Expiry expiry, String hash, int sent, @Nullable Throwable uncounted) {
    if (failed.size() < sent) {
      expiry.partly(hash);
    }
    failed.values().forEach(failure -> expiry.failed(hash, failure));
    if (uncounted != null) {
      expiry.failed(hash, uncounted);
    }
    if (failed.isEmpty()) {
      expiry.written(hash, false); // all that is missing is how long it is
    }
  }

  /** Whether no field had a value before. */
  private static boolean isFirst(
      Map<String, CompletableFuture<Long>> replies, Map<String, Long> fields) {
    return replies.entrySet().stream()
        .allMatch(reply -> reply.getValue().join().equals(fields.get(reply.getKey())));
  }

  private static Map<String, Throwable> failures(Map<String, CompletableFuture<Long>> replies) {
    Map<String, Throwable> failed = new LinkedHashMap<>();
    replies.forEach(
        (field, reply) -> {
          Throwable failure = RedisFault.failureOf(reply);
          if (failure != null) {
            failed.put(field, failure);
          }
        });
    return failed;
  }

  Increments and(Increments other) {
    Map<String, Throwable> both = new LinkedHashMap<>(failed);
    both.putAll(other.failed);
    return new Increments(both);
  }

  /** None was carried out, for the same reason. */
  static Increments none(Set<String> fields, Throwable failure) {
    Map<String, Throwable> failed = new LinkedHashMap<>();
    fields.forEach(field -> failed.put(field, failure));
    return new Increments(failed);
  }

  /** Whether the increment of a field was surely not carried out. */
  boolean isUndone(String field) {
    return isUndone(fate(field));
  }

  /**
   * For increments of which those that were surely not carried out are kept elsewhere: what
   * somebody has to mend, else whether something is lost.
   */
  Delivery delivery() {
    Delivery worst = Delivery.of(Fate.DELIVERED);
    for (String field : failed.keySet()) {
      Delivery fate = fate(field);
      boolean told = fate.fate() != Fate.TRY_AGAIN; // it is kept, and all will be well
      worst = told && rank(fate) > rank(worst) ? fate : worst;
    }
    return worst;
  }

  /**
   * For a batch whose items are these fields, in order: those that were carried out are settled,
   * and those that may have been are lost; the others are tried again, as late as the one that has
   * to wait longest.
   */
  Delivery delivery(List<String> order) {
    Delivery worst = Delivery.of(Fate.DELIVERED);
    Set<Integer> settled = new HashSet<>();
    Set<Integer> doubtful = new HashSet<>();
    for (int i = 0; i < order.size(); i++) {
      Delivery fate = fate(order.get(i));
      if (fate.fate() == Fate.DELIVERED) {
        settled.add(i);
      } else if (fate.fate() == Fate.LOST) {
        doubtful.add(i);
      }
      worst = rank(fate) > rank(worst) ? fate : worst;
    }
    if (settled.size() == order.size()) {
      return worst;
    }
    if (!isUndone(worst) || doubtful.isEmpty()) {
      return worst.except(settled, Set.of());
    }
    log.warn("{} counts are given up, as Redis may have them, or not", doubtful.size());
    return worst.except(settled, doubtful);
  }

  private static int rank(Delivery delivery) {
    return switch (delivery.fate()) {
      case TRY_MUCH_LATER -> 3;
      case TRY_AGAIN -> 2;
      case LOST -> 1;
      default -> 0;
    };
  }

  private static boolean isUndone(Delivery delivery) {
    return delivery.fate() == Fate.TRY_AGAIN || delivery.fate() == Fate.TRY_MUCH_LATER;
  }

  private Delivery fate(String field) {
    Throwable failure = failed.get(field);
    return failure == null ? Delivery.of(Fate.DELIVERED) : RedisSinks.delivery(failure, Fate.LOST);
  }
}
