package io.splitio.record;

import java.math.BigDecimal;
import java.math.BigInteger;
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
  private static final int BITS_PER_DIGIT = 3;

  /**
   * About how many bytes of a request it takes: as protocol specification 9.2 has it, and whatever
   * else can be long.
   */
  long weight() {
    return weight(properties) + trafficType.length();
  }

  static long weight(Map<String, Object> properties) {
    long weight = BASE;
    for (Map.Entry<String, Object> property : properties.entrySet()) {
      weight += property.getKey().length() + weight(property.getValue());
    }
    return weight;
  }

  private static long weight(@Nullable Object value) {
    if (value instanceof String text) {
      return text.length();
    }
    if (value instanceof BigInteger number) {
      return number.bitLength() / BITS_PER_DIGIT;
    }
    return value instanceof BigDecimal number ? weight(number.unscaledValue()) : 0;
  }
}
