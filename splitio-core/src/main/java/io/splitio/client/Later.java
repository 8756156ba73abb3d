package io.splitio.client;

import io.splitio.engine.Snapshot;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** Answers when the definitions come. */
final class Later {
  private Later() {}

  /**
   * What the definitions answer, or what their failure does: the failure itself, not what futures
   * wrap it in.
   */
  static <T> CompletableFuture<T> answer(
      CompletableFuture<Snapshot> definitions,
      Function<Snapshot, T> answer,
      Function<Throwable, T> failure) {
    return definitions.thenApply(answer).exceptionally(thrown -> failure.apply(cause(thrown)));
  }

  private static Throwable cause(Throwable thrown) {
    Throwable cause = thrown;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
