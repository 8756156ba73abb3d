package io.splitio.client;

import io.splitio.backend.Verdict;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What callers wait for until it is over for good; meanwhile it may be in vain, and then be so no
 * more. Nobody is released under its monitor, and whoever is handed a future gets an answer.
 */
final class Waiting implements Verdict {
  // replaced under this, and by who ends it
  private volatile CompletableFuture<Void> current = new CompletableFuture<>();
  // guarded by this
  private @Nullable RuntimeException verdict;
  private @Nullable CompletableFuture<Void> condemned; // about to fail, outside of the monitor
  private int wishes; // of which nobody has said what becomes of them
  private boolean over;

  /** Completes at the end of waiting, fails when that is in vain. */
  CompletableFuture<Void> future() {
    return current;
  }

  /** There is nothing more to wait for. */
  void end() {
    CompletableFuture<Void> waiting = over();
    if (waiting != null && !waiting.complete(null) && waiting.isCompletedExceptionally()) {
      current = CompletableFuture.completedFuture(null); // it was in vain, and is no more
    }
  }

  /** What is waited for never comes. */
  void end(RuntimeException why) {
    CompletableFuture<Void> waiting = over();
    if (waiting != null) {
      waiting.completeExceptionally(why);
    }
  }

  /** What is waited for at the end, which nobody else replaces from now on; null if it was over. */
  private synchronized @Nullable CompletableFuture<Void> over() {
    boolean before = over;
    over = true;
    return before ? null : current;
  }

  /**
   * Who waits is told, and who asks from now on, until another attempt begins; if one is wished
   * for, it is not told before it is known what becomes of the wish.
   */
  void isInVain(RuntimeException why) {
    CompletableFuture<Void> waiting;
    synchronized (this) {
      verdict = why;
      waiting = wishes == 0 ? current : null;
      condemned = waiting;
    }
    if (waiting != null) {
      waiting.completeExceptionally(why);
    }
  }

  @Override
  public synchronized void doubt() {
    wishes++;
    renew();
  }

  @Override
  public synchronized void lift() {
    wishes--;
    verdict = null;
    renew();
  }

  /** For who holds the lock. */
  private void renew() {
    if (!over && (current == condemned || current.isCompletedExceptionally())) {
      current = new CompletableFuture<>();
    }
  }

  @Override
  public void uphold() {
    CompletableFuture<Void> waiting;
    RuntimeException why;
    synchronized (this) {
      wishes--;
      waiting = current;
      why = wishes == 0 ? verdict : null;
      condemned = why == null ? null : waiting;
    }
    if (why != null) {
      waiting.completeExceptionally(why);
    }
  }
}
