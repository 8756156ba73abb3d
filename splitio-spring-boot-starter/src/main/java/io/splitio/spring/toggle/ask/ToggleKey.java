package io.splitio.spring.toggle.ask;

import io.splitio.api.Key;
import io.splitio.spring.toggle.read.Problem;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The key of a call: the first source that yields one, or else the default key.
 *
 * @param sources where to look, in this order
 * @param bucketing the key that decides buckets, or null
 * @param otherwise the default key, or null
 */
record ToggleKey(
    List<ArgumentValue> sources, @Nullable ArgumentValue bucketing, @Nullable Key otherwise) {

  ToggleKey {
    sources = List.copyOf(sources);
  }

  /**
   * The key, or null when there is none.
   *
   * @throws RuntimeException whatever an expression throws
   */
  @Nullable Key of(Object[] arguments) {
    for (int i = 0; i < sources.size(); i++) {
      Object value = sources.get(i).from(arguments);
      if (value instanceof Key key) {
        return key;
      }
      String text = text(value);
      if (text != null) {
        return withBucketing(text, arguments);
      }
    }
    return otherwise;
  }

  private Key withBucketing(String text, Object[] arguments) {
    String bucket = bucketing == null ? null : text(bucketing.from(arguments));
    return bucket == null ? Key.of(text) : Key.of(text, bucket);
  }

  /** The value as a key's text, or null when it is blank. */
  private static @Nullable String text(@Nullable Object value) {
    Object inner = value instanceof Optional<?> optional ? optional.orElse(null) : value;
    if (inner == null) {
      return null;
    }
    if (!mayBeKey(inner.getClass())) {
      throw new Problem(
          inner.getClass().getName() + " cannot be a key; a text, a number or a UUID can");
    }
    String text = inner.toString();
    return text.isBlank() ? null : text;
  }

  /** Whether a value of this very class can be a key. */
  private static boolean mayBeKey(Class<?> type) {
    return CharSequence.class.isAssignableFrom(type)
        || Number.class.isAssignableFrom(type)
        || Enum.class.isAssignableFrom(type)
        || type == UUID.class
        || type == Character.class;
  }

  /** Whether a parameter of this class may hold a key. */
  static boolean mayHoldKey(Class<?> type) {
    return mayBeKey(type)
        || type == Key.class
        || type == Optional.class
        || type.isInterface()
        || type == Object.class
        || (type.isPrimitive() && type != boolean.class);
  }
}
