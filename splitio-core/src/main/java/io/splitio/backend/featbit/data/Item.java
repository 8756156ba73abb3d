package io.splitio.backend.featbit.data;

import org.jspecify.annotations.Nullable;

/**
 * A flag or a segment as it was at one time.
 *
 * @param key what it is stored under
 * @param version when it was changed, in milliseconds since 1970
 * @param definition what it is, or null when it is archived
 */
public record Item<T>(String key, long version, @Nullable T definition) {}
