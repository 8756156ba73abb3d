package io.splitio.engine;

import org.jspecify.annotations.Nullable;

/**
 * What an evaluation needs could not be had, which is not the same as its not being there. Cheap:
 * it has no stack trace, as the evaluation is not to blame.
 */
public final class UnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What could not be had and why, in words for an operator and without secrets. */
  public UnavailableException(String message) {
    this(message, null);
  }

  /** The same, with what it is due to. */
  public UnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause, false, false);
  }
}
