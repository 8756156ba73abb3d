package io.splitio.fake.json;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON text as {@link Map}, {@link List}, {@link String}, {@link Number}, {@link Boolean} and null,
 * and back; the order of members is kept.
 */
public final class Json {
  private Json() {}

  /**
   * The value that {@code text} stands for.
   *
   * @throws IllegalArgumentException if {@code text} is not JSON
   */
  public static @Nullable Object parse(String text) {
    return new JsonReader(text).document();
  }

  /**
   * The object that {@code text} stands for, as a map that the caller may change.
   *
   * @throws IllegalArgumentException if {@code text} is not a JSON object
   */
  @SuppressWarnings("unchecked") // the reader makes no map with other keys
  public static Map<String, @Nullable Object> object(String text) {
    if (parse(text) instanceof Map<?, ?> map) {
      return (Map<String, @Nullable Object>) map;
    }
    throw new IllegalArgumentException("a JSON object is needed here: " + text);
  }

  /** The JSON text of {@code value}, on one line. */
  public static String write(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(@Nullable Object value, StringBuilder out) {
    if (value instanceof Map<?, ?> map) {
      writeObject(map, out);
    } else if (value instanceof Iterable<?> items) {
      writeArray(items, out);
    } else if (value == null || value instanceof Number || value instanceof Boolean) {
      out.append(value);
    } else {
      writeText(value.toString(), out);
    }
  }

  private static void writeObject(Map<?, ?> map, StringBuilder out) {
    String separator = "";
    out.append('{');
    for (Map.Entry<?, ?> member : map.entrySet()) {
      out.append(separator);
      writeText(String.valueOf(member.getKey()), out);
      out.append(':');
      write(member.getValue(), out);
      separator = ",";
    }
    out.append('}');
  }

  private static void writeArray(Iterable<?> items, StringBuilder out) {
    String separator = "";
    out.append('[');
    for (Object item : items) {
      out.append(separator);
      write(item, out);
      separator = ",";
    }
    out.append(']');
  }

  private static void writeText(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      writeCharacter(text.charAt(i), out);
    }
    out.append('"');
  }

  private static void writeCharacter(char c, StringBuilder out) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (c < ' ') {
          out.append(String.format("\\u%04x", (int) c));
        } else {
          out.append(c);
        }
      }
    }
  }
}
