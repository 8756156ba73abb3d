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
 */
@SuppressWarnings("ArrayRecordComponent") // never changed, and never compared as a part of this
record Copy<T>(
    @Nullable T definition, @Nullable String problem, byte @Nullable [] stored, long loadedAt) {

  /** Whether it is known that nothing has this name. */
  boolean isAbsent() {
    return definition == null && problem == null;
  }
}
