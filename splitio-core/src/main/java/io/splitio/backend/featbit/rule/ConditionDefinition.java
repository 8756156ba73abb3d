package io.splitio.backend.featbit.rule;

import org.jspecify.annotations.Nullable;

/**
 * One condition of a rule as FeatBit delivers it.
 *
 * @param property what it looks at, or the operator itself when it asks for segments
 * @param operator how
 * @param value what with; lists are JSON in a text
 */
public record ConditionDefinition(
    @Nullable String property, @Nullable String operator, @Nullable String value) {

  /** The operator, wherever it is written. */
  String effectiveOperator() {
    String written = operator == null || operator.isEmpty() ? property : operator;
    return written == null ? "" : written;
  }
}
