package io.splitio.backend.redis.read;

import io.lettuce.core.KeyValue;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.splitio.backend.redis.link.Line;
import io.splitio.backend.redis.link.RedisFault;
import io.splitio.backend.redis.link.RedisKeys;
import io.splitio.backend.redis.link.Wire;
import io.splitio.engine.UnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is asked of Redis. Everything is sent at once and answered later; nothing waits. What cannot
 * be sent fails at once.
 */
final class Reads {
  private static final int MOST_KEYS = 500;
  private static final int SCANNED = 1_000;

  private final Line line;
  private final RedisKeys keys;

  Reads(Line line, RedisKeys keys) {
    this.line = line;
    this.keys = keys;
  }

  /** Asks for definitions, which may be of several kinds, and tells each what became of it. */
  void definitions(List<? extends Copies<?>.Loading> all) {
    for (int from = 0; from < all.size(); from += MOST_KEYS) {
      part(all.subList(from, Math.min(all.size(), from + MOST_KEYS)));
    }
  }

  private void part(List<? extends Copies<?>.Loading> all) {
    String[] wanted = new String[all.size()];
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = all.get(i).key();
    }
    CompletionStage<?> unused =
        asked(wire -> wire.commands().mget(wanted))
            .whenComplete(
                (values, failure) -> {
                  for (int i = 0; i < wanted.length; i++) {
                    if (failure == null) {
                      KeyValue<String, byte[]> value = values.get(i);
                      all.get(i).arrived(value.hasValue() ? value.getValue() : null);
                    } else {
                      all.get(i).failed(failure);
                    }
                  }
                });
  }

  /** Whether a key is in a segment. What is no segment has no members. */
  CompletableFuture<Boolean> isMember(String segment, String key) {
    byte[] member = key.getBytes(StandardCharsets.UTF_8);
    return asked(wire -> wire.commands().sismember(keys.segment(segment), member))
        .exceptionally(
            failure -> {
              if ("WRONGTYPE".equals(RedisFault.of(failure).code())) {
                return false; // the name of a segment may end in .till
              }
              throw new CompletionException(failure);
            });
  }

  /** Asks for the names in a flag set, and tells what became of it. */
  void flagSet(Copies<Set<String>>.Loading set) {
    CompletionStage<?> unused =
        asked(wire -> wire.commands().smembers(set.key()))
            .whenComplete(
                (names, failure) -> {
                  if (failure == null) {
                    set.arrived(
                        names.stream().map(Reads::text).collect(Collectors.toUnmodifiableSet()),
                        names.isEmpty());
                  } else {
                    set.failed(failure);
                  }
                });
  }

  /** The names of all flags. Walks through the whole database, in steps. */
  CompletableFuture<Set<String>> flagNames() {
    Set<String> names = new HashSet<>();
    return scanned(ScanCursor.INITIAL, names).thenApply(done -> names);
  }

  private CompletableFuture<Boolean> scanned(ScanCursor from, Set<String> names) {
    ScanArgs every = ScanArgs.Builder.matches(keys.everyFlag()).limit(SCANNED);
    return asked(wire -> wire.commands().scan(from, every))
        .thenCompose(
            step -> {
              step.getKeys().forEach(key -> names.add(keys.flagOf(key)));
              return step.isFinished()
                  ? CompletableFuture.completedFuture(true)
                  : scanned(ScanCursor.of(step.getCursor()), names);
            });
  }

  /** The versions of what is stored, on a connection that is not up yet. */
  CompletionStage<List<String>> versions(Wire wire) {
    return wire.commands()
        .mget(keys.flagsTill(), keys.ruleBasedTill(), keys.hash())
        .thenApply(
            values -> {
              List<String> texts = new ArrayList<>();
              values.forEach(
                  value -> texts.add(value.hasValue() ? text(value.getValue()) : "none"));
              return texts;
            });
  }

  private <R> CompletableFuture<R> asked(Function<Wire, CompletionStage<R>> question) {
    Wire wire = line.wire();
    if (wire == null) {
      return CompletableFuture.failedFuture(new UnavailableException("there is no connection"));
    }
    try {
      return question.apply(wire).toCompletableFuture();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
