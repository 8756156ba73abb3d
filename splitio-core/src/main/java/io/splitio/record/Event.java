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
    long time) {}
