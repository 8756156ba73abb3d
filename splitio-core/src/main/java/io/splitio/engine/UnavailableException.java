package io.splitio.engine;

/**
 * What an evaluation needs could not be had, which is not the same as its not being there. Cheap:
 * it has no stack trace, as the evaluation is not to blame.
 */
public final class UnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What could not be had and why, in words for an operator and without secrets. */
  public UnavailableException(String message) {
    super(message, null, false, false);
  }
}
