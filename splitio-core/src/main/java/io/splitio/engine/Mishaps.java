package io.splitio.engine;

/**
 * Told of what went wrong in an evaluation that was answered all the same. Called by the evaluating
 * thread.
 */
public interface Mishaps {

  /** A flag could not be evaluated. */
  void failed(String flag, Throwable cause);

  /** A flag or rule-based segment leads back to itself, or deeper than is followed. */
  void cycle(String name);

  /** Takes no notice. */
  static Mishaps ignored() {
    return NoMishaps.NONE;
  }
}
