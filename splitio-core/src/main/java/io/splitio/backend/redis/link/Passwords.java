package io.splitio.backend.redis.link;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the application for the password, which may take its time: on a thread of its own, and not
 * again before it has answered.
 */
final class Passwords {
  private final @Nullable Supplier<char[]> password;
  private final ThreadFactory threads;
  private CompletableFuture<char @Nullable []> asked = // guarded by this
      CompletableFuture.completedFuture(null);

  Passwords(@Nullable Supplier<char[]> password, ThreadFactory threads) {
    this.password = password;
    this.threads = threads;
  }

  /** The password, or null where there is none. */
  synchronized CompletableFuture<char @Nullable []> ask() {
    Supplier<char[]> wanted = password;
    if (wanted != null && asked.isDone()) {
      asked = CompletableFuture.supplyAsync(wanted, task -> threads.newThread(task).start());
    }
    return asked.copy();
  }
}
