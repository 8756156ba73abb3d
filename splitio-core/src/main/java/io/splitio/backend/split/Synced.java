package io.splitio.backend.split;

import io.splitio.net.Trouble;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How an attempt to come up to date ended.
 *
 * @param trouble what went wrong, or null when nothing did
 */
record Synced(@Nullable Trouble trouble) {
  private static final Logger log = LoggerFactory.getLogger("splitio.sync");

  static final Synced DONE = new Synced(null);

  /** What a defect in the SDK, or a lack of memory, makes of an attempt. */
  static Synced broken(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    log.error("An attempt to synchronise failed; it is tried again", cause);
    return new Synced(new Trouble.Unusable(cause.getClass().getName()));
  }

  boolean ok() {
    return trouble == null;
  }

  /** The first trouble of two attempts. */
  Synced and(Synced other) {
    return ok() ? other : this;
  }

  /** What comes next, unless something went wrong. */
  CompletableFuture<Synced> then(Supplier<CompletableFuture<Synced>> next) {
    return ok() ? next.get() : CompletableFuture.completedFuture(this);
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

  /** Whether this side ended it, which says nothing about the service. */
  boolean closed() {
    return trouble instanceof Trouble.Transport transport
        && transport.kind() == Trouble.Kind.CLOSED;
  }

  /** How long the service wants to be left alone, or null. */
  @Nullable Duration retryAfter() {
    return trouble == null ? null : trouble.retryAfter();
  }
}
