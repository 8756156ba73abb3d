package io.splitio.backend.featbit.insight;

import io.splitio.json.JsonWriter;
import io.splitio.record.Event;
import io.splitio.record.Event.Metric;
import io.splitio.record.Event.Person;
import io.splitio.record.Served;
import java.util.List;
import java.util.Map;

/** The documents in which insights are posted (FeatBit specification 6.1). */
public final class InsightDocument {
  private static final double USUAL_VALUE = 1;

  private InsightDocument() {}

  /** What was served; those without an insight are no variations of FeatBit's. */
  public static byte[] served(List<Served> batch) {
    JsonWriter json = new JsonWriter().beginArray();
    for (Served served : batch) {
      Served.Insight insight = served.insight();
      if (insight != null) {
        person(json, insight.person());
        json.name("variations").beginArray();
        variation(json, served, insight);
        json.endArray().endObject();
      }
    }
    return json.endArray().done();
  }

  private static void variation(JsonWriter json, Served served, Served.Insight insight) {
    json.beginObject()
        .member("featureFlagKey", served.flag())
        .member("sendToExperiment", insight.variation().experiment())
        .member("timestamp", (Long) served.time())
        .name("variation")
        .beginObject()
        .member("id", insight.variation().id())
        .member("value", served.treatment())
        .member("reason", served.label())
        .endObject()
        .endObject();
  }

  /** What the application told of; an event of Split's API is one metric. */
  public static byte[] told(List<Event> batch) {
    JsonWriter json = new JsonWriter().beginArray();
    for (Event event : batch) {
      Event.Insight insight = event.insight() == null ? one(event) : event.insight();
      person(json, insight.person());
      if (!insight.metrics().isEmpty()) {
        json.name("metrics").beginArray();
        insight.metrics().forEach(metric -> metric(json, metric, event.time()));
        json.endArray();
      }
      json.endObject();
    }
    return json.endArray().done();
  }

  private static Event.Insight one(Event event) {
    double value = event.value() == null ? USUAL_VALUE : event.value();
    return new Event.Insight(
        new Person(event.key(), event.key(), Map.of()),
        List.of(new Metric(event.eventType(), value)));
  }

  private static void metric(JsonWriter json, Metric metric, long time) {
    json.beginObject()
        .member("route", "index/metric")
        .member("type", "CustomEvent")
        .member("eventName", metric.name())
        .member("numericValue", (Double) metric.value())
        .member("appType", "javaserverside")
        .member("timestamp", (Long) time)
        .endObject();
  }

  /** Begins an object with its user. */
  private static void person(JsonWriter json, Person person) {
    json.beginObject()
        .name("user")
        .beginObject()
        .member("keyId", person.key())
        .member("name", person.name())
        .name("customizedProperties")
        .beginArray();
    person
        .properties()
        .forEach(
            (name, value) ->
                json.beginObject().member("name", name).member("value", value).endObject());
    json.endArray().endObject();
  }
}
