package io.splitio.fake.featbit;

import io.splitio.fake.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The flags and segments of one environment, and the messages they are sent in. */
final class Environment {
  private final Items flags = new Items("flag", "key"); // all guarded by this
  private final Items segments = new Items("segment", "id");
  private long lastStamp;

  /** Takes what a data-sync message has. */
  synchronized void load(String message) {
    if (!(Json.object(message).get("data") instanceof Map<?, ?> data)) {
      throw new IllegalArgumentException("a data-sync message is needed here: " + message);
    }
    each(data.get("featureFlags"), flags);
    each(data.get("segments"), segments);
  }

  private void each(@Nullable Object list, Items items) {
    if (list instanceof List<?> all) {
      all.forEach(item -> items.put(Json.object(Json.write(item)), stamp()));
    }
  }

  /** Stores a flag; the patch that tells of it. */
  synchronized String putFlag(String json) {
    return ofFlag(flags.put(Json.object(json), stamp()));
  }

  /** Changes fields of a flag; the patch that tells of it. */
  synchronized String changeFlag(String key, Map<String, ?> fields) {
    return ofFlag(flags.change(key, fields, stamp()));
  }

  /** Stores a segment; the patch that tells of it. */
  synchronized String putSegment(String json) {
    return ofSegment(segments.put(Json.object(json), stamp()));
  }

  /** Changes fields of a segment; the patch that tells of it. */
  synchronized String changeSegment(String id, Map<String, ?> fields) {
    return ofSegment(segments.change(id, fields, stamp()));
  }

  synchronized String flag(String key) {
    return flags.get(key);
  }

  synchronized String segment(String id) {
    return segments.get(id);
  }

  /** A full set for who has nothing, else what is newer. */
  synchronized String since(long version) {
    String event = version == 0 ? "full" : "patch";
    return message(event, flags.since(version), segments.since(version));
  }

  /** The version of what is newest. */
  synchronized long version() {
    return Math.max(flags.version(), segments.version());
  }

  /** A time later than that of everything there is. */
  private String stamp() {
    lastStamp = Math.max(System.currentTimeMillis(), Math.max(lastStamp, version()) + 1);
    return Instant.ofEpochMilli(lastStamp).toString();
  }

  private static String ofFlag(Map<String, @Nullable Object> flag) {
    return message("patch", List.of(flag), List.of());
  }

  private static String ofSegment(Map<String, @Nullable Object> segment) {
    return message("patch", List.of(), List.of(segment));
  }

  private static String message(String event, List<?> flags, List<?> segments) {
    return "{\"messageType\":\"data-sync\",\"data\":{\"eventType\":\""
        + event
        + "\",\"featureFlags\":"
        + Json.write(flags)
        + ",\"segments\":"
        + Json.write(segments)
        + "}}";
  }
}
