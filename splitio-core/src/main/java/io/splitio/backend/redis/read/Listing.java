package io.splitio.backend.redis.read;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanCursor;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Walks through the whole database for the names of all flags, in steps: once for all who want them
 * at a time, and only as long as somebody waits.
 */
final class Listing {
  /** How many names there may be, lest keys that are no flags fill the memory. */
  static final int MOST = 100_000;

  private final Function<ScanCursor, CompletableFuture<KeyScanCursor<String>>> step;
  private final UnaryOperator<String> nameOf;
  private @Nullable CompletableFuture<Set<String>> walk; // guarded by this
  private long until; // guarded by this

  /**
   * Nobody walks yet.
   *
   * @param step asks for the next keys
   * @param nameOf the name of the flag that has a key
   */
  Listing(
      Function<ScanCursor, CompletableFuture<KeyScanCursor<String>>> step,
      UnaryOperator<String> nameOf) {
    this.step = step;
    this.nameOf = nameOf;
  }

  /** The names, for somebody who waits no longer than this. */
  CompletableFuture<Set<String>> names(Duration longest) {
    CompletableFuture<Set<String>> mine = new CompletableFuture<>();
    synchronized (this) {
      long end = System.nanoTime() + longest.toNanos();
      if (walk != null) {
        until = Math.max(until - end, 0) + end;
        return walk.copy();
      }
      until = end;
      walk = mine;
    }
    CompletableFuture<?> unused =
        walked(ScanCursor.INITIAL, new HashSet<>())
            .whenComplete((names, failure) -> end(mine, names, failure));
    return mine.copy();
  }

  private void end(
      CompletableFuture<Set<String>> mine,
      @Nullable Set<String> names,
      @Nullable Throwable failure) {
    synchronized (this) {
      walk = null;
    }
    if (names != null) {
      mine.complete(Set.copyOf(names));
    } else if (failure != null) {
      mine.completeExceptionally(failure);
    }
  }

  private CompletableFuture<Set<String>> walked(ScanCursor from, Set<String> names) {
    return step.apply(from)
        .thenCompose(
            found -> {
              found.getKeys().forEach(key -> names.add(nameOf.apply(key)));
              if (names.size() > MOST) {
                return CompletableFuture.failedFuture(
                    new IllegalStateException("there are more than " + MOST + " flags"));
              }
              if (found.isFinished()) {
                return CompletableFuture.completedFuture(names);
              }
              return isAwaited()
                  ? walked(ScanCursor.of(found.getCursor()), names)
                  : CompletableFuture.failedFuture(new TimeoutException("nobody waits any more"));
            });
  }

  private synchronized boolean isAwaited() {
    return until - System.nanoTime() > 0;
  }
}
