package io.splitio.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The Java values of the examples. JSON's own are themselves, whole numbers {@code Integer} or
 * {@code Long}; an object with one name such as {@code {"$short": 42}} is a value of that type.
 */
final class AttributeValue {
  private AttributeValue() {}

  static @Nullable Object of(JsonNode node) {
    if (node.isObject()) {
      Map.Entry<String, JsonNode> typed = node.properties().iterator().next();
      return typed.getKey().startsWith("$")
          ? of(typed.getKey().substring(1), typed.getValue())
          : map(node);
    }
    if (node.isArray()) {
      List<Object> list = new ArrayList<>();
      node.forEach(element -> list.add(of(element)));
      return list;
    }
    if (node.isNumber()) {
      return node.numberValue();
    }
    return node.isNull() ? null : node.isBoolean() ? (Object) node.asBoolean() : node.asText();
  }

  private static Map<String, Object> map(JsonNode node) {
    Map<String, Object> map = new LinkedHashMap<>();
    node.properties().forEach(e -> map.put(e.getKey(), of(e.getValue())));
    return map;
  }

  private static Object of(String type, JsonNode value) {
    String text = value.asText();
    return switch (type) {
      case "long" -> Long.valueOf(text);
      case "short" -> Short.valueOf(text);
      case "byte" -> Byte.valueOf(text);
      case "double" -> Double.valueOf(text);
      case "float" -> Float.valueOf(text);
      case "char" -> text.charAt(0);
      case "bigInteger" -> new BigInteger(text);
      case "bigDecimal" -> new BigDecimal(text);
      case "atomicInteger" -> new AtomicInteger(Integer.parseInt(text));
      case "atomicLong" -> new AtomicLong(Long.parseLong(text));
      case "set" -> new HashSet<>((List<?>) list(value));
      case "array" -> list(value).toArray();
      case "strings" -> list(value).toArray(new String[0]);
      case "ints" -> list(value).stream().mapToInt(number -> (Integer) number).toArray();
      case "object" -> new Object();
      default -> moment(type, text);
    };
  }

  private static Object moment(String type, String text) {
    return switch (type) {
      case "instant" -> Instant.parse(text);
      case "offsetDateTime" -> OffsetDateTime.parse(text);
      case "zonedDateTime" -> ZonedDateTime.parse(text);
      case "localDateTime" -> LocalDateTime.parse(text);
      case "localDate" -> LocalDate.parse(text);
      case "date" -> Date.from(Instant.parse(text));
      case "calendar" -> calendar(Instant.parse(text));
      default -> throw new IllegalArgumentException("unknown notation $" + type);
    };
  }

  private static Calendar calendar(Instant instant) {
    Calendar calendar = Calendar.getInstance(TimeZone.getTimeZone("Pacific/Kiritimati"));
    calendar.setTimeInMillis(instant.toEpochMilli());
    return calendar;
  }

  private static List<Object> list(JsonNode array) {
    List<Object> list = new ArrayList<>();
    array.forEach(element -> list.add(of(element)));
    return list;
  }
}
