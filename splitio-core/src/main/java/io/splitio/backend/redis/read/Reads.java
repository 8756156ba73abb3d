package io.splitio.backend.redis.read;

import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.ScanArgs;
import io.splitio.backend.redis.link.Line;
import io.splitio.backend.redis.link.Question;
import io.splitio.backend.redis.link.RedisFault;
import io.splitio.backend.redis.link.Wire;
import io.splitio.backend.redis.settings.RedisKeys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is asked of Redis. Everything is sent at once and answered later; nothing waits. What cannot
 * be sent fails at once.
 */
final class Reads {
  private static final int MOST_KEYS = 500;
  private static final int SCANNED = 1_000;
  private static final long NO_KEY = -2; // what TTL says of it

  private final Line line;
  private final RedisKeys keys;
  private final Wipe wipe;
  private final Complaints complaints;
  private final boolean retries;
  private final Listing listing;

  Reads(Line line, Local local, Complaints complaints, boolean retries, boolean clustered) {
    this.line = line;
    this.complaints = complaints;
    this.keys = local.keys();
    this.wipe = local.wipe();
    this.retries = retries;
    this.listing = new Listing(walk -> asked(walking(walk, clustered)), keys::flagOf);
  }

  private Question<Set<String>> walking(
      Function<Listing.Step, CompletionStage<Set<String>>> walk, boolean clustered) {
    ScanArgs every = ScanArgs.Builder.matches(keys.everyFlag()).limit(SCANNED);
    Question<Set<String>> one = redis -> walk.apply(from -> redis.scan(from, every));
    return clustered ? new ClusterWalk(one, keys.flag("")) : one;
  }

  /**
   * Asks for definitions, which may be of several kinds, and tells each what became of it; and, in
   * the same breath, whether Redis was emptied, where something may be missing.
   */
  void definitions(List<? extends Copies<?>.Loading> all, Doubt doubt) {
    if (!all.isEmpty()) {
      doubt.raise();
    }
    int last = all.size() - MOST_KEYS;
    int from = 0;
    for (; from < last; from += MOST_KEYS) {
      part(all.subList(from, from + MOST_KEYS), doubt, List.of());
    }
    if (doubt.isRaised()) {
      part(all.subList(from, all.size()), doubt, List.of(keys.flagsTill()));
    }
  }

  private void part(List<? extends Copies<?>.Loading> all, Doubt doubt, List<String> version) {
    String[] wanted =
        Stream.concat(all.stream().map(Copies.Loading::key), version.stream())
            .toArray(String[]::new);
    CompletionStage<?> unused =
        values(wanted)
            .whenComplete(
                (values, failure) -> {
                  if (failure != null) {
                    all.forEach(one -> one.failed(failure));
                    if (!version.isEmpty()) {
                      unread(doubt, failure);
                    }
                    return;
                  }
                  if (!version.isEmpty()) {
                    settle(doubt, values.get(all.size()));
                  }
                  for (int i = 0; i < all.size(); i++) {
                    arrived(all.get(i), values.get(i), doubt);
                  }
                });
  }

  private static void arrived(Copies<?>.Loading one, KeyValue<String, byte[]> value, Doubt doubt) {
    if (value.hasValue()) {
      one.arrived(value.getValue());
    } else {
      missing(one, doubt, () -> one.arrived(null));
    }
  }

  /** What is missing while there are flags is not there; else somebody is filling Redis anew. */
  private static void missing(Copies<?>.Loading one, Doubt doubt, Runnable isNotThere) {
    CompletableFuture<?> unused =
        doubt
            .settled()
            .whenComplete(
                (wiped, failure) -> {
                  if (failure != null) {
                    one.failed(failure);
                  } else if (!wiped) {
                    isNotThere.run();
                  } else if (one.isKnown()) {
                    one.vanished();
                  } else {
                    one.failed(emptied());
                  }
                });
  }

  private void settle(Doubt doubt, KeyValue<String, byte[]> till) {
    if (till.hasValue()) {
      wipe.end();
    }
    if (till.hasValue() || !wipe.isYoung()) {
      doubt.settle(false);
    } else if (wipe.isSure()) {
      doubt.settle(true);
    } else {
      CompletableFuture<?> unused = isGone().thenAccept(doubt::settle);
    }
  }

  /**
   * Whether the version is gone indeed, as MGET says the same of what is no text. It may be there
   * again by now; but it was not when the rest was asked for.
   */
  private CompletableFuture<Boolean> isGone() {
    long emptying = wipe.current();
    CompletableFuture<Long> expiry = asked(redis -> redis.ttl(keys.flagsTill()));
    return asked(redis -> redis.mget(keys.flagsTill()))
        .thenCombine(expiry, (till, left) -> isGone(emptying, till.get(0).hasValue(), left))
        .exceptionally(failure -> true);
  }

