package io.splitio.backend.split.stream;

import io.splitio.net.Backoff;
import java.time.Duration;

/**
 * How long to wait after what passes.
 *
 * @param reconnect after a connection was lost
 * @param auth after a token was not granted
 */
public record Pauses(Backoff reconnect, Backoff auth) {

  /** Pauses of at most so long at first. */
  public static Pauses from(Duration reconnect, Duration auth) {
    return new Pauses(Backoff.normal(reconnect), Backoff.normal(auth));
  }

  void reset() {
    reconnect.reset();
    auth.reset();
  }

  void succeeded() {
    reconnect.succeeded();
    auth.succeeded();
  }
}
