package io.splitio.backend.featbit.data;

import org.jspecify.annotations.Nullable;

/**
 * A flag or a segment as it was at one time.
 *
 * @param key what it is stored under
 * @param version when it was changed, in milliseconds since 1970
 * @param definition what it is, or null when it is archived
 * @param from where its document begins in the message
 * @param to where that ends
 */
public record Item<T>(String key, long version, @Nullable T definition, int from, int to) {

  /** One of which that is not known yet. */
  Item(String key, long version, @Nullable T definition) {
    this(key, version, definition, 0, 0);
  }

  /** The same with a place in the message. */
  Item<T> at(int begin, int end) {
    return new Item<>(key, version, definition, begin, end);
  }
}
