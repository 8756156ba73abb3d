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
  private boolean over;

  /** Completes at the end of waiting, fails when that is in vain. */
  CompletableFuture<Void> future() {
    return current;
  }

  /** There is nothing more to wait for. */
  void end() {
    CompletableFuture<Void> waiting = over();
    if (!waiting.complete(null) && waiting.isCompletedExceptionally()) {
      current = CompletableFuture.completedFuture(null); // it was in vain, and is no more
    }
  }

  /** What is waited for never comes. */
  void end(RuntimeException why) {
    over().completeExceptionally(why);
  }

  /** Nobody replaces the future from now on but who ends this. */
  private synchronized CompletableFuture<Void> over() {
    over = true;
    return current;
  }

  /** Who waits is told, and who asks from now on, until another attempt begins. */
  void isInVain(RuntimeException why) {
    CompletableFuture<Void> waiting;
    synchronized (this) {
      verdict = why;
      waiting = current;
    }
    waiting.completeExceptionally(why);
  }

  @Override
  public synchronized void doubt() {
    if (!over && current.isCompletedExceptionally()) {
      current = new CompletableFuture<>();
    }
  }

  @Override
  public synchronized void lift() {
    doubt();
    verdict = null;
  }

  @Override
  public void uphold() {
    CompletableFuture<Void> waiting;
    RuntimeException why;
    synchronized (this) {
      waiting = current;
      why = verdict;
    }
    if (why != null) {
      waiting.completeExceptionally(why);
    }
  }
}
