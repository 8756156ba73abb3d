package io.splitio.record;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
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
 * @param insight what a service is told instead that asks for more, or null
 */
public record Event(
    String key,
    String trafficType,
    String eventType,
    @Nullable Double value,
    Map<String, Object> properties,
    long time,
    @Nullable Insight insight) {
  private static final long BASE = 1_024;
  private static final long METRIC = 200;
  private static final int BITS_PER_DIGIT = 3;

  /** An event as most services take it. */
  public Event(
      String key,
      String trafficType,
      String eventType,
      @Nullable Double value,
      Map<String, Object> properties,
      long time) {
    this(key, trafficType, eventType, value, properties, time, null);
  }

  /**
   * Whose event it is, as far as a service wants to know.
   *
   * @param key the key
   * @param name the name
   * @param properties what else is known, all of it as text
   */
  public record Person(String key, String name, Map<String, String> properties) {
    long weight() {
      long weight = name.length();
      for (Map.Entry<String, String> property : properties.entrySet()) {
        weight += property.getKey().length() + property.getValue().length();
      }
      return weight;
    }
  }

  /**
   * What was measured about a person; nothing means only that there is this person.
   *
   * @param person whose event it is
   * @param metrics what was measured
   */
  public record Insight(Person person, List<Metric> metrics) {}

  /**
   * Something that was measured.
   *
   * @param name what
   * @param value how much
   */
  public record Metric(String name, double value) {}

  /**
   * About how many bytes of a request it takes: as protocol specification 9.2 has it, and whatever
   * else can be long.
   */
  long weight() {
    long weight = weight(properties) + trafficType.length();
    return insight == null
        ? weight
        : weight + insight.person.weight() + insight.metrics.size() * METRIC;
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
