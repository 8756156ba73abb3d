package io.splitio.backend.split.keep;

import io.splitio.net.Outcome;
import io.splitio.net.Outcome.Failure;
import io.splitio.net.Outcome.Success;

/**
 * What was received.
 *
 * @param document what was made of it
 * @param copy what is kept of it if it is accepted
 * @param <T> what is made of it
 */
public record Received<T>(T document, Copy copy) {

  /** Whoever asked accepts what is here; nobody will if nothing is. */
  public static <T> Outcome<Received<T>> of(Outcome<T> outcome, Copy copy) {
    if (outcome instanceof Success<T> success) {
      return new Success<>(success.status(), new Received<>(success.body(), copy));
    }
    copy.drop();
    return new Failure<>(((Failure<T>) outcome).trouble());
  }
}
