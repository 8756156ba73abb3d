package io.splitio.backend.redis.read;

import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.ScanArgs;
import io.splitio.backend.redis.link.Line;
import io.splitio.backend.redis.link.Question;
import io.splitio.backend.redis.link.RedisFault;
import io.splitio.backend.redis.link.RedisKeys;
import io.splitio.backend.redis.link.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of Redis. Everything is sent at once and answered later; nothing waits. What cannot
 * be sent fails at once.
 */
final class Reads {
  private static final int MOST_KEYS = 500;
  private static final int SCANNED = 1_000;

  private final Line line;
  private final RedisKeys keys;
  private final Wipe wipe;
  private final Complaints complaints;
  private final boolean retries;
  private final Listing listing;

  Reads(Line line, Local local, Complaints complaints, boolean retries) {
    this.line = line;
    this.complaints = complaints;
    this.keys = local.keys();
    this.wipe = local.wipe();
    this.retries = retries;
    ScanArgs every = ScanArgs.Builder.matches(keys.everyFlag()).limit(SCANNED);
    this.listing =
        new Listing(
            walk -> asked(redis -> walk.apply(from -> redis.scan(from, every))), keys::flagOf);
  }

  /** Asks for definitions, which may be of several kinds, and tells each what became of it. */
  void definitions(List<? extends Copies<?>.Loading> all) {
    for (int from = 0; from < all.size(); from += MOST_KEYS) {
      part(all.subList(from, Math.min(all.size(), from + MOST_KEYS)));
    }
  }

  private void part(List<? extends Copies<?>.Loading> all) {
    if (wipe.hasBegun()) {
      CompletableFuture<?> unused = isWiped(); // before what follows is answered
    }
    String[] wanted = new String[all.size()];
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = all.get(i).key();
    }
    CompletionStage<?> unused =
        values(wanted)
            .whenComplete(
                (values, failure) -> {
                  if (failure == null) {
                    arrived(all, values);
                  } else {
                    all.forEach(one -> one.failed(failure));
                  }
                });
  }

  private void arrived(
      List<? extends Copies<?>.Loading> all, List<KeyValue<String, byte[]>> values) {
    List<Copies<?>.Loading> vanished = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      KeyValue<String, byte[]> value = values.get(i);
      Copies<?>.Loading one = all.get(i);
      if (value.hasValue()) {
        one.arrived(value.getValue());
      } else if (one.isKnown()) {
        vanished.add(one);
      } else {
        one.arrived(null);
      }
    }
    if (!vanished.isEmpty()) {
      vanished(vanished);
    }
  }

  /** What is gone while there are flags is gone for good; else somebody is filling Redis anew. */
  private void vanished(List<Copies<?>.Loading> all) {
    CompletableFuture<?> unused =
        isWiped()
            .thenAccept(
                wiped ->
                    all.forEach(
                        one -> {
                          if (wiped) {
                            one.vanished();
                          } else {
                            one.arrived(null);
                          }
                        }));
  }

  /** Whether what is missing may be missing only because Redis was emptied a moment ago. */
  CompletableFuture<Boolean> isWiped() {
    return asked(redis -> redis.get(keys.flagsTill()))
        .handle(
            (till, failure) -> {
              if (till != null) {
                wipe.isOver();
              }
              return failure != null || (till == null && wipe.isYoung());
            });
  }

  /** Why something cannot be told meanwhile; as good as a reply, for the connection is well. */
  static RedisCommandExecutionException emptied() {
    return new RedisCommandExecutionException("EMPTIED a moment ago; what was there is not known");
  }

  /** Whether Redis was emptied a moment ago, as far as is known without asking. */
  boolean isKnownToBeWiped() {
    return wipe.isKnown();
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
      each.add(
          asked(redis -> redis.get(key))
              .exceptionally(failure -> nothing(failure))
              .thenApply(value -> KeyValue.fromNullable(key, value)));
    }
    return CompletableFuture.allOf(each.toArray(CompletableFuture<?>[]::new))
        .thenApply(done -> each.stream().map(CompletableFuture::join).toList());
  }

  /** Asked for together, what is no text is as good as absent; so it is alone. */
  private static byte @Nullable [] nothing(Throwable failure) {
    if ("WRONGTYPE".equals(RedisFault.of(failure).code())) {
      return null;
    }
    throw new CompletionException(failure);
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
  void flagSet(Copies<Set<String>>.Loading set) {
    CompletionStage<?> unused =
        asked(redis -> redis.smembers(set.key()))
            .whenComplete(
                (names, failure) -> {
                  if (failure != null) {
                    set.failed(failure);
                  } else if (names.isEmpty() && (set.isKnown() || wipe.isKnown())) {
                    emptied(set);
                  } else {
                    set.arrived(
                        names.stream().map(Reads::text).collect(Collectors.toUnmodifiableSet()),
                        names.isEmpty());
                  }
                });
  }

  private void emptied(Copies<Set<String>>.Loading set) {
    CompletableFuture<?> unused =
        isWiped()
            .thenAccept(
                wiped -> {
                  if (!wiped) {
                    set.arrived(Set.of(), true);
                  } else if (set.isKnown()) {
                    set.vanished();
                  } else {
                    set.failed(emptied());
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
                wipe.isOver();
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
