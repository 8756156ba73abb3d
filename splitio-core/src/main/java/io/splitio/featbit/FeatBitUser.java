package io.splitio.featbit;

import io.splitio.api.Key;
import io.splitio.backend.featbit.rule.Profile;
import io.splitio.record.Event.Person;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who is asking: a key, a name and attributes. Immutable. */
public final class FeatBitUser {
  private static final String NAME = "name";

  /** These are not attributes, however they are spelled. */
  private static final Set<String> RESERVED = Set.of("key", "keyid", NAME);

  private final Key key;
  private final Map<String, Object> attributes; // the name among them

  private FeatBitUser(Key key, Map<String, Object> attributes) {
    this.key = key;
    this.attributes = attributes;
  }

  /**
   * A user without attributes.
   *
   * @throws IllegalArgumentException when the key or the name is null or blank
   */
  public static FeatBitUser of(String key, String name) {
    return new FeatBitUser(
        Key.of(notBlank("the key", key)), Map.of(NAME, notBlank("the name", name)));
  }

  private static String notBlank(String what, @Nullable String text) {
    if (text == null || text.isBlank()) {
      throw new IllegalArgumentException(
          what + " of a user is " + (text == null ? "null" : "blank") + "; give one");
    }
    return text;
  }

  /** The same user with an attribute more; one called key, keyid or name is left out. */
  public FeatBitUser with(String attribute, @Nullable String value) {
    return withText(attribute, value);
  }

  /** The same user with an attribute more. */
  public FeatBitUser with(String attribute, @Nullable Number value) {
    return withText(attribute, value);
  }

  /** The same user with an attribute more. */
  public FeatBitUser with(String attribute, boolean value) {
    return withText(attribute, value);
  }

  private FeatBitUser withText(String attribute, @Nullable Object value) {
    Objects.requireNonNull(attribute, "the name of an attribute is null");
    String text = Profile.text(value); // a number may change, this does not
    if (text == null || RESERVED.contains(attribute.toLowerCase(Locale.ROOT))) {
      return this;
    }
    Map<String, Object> more = new HashMap<>(attributes);
    more.put(attribute, text);
    return new FeatBitUser(key, Map.copyOf(more));
  }

  /** The key. */
  public String getKey() {
    return key.matchingKey();
  }

  /** The name. */
  public String getUserName() {
    return String.valueOf(attributes.get(NAME));
  }

  /** The attribute of that name, or the key or the name themselves; null when there is none. */
  public @Nullable String getProperty(String property) {
    Objects.requireNonNull(property, "the name of a property is null");
    return switch (property.toLowerCase(Locale.ROOT)) {
      case "key", "keyid" -> getKey();
      case NAME -> getUserName();
      default -> {
        Object value = attributes.get(property);
        yield value == null ? null : value.toString();
      }
    };
  }

  /** The attributes beyond key and name, as texts. */
  public Map<String, String> getCustom() {
    Map<String, String> custom = new HashMap<>();
    attributes.forEach((attribute, value) -> custom.put(attribute, value.toString()));
    custom.remove(NAME);
    return Map.copyOf(custom);
  }

  Person person() {
    return Profile.of(getKey(), attributes);
  }

  Key key() {
    return key;
  }

  Map<String, Object> attributes() {
    return attributes;
  }

  /** The key only. */
  @Override
  public String toString() {
    return "FeatBitUser[" + getKey() + "]";
  }
}
