package io.splitio.backend.redis.read;

import org.jspecify.annotations.Nullable;

/**
 * What Redis said under one name.
 *
 * @param definition what it means; null when there is nothing of that name, or it cannot be read
 *     and never could
 * @param problem why what is stored cannot be read, or null
 * @param stored the text it was made of, or null when there is none
 * @param loadedAt when it was asked for, as {@link System#nanoTime()}
 * @param epoch the epoch of {@link Push} it is of
 */
@SuppressWarnings("ArrayRecordComponent") // never changed, and never compared as a part of this
record Copy<T>(
    @Nullable T definition,
    @Nullable String problem,
    byte @Nullable [] stored,
    long loadedAt,
    long epoch) {
  private static final long OUTDATED = -1;

  /** Whether it is known that nothing has this name. */
  boolean isAbsent() {
    return definition == null && problem == null;
  }

  /** The same, of another epoch. */
  Copy<T> of(long other) {
    return new Copy<>(definition, problem, stored, loadedAt, other);
  }

  /** The same, when it is known to have changed since. */
  Copy<T> outdated() {
    return of(OUTDATED);
  }

  boolean isOutdated() {
    return epoch == OUTDATED;
  }
}
