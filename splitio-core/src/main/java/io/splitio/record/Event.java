package io.splitio.record;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something the application told of, checked and ready to be sent.
 *
 * @param key whose event it is
 * @param trafficType what the key stands for
 * @param eventType what happened
 * @param value a number that goes with it, or null
 * @param properties texts, numbers and booleans that go with it
 * @param time when, in milliseconds since 1970-01-01T00:00:00Z
 */
public record Event(
    String key,
    String trafficType,
    String eventType,
    @Nullable Double value,
    Map<String, Object> properties,
    long time) {
  private static final long BASE = 1_024;

  /** About how many bytes of a request it takes (protocol specification 9.2). */
  long weight() {
    return weight(properties);
  }

  static long weight(Map<String, Object> properties) {
    long weight = BASE;
    for (Map.Entry<String, Object> property : properties.entrySet()) {
      weight += property.getKey().length();
      if (property.getValue() instanceof String text) {
        weight += text.length();
      }
    }
    return weight;
  }
}
