package io.splitio.backend.split;

import io.splitio.api.ImpressionMode;
import io.splitio.json.JsonWriter;
import io.splitio.telemetry.Call;
import io.splitio.telemetry.ConfigReport;
import io.splitio.telemetry.Interval;
import io.splitio.telemetry.Resource;
import io.splitio.telemetry.UsageReport;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The documents in which the SDK reports about itself (protocol specification 10.1 and 10.2). */
final class ReportPayloads {
  private ReportPayloads() {}

  /** How the SDK is set up. */
  static byte[] config(ConfigReport report, SplitSinks.Setup setup) {
    JsonWriter json = new JsonWriter().beginObject().member("oM", 0).member("st", "memory");
    json.member("sE", setup.streaming());
    json.name("rR")
        .beginObject()
        .member("sp", seconds(setup.flags()))
        .member("se", seconds(setup.segments()))
        .member("im", seconds(report.impressions().period()))
        .member("ev", seconds(report.events().period()))
        .member("te", seconds(report.usagePeriod()))
        .endObject();
    overridden(json, setup.endpoints());
    return json.member("iQ", report.impressions().capacity())
        .member("eQ", report.events().capacity())
        .member("iM", mode(report.mode()))
        .member("iL", report.listener())
        .member("hP", setup.proxy())
        .member("aF", report.activeFactories())
        .member("rF", report.redundantFactories())
        .member("tR", (Long) report.timeToReady().toMillis())
        .member("bT", (Long) report.readyTimeouts())
        .member("nR", (Long) report.notReadyUses())
        .name("i")
        .beginArray()
        .endArray()
        .name("t")
        .beginArray()
        .endArray()
        .member("fsT", report.flagSets())
        .member("fsI", report.flagSetsDiscarded())
        .endObject()
        .done();
  }

  private static void overridden(JsonWriter json, Endpoints mine) {
    Endpoints cloud = Endpoints.CLOUD;
    json.name("uO")
        .beginObject()
        .member("s", !mine.sdk().equals(cloud.sdk()))
        .member("e", !mine.events().equals(cloud.events()))
        .member("a", !mine.auth().equals(cloud.auth()))
        .member("st", !mine.streaming().equals(cloud.streaming()))
        .member("t", !mine.telemetry().equals(cloud.telemetry()))
        .endObject();
  }

  private static Long seconds(Duration duration) {
    return duration.toSeconds();
  }

  private static int mode(ImpressionMode mode) {
    return switch (mode) {
      case OPTIMIZED -> 0;
      case DEBUG -> 1;
      case NONE -> 2;
    };
  }

  /** How the SDK is doing. */
  static byte[] usage(UsageReport report) {
    Interval interval = report.interval();
    JsonWriter json = new JsonWriter().beginObject();
    json.name("lS").beginObject();
    report.lastSuccess().forEach((resource, time) -> json.member(name(resource), time));
    json.endObject();
    json.name("mL").beginObject();
    interval.methodLatencies().forEach((method, counts) -> numbers(json, name(method), counts));
    json.endObject();
    json.name("mE").beginObject();
    interval.methodExceptions().forEach((method, count) -> json.member(name(method), count));
    json.endObject();
    json.name("hE").beginObject();
    interval.exchangeErrors().forEach((resource, counts) -> errors(json, resource, counts));
    json.endObject();
    json.name("hL").beginObject();
    interval
        .exchangeLatencies()
        .forEach((resource, counts) -> numbers(json, name(resource), counts));
    json.endObject();
    json.member("tR", (Long) interval.tokenRefreshes());
    json.member("aR", (Long) interval.authRejections());
    totals(json, report);
    happened(json, interval);
    json.name("ufs").beginObject().member("sp", (Long) interval.inlineUpdates()).endObject();
    return json.endObject().done();
  }

  private static void totals(JsonWriter json, UsageReport report) {
    UsageReport.Recorded recorded = report.recorded();
    UsageReport.Held held = report.held();
    json.member("iQ", (Long) recorded.impressionsQueued())
        .member("iDe", (Long) recorded.impressionsDeduplicated())
        .member("iDr", (Long) recorded.impressionsDropped())
        .member("eQ", (Long) recorded.eventsQueued())
        .member("eD", (Long) recorded.eventsDropped())
        .member("spC", (Long) held.flags())
        .member("seC", (Long) held.segments())
        .member("skC", (Long) held.segmentKeys())
        .member("sL", (Long) report.sessionMillis());
  }

  private static void happened(JsonWriter json, Interval interval) {
    json.name("sE").beginArray();
    for (Interval.Streamed streamed : interval.streamed()) {
      json.beginObject()
          .member("e", streamed.type().code())
          .member("d", (Long) streamed.data())
          .member("t", (Long) streamed.time())
          .endObject();
    }
    json.endArray().name("t").beginArray();
    interval.tags().forEach(json::text);
    json.endArray();
  }

  private static void numbers(JsonWriter json, String name, List<Long> numbers) {
    json.name(name).beginArray();
    numbers.forEach(json::number);
    json.endArray();
  }

  private static void errors(JsonWriter json, Resource resource, Map<Integer, Long> counts) {
    json.name(name(resource)).beginObject();
    counts.forEach((status, count) -> json.member(Integer.toString(status), count));
    json.endObject();
  }

  private static String name(Resource resource) {
    return switch (resource) {
      case DEFINITIONS -> "sp";
      case SEGMENTS -> "se";
      case IMPRESSIONS -> "im";
      case COUNTS -> "ic";
      case EVENTS -> "ev";
      case TOKEN -> "to";
      case TELEMETRY -> "te";
    };
  }

  private static String name(Call method) {
    return switch (method) {
      case TREATMENT -> "t";
      case TREATMENTS -> "ts";
      case TREATMENT_WITH_CONFIG -> "tc";
      case TREATMENTS_WITH_CONFIG -> "tcs";
      case TREATMENTS_BY_FLAG_SET -> "tf";
      case TREATMENTS_BY_FLAG_SETS -> "tfs";
      case TREATMENTS_WITH_CONFIG_BY_FLAG_SET -> "tcf";
      case TREATMENTS_WITH_CONFIG_BY_FLAG_SETS -> "tcfs";
      case TRACK -> "tr";
    };
  }
}
