package io.splitio.backend.redis.link;

import java.util.concurrent.CompletableFuture;

/** Nothing was sent, mostly as there was no connection; the cause says why. */
final class NotSentException extends RuntimeException {
  private static final long serialVersionUID = 1;

  NotSentException(Throwable cause) {
    super(null, cause, false, false);
  }

  /** What was not sent. */
  static <T> CompletableFuture<T> failed(Throwable cause) {
    return CompletableFuture.failedFuture(new NotSentException(cause));
  }
}
