package io.splitio;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of one SDK instance: whatever was made by then is closed in reverse order, once, within a
 * time.
 */
final class Ending {
  private static final Logger log = LoggerFactory.getLogger("splitio");

  private final long budget;
  private final Predicate<Thread> own;
  private final Deque<Step> steps = new ArrayDeque<>(); // guarded by itself
  private final AtomicReference<@Nullable Thread> closing = new AtomicReference<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  /** An end that may take so long, of an instance with threads of its own. */
  Ending(Duration budget, Predicate<Thread> own) {
    this.budget = TimeUnit.NANOSECONDS.convert(budget); // of a very long one, the longest there is
    this.own = own;
  }

  /** Closes one part. */
  @FunctionalInterface
  interface Step {
    /** Closes it within the time that is left, which is longer than zero. */
    void close(Duration left);
  }

  /** Closes this before everything named so far. */
  void first(Step step) {
    synchronized (steps) {
      steps.addFirst(step);
    }
    if (ended.isDone()) { // the end came while the instance was still being made
      closeRest(System.nanoTime() + budget);
    }
  }

  /**
   * Closes everything. Whoever comes second waits until the first is done, or the time is over. The
   * thread that closes and the instance's own threads, for which it may be waiting, do not wait.
   */
  void run() {
    if (!closing.compareAndSet(null, Thread.currentThread())) {
      await();
      return;
    }
    long deadline = System.nanoTime() + budget;
    closeRest(deadline);
    ended.complete(null);
    closeRest(deadline);
  }

  private void closeRest(long deadline) {
    for (Step step = next(); step != null; step = next()) {
      close(step, Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
    }
  }

  /** Whether somebody closes, or has closed, everything. */
  boolean begun() {
    return closing.get() != null;
  }

  /** Completes when everything is closed; what depends on it runs on no thread of the SDK. */
  CompletableFuture<Void> ended() {
    return ended.isDone() ? ended.copy() : ended.thenApplyAsync(Function.identity());
  }

  private @Nullable Step next() {
    synchronized (steps) {
      return steps.pollFirst();
    }
  }

  /** One part that cannot be closed does not keep the others open. */
  private static void close(Step step, Duration left) {
    try {
      step.close(left);
    } catch (RuntimeException | Error failure) {
      log.warn("A part of the SDK could not be closed; the others are", failure);
    }
  }

  private void await() {
    Thread current = Thread.currentThread();
    if (closing.get() == current || own.test(current)) {
      return;
    }
    try {
      ended.get(budget, TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException late) {
      log.debug("The SDK is still ending", late);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
