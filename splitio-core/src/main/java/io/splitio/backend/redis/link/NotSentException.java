package io.splitio.backend.redis.link;

/** There was no connection, so nothing was sent; the cause says why there was none. */
final class NotSentException extends RuntimeException {
  private static final long serialVersionUID = 1;

  NotSentException(Throwable cause) {
    super(null, cause, false, false);
  }
}
