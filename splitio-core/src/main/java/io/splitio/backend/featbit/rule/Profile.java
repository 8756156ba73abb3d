package io.splitio.backend.featbit.rule;

import io.splitio.record.Event.Person;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A user as FeatBit is told of one: what rules can see, as text (FeatBit specification 4.1). */
public final class Profile {
  private static final Set<String> RESERVED = Set.of("key", "keyid", "name");
  private static final Property NAME = Property.named("name");

  private Profile() {}

  /** Of a key and attributes. Whatever of them fails is left out. */
  public static Person of(String key, Map<String, Object> attributes) {
    String name = key;
    Map<String, String> properties = new LinkedHashMap<>();
    try {
      name = String.valueOf(NAME.of(key, attributes));
      for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
        put(properties, attribute.getKey(), attribute.getValue());
      }
    } catch (RuntimeException | StackOverflowError hostile) {
      return new Person(key, name, properties); // the application's map fails while it is read
    }
    return new Person(key, name, properties);
  }

  private static void put(
      Map<String, String> properties, @Nullable String name, @Nullable Object value) {
    if (name == null || RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
      return;
    }
    String text = text(value);
    if (text != null) {
      properties.put(name, text);
    }
  }

  /** An attribute as rules see it; null when they do not, or when it fails to say what it is. */
  public static @Nullable String text(@Nullable Object value) {
    try {
      return Property.text(value);
    } catch (RuntimeException | StackOverflowError hostile) {
      return null;
    }
  }
}
