package io.splitio.backend.redis.read;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * What Redis said of who is in which segment. It is served without asking only while Redis tells of
 * changes; else it is what to serve when Redis does not answer. Of what was not asked for lately,
 * nothing is kept.
 */
final class Members {
  private static final int MOST_OF_AN_AGE = 50_000;

  private final Push push;
  private final ConcurrentMap<String, Long> generations = new ConcurrentHashMap<>(); // if asked for
  private volatile ConcurrentMap<Pair, Membership> young = new ConcurrentHashMap<>();
  private volatile ConcurrentMap<Pair, Membership> old = new ConcurrentHashMap<>();

  Members(Push push) {
    this.push = push;
  }

  private record Pair(String segment, String key) {}

  /** What was said, when it was asked, and what the segment was then. */
  private record Membership(boolean member, long askedAt, long epoch, long generation) {
    private boolean isRecentNo(long present, long now) {
      return !member && generation == present && now - askedAt < Copies.SAFETY_NANOS;
    }
  }

  /** Whether a key is in a segment if that may be said without asking, or null. */
  @Nullable Boolean fresh(String segment, String key) {
    long epoch = push.epoch();
    if (epoch == Push.NONE) {
      return null;
    }
    Membership known = known(new Pair(segment, key));
    boolean fresh =
        known != null
            && known.epoch == epoch
            && known.generation == generation(segment)
            && System.nanoTime() - known.askedAt < Copies.SAFETY_NANOS;
    return (known != null && fresh) ? (Boolean) known.member : null;
  }

  /** What was said last, if that is not too long ago, or null. */
  @Nullable Boolean last(String segment, String key, long oldestNanos) {
    Membership known = known(new Pair(segment, key));
    boolean usable = known != null && age(segment, known) <= oldestNanos;
    return (known != null && usable) ? (Boolean) known.member : null;
  }

  private long age(String segment, Membership known) {
    return known.generation == generation(segment)
        ? push.age(known.askedAt, known.epoch)
        : System.nanoTime() - known.askedAt;
  }

  private @Nullable Membership known(Pair pair) {
    Membership known = young.get(pair);
    if (known == null) {
      known = old.get(pair);
      if (known != null) {
        keep(pair, known);
      }
    }
    return known;
  }

  /** Asks, and remembers the answer. */
  CompletableFuture<Boolean> ask(Reads reads, Doubt doubt, String segment, String key) {
    Pair pair = new Pair(segment, key);
    long epoch = push.epoch();
    long generation = generations.computeIfAbsent(segment, unheard -> 0L);
    long now = System.nanoTime();
    Membership last = known(pair);
    boolean doubtful = last == null || !last.isRecentNo(generation, now);
    if (doubtful) { // another no may be due to Redis being emptied
      doubt.raise();
    }
    return reads
        .isMember(segment, key)
        .thenCompose(
            member -> {
              Membership said = new Membership(member, now, epoch, generation);
              if (member || !doubtful) {
                keep(pair, said);
                return CompletableFuture.completedFuture(member);
              }
              return doubt.settled().thenApply(wiped -> wiped ? before(pair) : none(pair, said));
            });
  }

  private boolean before(Pair pair) {
    Membership last = known(pair);
    if (last == null) {
      throw Reads.emptied();
    }
    return last.member;
  }

  private boolean none(Pair pair, Membership said) {
    keep(pair, said);
    return false;
  }

  private void keep(Pair pair, Membership membership) {
    if (young.size() >= MOST_OF_AN_AGE) {
      grow();
    }
    young.put(pair, membership);
  }

  private synchronized void grow() {
    if (young.size() >= MOST_OF_AN_AGE) {
      old = young;
      young = new ConcurrentHashMap<>();
    }
  }

  private long generation(String segment) {
    return generations.getOrDefault(segment, 0L);
  }

  /**
   * A segment changed. Redis tells of all there are, and of those that are not asked for, often.
   */
  void outdated(String segment) {
    generations.computeIfPresent(segment, (same, generation) -> generation + 1);
  }

  /** How many segments were asked for. */
  int segments() {
    return generations.size();
  }
}
