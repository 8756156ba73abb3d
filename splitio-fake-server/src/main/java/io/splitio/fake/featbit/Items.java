package io.splitio.fake.featbit;

import io.splitio.fake.json.Json;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The flags or the segments of an environment, as they are sent. */
final class Items {
  private final String keyField;
  private final Map<String, Item> items = new LinkedHashMap<>(); // guarded by this

  Items(String keyField) {
    this.keyField = keyField;
  }

  /** One of them. */
  private record Item(Map<String, @Nullable Object> json, long version) {}

  /** Stores one, whose {@code updatedAt} says its version. */
  synchronized void put(Map<String, @Nullable Object> json) {
    String key = String.valueOf(json.get(keyField));
    String updatedAt = String.valueOf(json.get("updatedAt"));
    items.put(key, new Item(json, OffsetDateTime.parse(updatedAt).toInstant().toEpochMilli()));
  }

  /** Those that are newer, as a JSON array. */
  synchronized String since(long version) {
    List<Map<String, @Nullable Object>> newer = new ArrayList<>();
    for (Item item : items.values()) {
      if (item.version > version || version == 0) {
        newer.add(item.json);
      }
    }
    return Json.write(newer);
  }
}
