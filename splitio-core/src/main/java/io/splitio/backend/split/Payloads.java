package io.splitio.backend.split;

import io.splitio.json.JsonWriter;
import io.splitio.record.Event;
import io.splitio.record.Served;
import io.splitio.record.Sinks.Count;
import io.splitio.record.Sinks.Keys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The documents in which recorded data is posted (protocol specification 8.6 and 9.1). Members that
 * are null are left out.
 */
final class Payloads {
  private Payloads() {}

  /** Impressions, those of one flag together. */
  static byte[] impressions(List<Served> batch) {
    Map<String, List<Served>> byFlag = new LinkedHashMap<>();
    for (Served served : batch) {
      byFlag.computeIfAbsent(served.flag(), flag -> new ArrayList<>()).add(served);
    }
    JsonWriter json = new JsonWriter().beginArray();
    byFlag.forEach(
        (flag, ofFlag) -> {
          json.beginObject().member("f", flag).name("i").beginArray();
          ofFlag.forEach(served -> impression(json, served));
          json.endArray().endObject();
        });
    return json.endArray().done();
  }

  private static void impression(JsonWriter json, Served served) {
    json.beginObject()
        .member("k", served.matchingKey())
        .member("b", served.bucketingKey())
        .member("t", served.treatment())
        .member("r", served.label())
        .member("c", served.changeNumber())
        .member("m", (Long) served.time())
        .member("pt", served.previousTime());
    if (!served.properties().isEmpty()) {
      json.member("properties", text(served.properties()));
    }
    json.endObject();
  }

  /** Properties of an impression travel as a text that holds a document. */
  private static String text(Map<String, Object> properties) {
    JsonWriter json = new JsonWriter();
    properties(json, properties);
    return new String(json.done(), StandardCharsets.UTF_8);
  }

  private static void properties(JsonWriter json, Map<String, @Nullable Object> properties) {
    json.beginObject();
    properties.forEach((name, value) -> json.name(name).scalar(value));
    json.endObject();
  }

  /** Counts of impressions. */
  static byte[] counts(List<Count> batch) {
    JsonWriter json = new JsonWriter().beginObject().name("pf").beginArray();
    for (Count count : batch) {
      json.beginObject()
          .member("f", count.flag())
          .member("m", (Long) count.hour())
          .member("rc", (Long) count.count())
          .endObject();
    }
    return json.endArray().endObject().done();
  }

  /** Unique keys. */
  static byte[] uniqueKeys(List<Keys> batch) {
    JsonWriter json = new JsonWriter().beginObject().name("keys").beginArray();
    for (Keys keys : batch) {
      json.beginObject().member("f", keys.flag()).name("ks").beginArray();
      keys.keys().forEach(json::text);
      json.endArray().endObject();
    }
    return json.endArray().endObject().done();
  }

  /** Events. */
  static byte[] events(List<Event> batch) {
    JsonWriter json = new JsonWriter().beginArray();
    for (Event event : batch) {
      json.beginObject()
          .member("key", event.key())
          .member("trafficTypeName", event.trafficType())
          .member("eventTypeId", event.eventType())
          .member("value", event.value())
          .member("timestamp", (Long) event.time());
      if (!event.properties().isEmpty()) {
        json.name("properties");
        properties(json, event.properties());
      }
      json.endObject();
    }
    return json.endArray().done();
  }
}
