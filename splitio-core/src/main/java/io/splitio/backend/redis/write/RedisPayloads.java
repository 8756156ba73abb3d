package io.splitio.backend.redis.write;

import io.splitio.api.ImpressionMode;
import io.splitio.json.JsonWriter;
import io.splitio.record.Event;
import io.splitio.record.Served;
import io.splitio.record.Sinks.Keys;
import io.splitio.telemetry.Call;
import io.splitio.telemetry.ConfigReport;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is written, as the Synchronizer reads it (Redis specification 4). */
final class RedisPayloads {
  private static final int KEYS_PER_ELEMENT = 500;
  private static final int KEY_BYTES_PER_ELEMENT = 60 << 10; // the flag has its name beside them

  private RedisPayloads() {}

  /** An element of the list of impressions. */
  static byte[] impression(Identity who, Served served) {
    JsonWriter json = begin(who).name("i").beginObject();
    json.member("k", served.matchingKey())
        .name("b")
        .scalar(served.bucketingKey())
        .member("f", served.flag())
        .member("t", served.treatment())
        .name("r")
        .scalar(served.label())
        .name("c")
        .scalar(served.changeNumber())
        .member("m", (Long) served.time())
        .member("pt", served.previousTime());
    if (!served.properties().isEmpty()) {
      JsonWriter text = new JsonWriter();
      properties(text, served.properties());
      json.member("properties", new String(text.done(), StandardCharsets.UTF_8));
    }
    return json.endObject().endObject().done();
  }

  /** An element of the list of events. */
  static byte[] event(Identity who, Event event) {
    JsonWriter json = begin(who).name("e").beginObject();
    json.member("key", event.key())
        .member("trafficTypeName", event.trafficType())
        .member("eventTypeId", event.eventType())
        .name("value")
        .scalar(event.value())
        .member("timestamp", (Long) event.time());
    if (!event.properties().isEmpty()) {
      properties(json.name("properties"), event.properties());
    }
    return json.endObject().endObject().done();
  }

  /** Elements of the list of unique keys; none is long. */
  static List<byte[]> uniqueKeys(Keys keys) {
    List<byte[]> elements = new ArrayList<>();
    List<String> all = keys.keys();
    int from = 0;
    int bytes = 0;
    for (int i = 0; i < all.size(); i++) {
      int more = mostBytes(all.get(i));
      if (i - from == KEYS_PER_ELEMENT || (i > from && bytes + more > KEY_BYTES_PER_ELEMENT)) {
        elements.add(element(keys.flag(), all.subList(from, i)));
        from = i;
        bytes = 0;
      }
      bytes += more;
    }
    if (from < all.size()) {
      elements.add(element(keys.flag(), all.subList(from, all.size())));
    }
    return elements;
  }

  private static byte[] element(String flag, List<String> keys) {
    JsonWriter json = new JsonWriter().beginObject().member("f", flag).name("ks").beginArray();
    keys.forEach(json::text);
    return json.endArray().endObject().done();
  }

  /** How long a key is at most when it is written, with what is around it. */
  private static int mostBytes(String key) {
    int bytes = 3;
    for (int i = 0; i < key.length(); i++) {
      bytes += mostBytes(key.charAt(i));
    }
    return bytes;
  }

  private static int mostBytes(char c) {
    if (c < ' ' || Character.isSurrogate(c)) {
      return 6; // is escaped
    }
    if (c == '"' || c == '\\') {
      return 2;
    }
    return c < 0x80 ? 1 : 3;
  }

  /** How the SDK is set up. */
  static byte[] config(ConfigReport report) {
    return new JsonWriter()
        .beginObject()
        .member("oM", 1)
        .member("st", "redis")
        .member("aF", report.activeFactories())
        .member("rF", report.redundantFactories())
        .member("iM", mode(report.mode()))
        .name("t")
        .beginArray()
        .endArray()
        .endObject()
        .done();
  }

  private static int mode(ImpressionMode mode) {
    return switch (mode) {
      case OPTIMIZED -> 0;
      case DEBUG -> 1;
      case NONE -> 2;
    };
  }

  /** A method, as the fields of telemetry name it. */
  static String method(Call method) {
    return switch (method) {
      case TREATMENT -> "treatment";
      case TREATMENTS -> "treatments";
      case TREATMENT_WITH_CONFIG -> "treatmentWithConfig";
      case TREATMENTS_WITH_CONFIG -> "treatmentsWithConfig";
      case TREATMENTS_BY_FLAG_SET -> "treatmentsByFlagSet";
      case TREATMENTS_BY_FLAG_SETS -> "treatmentsByFlagSets";
      case TREATMENTS_WITH_CONFIG_BY_FLAG_SET -> "treatmentsWithConfigByFlagSet";
      case TREATMENTS_WITH_CONFIG_BY_FLAG_SETS -> "treatmentsWithConfigByFlagSets";
      case TRACK -> "track";
    };
  }

  private static JsonWriter begin(Identity who) {
    return new JsonWriter()
        .beginObject()
        .name("m")
        .beginObject()
        .member("s", who.sdk())
        .member("n", who.host())
        .member("i", who.address())
        .endObject();
  }

  private static void properties(JsonWriter json, Map<String, @Nullable Object> properties) {
    json.beginObject();
    properties.forEach((name, value) -> json.name(name).scalar(value));
    json.endObject();
  }
}
