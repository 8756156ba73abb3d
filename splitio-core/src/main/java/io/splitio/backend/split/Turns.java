package io.splitio.backend.split;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets one attempt run at a time. Whoever asks while it runs might have missed what it already
 * read, and shares the next one with everybody else who does. For one lane.
 */
final class Turns {
  private final Function<Fetch, CompletableFuture<Synced>> attempt;
  private boolean running;
  private @Nullable Fetch how;
  private CompletableFuture<Synced> next = new CompletableFuture<>();

  /**
   * Nothing runs yet.
   *
   * @param attempt starts an attempt, whose future completes on the lane
   */
  Turns(Function<Fetch, CompletableFuture<Synced>> attempt) {
    this.attempt = attempt;
  }

  CompletableFuture<Synced> ask(Fetch wish) {
    how = how == null ? wish : how.and(wish);
    CompletableFuture<Synced> answer = next;
    if (!running) {
      begin(how);
    }
    return answer;
  }

  /** Whether no attempt runs or waits. */
  boolean idle() {
    return !running;
  }

  private void begin(Fetch wish) {
    CompletableFuture<Synced> answer = next;
    running = true;
    how = null;
    next = new CompletableFuture<>();
    CompletableFuture<Void> unused = attempted(wish).thenAccept(synced -> end(answer, synced));
  }

  /** An attempt that fails with an exception is a defect, and must not be the last one. */
  private CompletableFuture<Synced> attempted(Fetch wish) {
    try {
      return attempt.apply(wish).exceptionally(Synced::broken);
    } catch (RuntimeException | Error e) {
      return CompletableFuture.completedFuture(Synced.broken(e));
    }
  }

  private void end(CompletableFuture<Synced> answer, Synced synced) {
    running = false;
    answer.complete(synced);
    if (how != null && !running) {
      begin(how);
    }
  }
}
