package io.splitio.backend.redis.read;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanCursor;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Walks through the whole database for the names of all flags, in steps: once for all who want them
 * at a time, and only as long as somebody waits. A walk keeps to one server, as no other knows how
 * far it got.
 */
final class Listing {
  /** How many names there may be, lest keys that are no flags fill the memory. */
  static final int MOST = 100_000;

  private final Walker walker;
  private final UnaryOperator<String> nameOf;
  private @Nullable CompletableFuture<Set<String>> walk; // guarded by this
  private long until; // guarded by this

  /** Asks one server for the next keys. */
  @FunctionalInterface
  interface Step {
    CompletionStage<KeyScanCursor<String>> from(ScanCursor cursor);
  }

  /**
   * Has a walk made on one connection. Where reads that were lost are asked again, and the
   * connection breaks, the walk begins anew on the next connection, once.
   */
  @FunctionalInterface
  interface Walker {
    CompletableFuture<Set<String>> walk(Function<Step, CompletionStage<Set<String>>> walk);
  }

  /**
   * Nobody walks yet.
   *
   * @param walker finds a connection for it
   * @param nameOf the name of the flag that has a key
   */
  Listing(Walker walker, UnaryOperator<String> nameOf) {
    this.walker = walker;
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
        walker
            .walk(step -> walked(step, ScanCursor.INITIAL, new HashSet<>()))
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

  private CompletionStage<Set<String>> walked(Step step, ScanCursor from, Set<String> names) {
    return step.from(from)
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
                  ? walked(step, ScanCursor.of(found.getCursor()), names)
                  : CompletableFuture.failedFuture(new TimeoutException("nobody waits any more"));
            });
  }

  private synchronized boolean isAwaited() {
    return until - System.nanoTime() > 0;
  }
}
