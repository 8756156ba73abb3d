package io.splitio.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What goes along with an evaluation without influencing it.
 *
 * @param properties sent with the impression: strings, numbers, booleans; at most 32 KB of text in
 *     all
 */
public record EvaluationOptions(Map<String, Object> properties) {
  private static final EvaluationOptions NONE = new EvaluationOptions(Map.of());

  /** Copies the properties, which may hold null values; null means none. */
  public EvaluationOptions(@Nullable Map<String, Object> properties) {
    this.properties =
        properties == null || properties.isEmpty()
            ? Map.of()
            : Collections.unmodifiableMap(new LinkedHashMap<>(properties));
  }

  /** Nothing goes along. */
  public static EvaluationOptions none() {
    return NONE;
  }

  /** The official Java SDK's name for {@link #properties()}. */
  public Map<String, Object> getProperties() {
    return properties;
  }
}
