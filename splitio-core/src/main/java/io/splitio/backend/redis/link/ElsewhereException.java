package io.splitio.backend.redis.link;

/** What was asked for is at another node for now, and failed there; the cause says how. */
final class ElsewhereException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ElsewhereException(Throwable cause) {
    super(null, cause, false, false);
  }
}
