package io.splitio.spring.actuate;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

/**
 * Reads attributes from request parameters: {@code plan=gold} is text, {@code age=30} a number,
 * {@code beta=true} a boolean, {@code version="30"} text again, {@code tags=[a,b]} a list.
 */
final class AttributeParameters {
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,30}(\\.\\d{1,30})?");

  private AttributeParameters() {}

  /** Takes one parameter, or a collection of them. */
  static Map<String, Object> read(@Nullable Object parameters) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    for (Object parameter : list(parameters)) {
      String text = String.valueOf(parameter);
      int equals = text.indexOf('=');
      if (equals < 1) {
        String reason = "attr is \"" + text + "\"; it must be like plan=gold";
        throw new InvalidEndpointRequestException(reason, reason);
      }
      attributes.put(text.substring(0, equals), value(text.substring(equals + 1)));
    }
    return attributes;
  }

  private static Collection<?> list(@Nullable Object parameters) {
    if (parameters == null) {
      return List.of();
    }
    return parameters instanceof Collection<?> several ? several : List.of(parameters);
  }

  private static Object value(String text) {
    if (enclosed(text, "[", "]")) {
      String items = text.substring(1, text.length() - 1);
      return items.isEmpty()
          ? List.of()
          : Arrays.stream(items.split(",", -1)).map(AttributeParameters::scalar).toList();
    }
    return scalar(text);
  }

  private static Object scalar(String text) {
    if (enclosed(text, "\"", "\"")) {
      return text.substring(1, text.length() - 1);
    }
    if (text.equals("true") || text.equals("false")) {
      return Boolean.valueOf(text);
    }
    return NUMBER.matcher(text).matches() ? new BigDecimal(text) : text;
  }

  private static boolean enclosed(String text, String open, String close) {
    return text.length() > 1 && text.startsWith(open) && text.endsWith(close);
  }
}
