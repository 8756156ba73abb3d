package io.splitio.backend.redis.read;

import java.util.concurrent.CompletableFuture;

/**
 * Whether what is missing may be missing only because Redis was emptied a moment ago: asked once
 * for all that is asked for at the same time, and after it, so that it needs no exchange of its
 * own.
 */
final class Doubt {
  private final CompletableFuture<Boolean> wiped = new CompletableFuture<>();
  private volatile boolean raised; // before it is asked

  /** Has it asked, as something would be missing that was there before. */
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

  /** What it comes to; where nobody expected it to matter, it is asked now. */
  CompletableFuture<Boolean> settled(Reads reads) {
    return raised ? wiped : reads.isWiped();
  }
}
