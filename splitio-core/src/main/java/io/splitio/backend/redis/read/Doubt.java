package io.splitio.backend.redis.read;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Whether what is missing may be missing only because Redis was emptied a moment ago: asked once
 * for all that is asked for at the same time, along with it, so that it needs no exchange of its
 * own.
 */
final class Doubt {
  private final CompletableFuture<Boolean> wiped = new CompletableFuture<>();
  private final Consumer<Throwable> troubles;
  private volatile boolean raised; // before it is asked

  /**
   * Nothing is doubted yet.
   *
   * @param troubles told of what is refused, whether or not it is known otherwise
   */
  Doubt(Consumer<Throwable> troubles) {
    this.troubles = troubles;
  }

  /** Has it asked, as something may turn out to be missing. */
  void raise() {
    raised = true;
  }

  /** Whether it has to be asked. */
  boolean isRaised() {
    return raised;
  }

  /** It is so, or it is not. */
  void settle(boolean wipedNow) {
    wiped.complete(wipedNow);
  }

  /** It was refused to tell, and is known otherwise. */
  void settle(boolean wipedNow, Throwable refusal) {
    troubles.accept(refusal);
    settle(wipedNow);
  }

  /** Nobody knows. */
  void fail(Throwable why) {
    wiped.completeExceptionally(why);
  }

  /** What it comes to, once it was raised and asked. */
  CompletableFuture<Boolean> settled() {
    return wiped;
  }
}
