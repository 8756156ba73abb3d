package io.splitio.fake.featbit;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What FeatBit's server expects of insights; a batch with one bad event is refused whole. */
final class Shapes {
  private Shapes() {}

  /**
   * The events of a batch.
   *
   * @throws IllegalArgumentException when it would be refused
   */
  static List<?> batch(@Nullable Object json) {
    List<?> batch = list("the batch", json);
    batch.forEach(element -> check(object("an event", element)));
    return batch;
  }

  /** Whether an event has somebody it is about; without, it is dropped. */
  static boolean hasUser(Map<?, ?> event) {
    return event.get("user") instanceof Map<?, ?> user
        && user.get("keyId") instanceof String key
        && !key.isBlank();
  }

  private static void check(Map<?, ?> event) {
    if (event.get("user") instanceof Map<?, ?> user && user.get("customizedProperties") != null) {
      for (Object property : list("customizedProperties", user.get("customizedProperties"))) {
        text("the value of a property", object("a property", property).get("value"));
      }
    }
    if (event.containsKey("variations")) {
      list("variations", event.get("variations")).forEach(Shapes::checkVariation);
    }
    if (event.containsKey("metrics")) {
      list("metrics", event.get("metrics")).forEach(Shapes::checkMetric);
    }
  }

  private static void checkVariation(@Nullable Object element) {
    Map<?, ?> served = object("an element of variations", element);
    text("featureFlagKey", served.get("featureFlagKey"));
    whole("timestamp", served.get("timestamp"));
    flag("sendToExperiment", served.get("sendToExperiment"));
    text("the id of a variation", object("variation", served.get("variation")).get("id"));
  }

  private static void checkMetric(@Nullable Object element) {
    Map<?, ?> metric = object("an element of metrics", element);
    for (String name : List.of("route", "type", "eventName", "appType")) {
      text(name, metric.get(name));
    }
    whole("timestamp", metric.get("timestamp"));
    if (!(metric.get("numericValue") instanceof Number)) {
      throw wrong("numericValue", metric.get("numericValue"), "a number");
    }
  }

  private static List<?> list(String what, @Nullable Object json) {
    if (json instanceof List<?> list) {
      return list;
    }
    throw wrong(what, json, "an array");
  }

  private static Map<?, ?> object(String what, @Nullable Object json) {
    if (json instanceof Map<?, ?> map) {
      return map;
    }
    throw wrong(what, json, "an object");
  }

  private static void text(String what, @Nullable Object json) {
    if (!(json instanceof String)) {
      throw wrong(what, json, "text");
    }
  }

  private static void whole(String what, @Nullable Object json) {
    if (!(json instanceof Long)) {
      throw wrong(what, json, "a whole number");
    }
  }

  private static void flag(String what, @Nullable Object json) {
    if (!(json instanceof Boolean)) {
      throw wrong(what, json, "true or false");
    }
  }

  private static IllegalArgumentException wrong(String what, @Nullable Object json, String wanted) {
    return new IllegalArgumentException(what + " is " + json + "; it must be " + wanted);
  }
}
