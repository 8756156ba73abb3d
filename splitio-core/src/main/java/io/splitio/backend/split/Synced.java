package io.splitio.backend.split;

import io.splitio.net.Trouble;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt to come up to date ended.
 *
 * @param trouble what went wrong, or null when nothing did
 */
record Synced(@Nullable Trouble trouble) {
  static final Synced DONE = new Synced(null);

  boolean ok() {
    return trouble == null;
  }

  /** The first trouble of two attempts. */
  Synced and(Synced other) {
    return ok() ? other : this;
  }

  /** Whether only a change elsewhere will mend it. */
  boolean lasting() {
    return trouble != null && trouble.lasting();
  }

  /** Whether the address itself is too long, so that the same one must not be tried again. */
  boolean addressTooLong() {
    return trouble instanceof Trouble.Status status && status.status() == 414;
  }

  /** Whether the service does not accept the SDK key. */
  boolean unauthorized() {
    return trouble instanceof Trouble.Status status
        && (status.status() == 401 || status.status() == 403);
  }

  /** How long the service wants to be left alone, or null. */
  @Nullable Duration retryAfter() {
    return trouble instanceof Trouble.Status status ? status.retryAfter() : null;
  }
}
