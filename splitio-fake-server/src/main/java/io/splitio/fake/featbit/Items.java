package io.splitio.fake.featbit;

import io.splitio.fake.json.Json;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The flags or the segments of an environment, as they are sent. Guarded by whoever has it. */
final class Items {
  private static final String UPDATED_AT = "updatedAt";

  private final String what;
  private final String keyField;
  private final Map<String, Item> items = new LinkedHashMap<>();

  Items(String what, String keyField) {
    this.what = what;
    this.keyField = keyField;
  }

  /** One of them. */
  private record Item(Map<String, @Nullable Object> json, long version) {}

  /** Stores one, whose {@code updatedAt} says its version; without it the stamp does. */
  Map<String, @Nullable Object> put(Map<String, @Nullable Object> json, String stamp) {
    if (!(json.get(keyField) instanceof String key)) {
      throw new IllegalArgumentException("a " + what + " needs a " + keyField + ": " + json);
    }
    json.putIfAbsent(UPDATED_AT, stamp);
    items.put(key, new Item(json, millis(json.get(UPDATED_AT))));
    return json;
  }

  /** Changes some fields of one, which gets the stamp as its version. */
  Map<String, @Nullable Object> change(String key, Map<String, ?> fields, String stamp) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>(known(key).json);
    json.put(UPDATED_AT, stamp);
    json.putAll(fields);
    return put(json, stamp);
  }

  /** One of them as JSON. */
  String get(String key) {
    return Json.write(known(key).json);
  }

  private Item known(String key) {
    Item item = items.get(key);
    if (item == null) {
      throw new IllegalArgumentException("the " + what + " " + key + " is not known; put it first");
    }
    return item;
  }

  /** All of them, or those that are newer than a version above 0. */
  List<Map<String, @Nullable Object>> since(long version) {
    List<Map<String, @Nullable Object>> newer = new ArrayList<>();
    for (Item item : items.values()) {
      if (version == 0 || item.version > version) {
        newer.add(item.json);
      }
    }
    return newer;
  }

  /** The version of the newest, or 0. */
  long version() {
    return items.values().stream().mapToLong(Item::version).max().orElse(0);
  }

  private static long millis(@Nullable Object updatedAt) {
    try {
      return OffsetDateTime.parse(Objects.toString(updatedAt)).toInstant().toEpochMilli();
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "updatedAt is " + updatedAt + "; it must be a time such as 2025-03-01T10:00:00.123Z", e);
    }
  }
}
