package io.splitio.backend.redis.read;

import java.util.concurrent.CompletableFuture;

/**
 * Whether what is missing may be missing only because Redis was emptied a moment ago: asked once
 * for all that is asked for at the same time, along with it, so that it needs no exchange of its
 * own.
 */
final class Doubt {
  private final CompletableFuture<Boolean> wiped = new CompletableFuture<>();
  private volatile boolean raised; // before it is asked

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

  /** Nobody knows. */
  void fail(Throwable why) {
    wiped.completeExceptionally(why);
  }

  /** What it comes to, once it was raised and asked. */
  CompletableFuture<Boolean> settled() {
    return wiped;
  }
}
