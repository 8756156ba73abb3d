package io.splitio.net;

/**
 * How an exchange ended; exchanges never end with an exception.
 *
 * @param <T> what was read from the answer
 */
public sealed interface Outcome<T> {
  /**
   * A complete answer with a status from 200 to 299.
   *
   * @param status the status
   * @param body what was read
   * @param <T> its type
   */
  record Success<T>(int status, T body) implements Outcome<T> {}

  /**
   * Anything else.
   *
   * @param trouble what it was
   * @param <T> what would have been read
   */
  record Failure<T>(Trouble trouble) implements Outcome<T> {}
}