  private boolean isGone(long emptying, boolean thereAgain, long expiry) {
    if (expiry == NO_KEY) {
      wipe.confirm(emptying);
    } else if (!thereAgain) {
      wipe.giveUp();
      complaints.tell(
          RedisFault.of(new RedisCommandExecutionException("WRONGTYPE of " + keys.flagsTill())),
          "Whether Redis was emptied is not known, and what is missing counts as deleted");
      return false;
    }
    return true;
  }

  /** Who may not read the version of the flags may still ask whether there is one. */
  private void unread(Doubt doubt, Throwable failure) {
    if (!"NOPERM".equals(RedisFault.of(failure).code())) {
      doubt.fail(failure);
      return;
    }
    CompletableFuture<?> unused =
        asked(redis -> redis.ttl(keys.flagsTill()))
            .whenComplete(
                (expiry, refusal) -> {
                  if (refusal != null) {
                    doubt.fail(failure);
                    return;
                  }
                  if (expiry != NO_KEY) {
                    wipe.mayEnd();
                  }
                  doubt.settle(expiry == NO_KEY && wipe.isYoung(), failure);
                });
  }

  /** Why something cannot be told meanwhile; as good as a reply, for the connection is well. */
  static RedisCommandExecutionException emptied() {
    return new RedisCommandExecutionException("EMPTIED a moment ago; what was there is not known");
  }

  private CompletableFuture<List<KeyValue<String, byte[]>>> values(String[] wanted) {
    return asked(redis -> redis.mget(wanted))
        .exceptionallyCompose(
            failure ->
                RedisFault.of(failure).isSplit()
                    ? oneByOne(wanted)
                    : CompletableFuture.failedFuture(failure));
  }

  /** While a cluster moves keys, those that were asked for together may be in two places. */
  private CompletableFuture<List<KeyValue<String, byte[]>>> oneByOne(String[] wanted) {
    List<CompletableFuture<KeyValue<String, byte[]>>> each = new ArrayList<>();
    for (String key : wanted) {
      each.add(asked(redis -> redis.mget(key)).thenApply(values -> values.get(0)));
    }
    return CompletableFuture.allOf(each.toArray(CompletableFuture<?>[]::new))
        .thenApply(done -> each.stream().map(CompletableFuture::join).toList());
  }

  /** Whether a key is in a segment. What is no segment has no members. */
  CompletableFuture<Boolean> isMember(String segment, String key) {
    byte[] member = key.getBytes(StandardCharsets.UTF_8);
    return asked(redis -> redis.sismember(keys.segment(segment), member))
        .exceptionally(
            failure -> {
              RedisFault fault = RedisFault.of(failure);
              if ("WRONGTYPE".equals(fault.code())) { // the name of a segment may end in .till
                complaints.tell(fault, "What is no segment has no members");
                return false;
              }
              throw new CompletionException(failure);
            });
  }

  /** Asks for the names in a flag set, and tells what became of it. */
  void flagSet(Copies<Set<String>>.Loading set, Doubt doubt) {
    doubt.raise();
    CompletionStage<?> unused =
        asked(redis -> redis.smembers(set.key()))
            .whenComplete(
                (names, failure) -> {
                  if (failure != null) {
                    set.failed(failure);
                  } else if (names.isEmpty()) {
                    missing(set, doubt, () -> set.arrived(Set.of(), true));
                  } else {
                    set.arrived(
                        names.stream().map(Reads::text).collect(Collectors.toUnmodifiableSet()),
                        false);
                  }
                });
  }

  /** The names of all flags, for somebody who waits no longer than this. */
  CompletableFuture<Set<String>> flagNames(Duration longest) {
    return listing.names(longest);
  }

  /** The versions of what is stored, on a connection that may not be up yet. */
  CompletableFuture<List<String>> versions(Wire wire) {
    return line.ask(wire, redis -> redis.mget(keys.flagsTill(), keys.ruleBasedTill(), keys.hash()))
        .thenApply(
            values -> {
              if (values.get(0).hasValue()) {
                wipe.end();
              }
              return values.stream()
                  .map(value -> value.map(Reads::text))
                  .map(value -> value.getValueOrElse("none"))
                  .toList();
            });
  }

  private <R> CompletableFuture<R> asked(Question<R> question) {
    Wire wire = line.wire();
    if (wire == null) {
      return line.soon().thenCompose(made -> line.ask(made, question));
    }
    return line.ask(wire, question).exceptionallyCompose(failure -> again(wire, question, failure));
  }

  /**
   * What is elsewhere is asked there. What was lost on the way is asked once more, if there is a
   * connection in time, unless nobody wants that.
   */
  private <R> CompletableFuture<R> again(Wire wire, Question<R> question, Throwable failure) {
    RedisFault fault = RedisFault.of(failure);
    if (!fault.isMoved() && !(retries && fault.isLost())) {
      return CompletableFuture.failedFuture(failure);
    }
    return RedisFault.isElsewhere(failure)
        ? line.ask(wire, question) // which is well, and knows by now where it is
        : line.insteadOf(wire, failure).thenCompose(other -> line.ask(other, question));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
