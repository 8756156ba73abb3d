package io.splitio.spring.toggle.plan;

import io.splitio.api.SplitResult;
import io.splitio.spring.toggle.FeatureDisabledException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The parameter that a fallback method may have beyond those of the toggled method.
 *
 * @param value what is passed there, or null when there is no such parameter
 * @param afterwards how many parameters follow it: the continuation of a suspending function
 */
record Trailing(@Nullable Function<SplitResult, Object> value, int afterwards) {
  static final Trailing NONE = new Trailing(null, 0);

  /** What a parameter of this type is given, or null when it cannot be given anything. */
  static @Nullable Trailing of(Class<?> type, String flag, int afterwards) {
    if (type == SplitResult.class) {
      return new Trailing(result -> result, afterwards);
    }
    return type == FeatureDisabledException.class
        ? new Trailing(result -> new FeatureDisabledException(flag, result), afterwards)
        : null;
  }

  Object[] append(Object[] arguments, SplitResult result) {
    if (value == null) {
      return arguments;
    }
    Object[] all = new Object[arguments.length + 1];
    int at = arguments.length - afterwards;
    System.arraycopy(arguments, 0, all, 0, at);
    all[at] = value.apply(result);
    System.arraycopy(arguments, at, all, at + 1, afterwards);
    return all;
  }
}
