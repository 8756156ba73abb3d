package io.splitio.api;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who is asking: the key that targeting rules look at, optionally with another one that decides the
 * percentage bucket.
 *
 * <p>What a key contains is checked when it is used: a bad key is answered with control, never with
 * an exception.
 */
public final class Key {
  private final String matchingKey;
  private final @Nullable String bucketingKey;

  /**
   * A key whose buckets are decided by a second key, such as an account's.
   *
   * @throws IllegalArgumentException when either part is null
   */
  public Key(String matchingKey, String bucketingKey) {
    this.matchingKey = required(matchingKey, "matchingKey");
    this.bucketingKey = required(bucketingKey, "bucketingKey");
  }

  private Key(String matchingKey) {
    this.matchingKey = matchingKey;
    this.bucketingKey = null;
  }

  /**
   * A key that is matched and hashed itself. Never throws; a null or empty key is answered with
   * control.
   */
  public static Key of(String matchingKey) {
    return new Key(matchingKey);
  }

  /**
   * A key whose buckets are decided by a second key, such as an account's.
   *
   * @throws IllegalArgumentException when either part is null
   */
  public static Key of(String matchingKey, String bucketingKey) {
    return new Key(matchingKey, bucketingKey);
  }

  /** The key that targeting rules and segments look at. */
  public String matchingKey() {
    return matchingKey;
  }

  /** The key that decides percentage buckets, or null when the matching key does. */
  public @Nullable String bucketingKey() {
    return bucketingKey;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Key that
        && Objects.equals(matchingKey, that.matchingKey)
        && Objects.equals(bucketingKey, that.bucketingKey);
  }

  @Override
  public int hashCode() {
    return Objects.hash(matchingKey, bucketingKey);
  }

  /** The key on one line; characters that cannot be printed are escaped. */
  @Override
  public String toString() {
    String matching = Printable.text(matchingKey);
    return bucketingKey == null
        ? matching
        : matching + " (bucketed as " + Printable.text(bucketingKey) + ")";
  }

  private static String required(@Nullable String part, String name) {
    if (part == null) {
      throw new IllegalArgumentException(
          name + " is null; use Key.of(matchingKey) for a key without a bucketing key");
    }
    return part;
  }
}
