package io.splitio.featbit.node;

import io.splitio.featbit.FeatBitUser;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is asked about.
 *
 * @param key the key
 * @param name the name
 * @param attributes all else, as text
 */
record User(String key, String name, Map<String, String> attributes) {

  /** A user with the attributes of these pairs. */
  static User of(String key, String... pairs) {
    Map<String, String> attributes = new TreeMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      attributes.put(pairs[i], pairs[i + 1]);
    }
    return new User(key, "Name of " + key, attributes);
  }

  /** What a rule sees where both clients agree on it: two names, spelled exactly, and the rest. */
  @Nullable String property(String property) {
    return switch (property) {
      case "keyId" -> key;
      case "name" -> name;
      default -> attributes.get(property);
    };
  }

  /** Whether an evaluation, named by user and flag, is of this user. */
  boolean isIn(String evaluation) {
    return evaluation.startsWith(key + " ");
  }

  Map<String, Object> json() {
    List<List<String>> custom =
        attributes.entrySet().stream().map(e -> List.of(e.getKey(), e.getValue())).toList();
    return Map.of("key", key, "name", name, "custom", custom);
  }

  FeatBitUser ours() {
    FeatBitUser user = FeatBitUser.of(key, name);
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      user = user.with(attribute.getKey(), attribute.getValue());
    }
    return user;
  }

  /** All but the key, for Split's API. */
  Map<String, Object> asAttributes() {
    Map<String, Object> all = new TreeMap<>(attributes);
    all.put("name", name);
    return all;
  }
}
