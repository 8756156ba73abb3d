package io.splitio.spring.toggle.ask;

import io.splitio.spring.toggle.read.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The attributes of a call; of two with one name, the later holds. */
record ToggleAttributes(List<Part> parts) {

  /** One attribute, or a map of them. */
  sealed interface Part {
    /** Adds to the attributes. */
    void addTo(Map<String, Object> attributes, Object[] arguments);
  }

  /** One attribute; null leaves it out. */
  record Named(String name, ArgumentValue value) implements Part {
    @Override
    public void addTo(Map<String, Object> attributes, Object[] arguments) {
      put(attributes, name, value.from(arguments));
    }
  }

  /** All entries of a map; null leaves all out. */
  record Whole(ArgumentValue value) implements Part {
    @Override
    public void addTo(Map<String, Object> attributes, Object[] arguments) {
      Object all = value.from(arguments);
      if (all == null) {
        return;
      }
      if (!(all instanceof Map<?, ?> map)) {
        throw new Problem("attributes come from a map, not from a " + all.getClass().getName());
      }
      map.forEach((name, one) -> put(attributes, String.valueOf(name), one));
    }
  }

  ToggleAttributes {
    parts = List.copyOf(parts);
  }

  /**
   * The attributes of a call.
   *
   * @throws RuntimeException whatever an expression throws
   */
  Map<String, Object> of(Object[] arguments) {
    if (parts.isEmpty()) {
      return Map.of();
    }
    Map<String, Object> attributes = new HashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      parts.get(i).addTo(attributes, arguments);
    }
    return attributes;
  }

  private static void put(Map<String, Object> attributes, String name, @Nullable Object value) {
    if (value != null) {
      attributes.put(name, value);
    }
  }
}
