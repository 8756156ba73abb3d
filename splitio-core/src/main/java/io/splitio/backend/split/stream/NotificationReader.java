package io.splitio.backend.split.stream;

import io.splitio.backend.split.stream.Notification.Definition;
import io.splitio.json.Json;
import io.splitio.net.EventStream.Event;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads events of the stream (protocol specification 6.5). */
final class NotificationReader {
  private static final String OCCUPANCY = "[meta]occupancy";

  private NotificationReader() {}

  /** What an event says, or null when it says nothing to us. */
  static @Nullable Notification read(Event event) {
    String data = event.data();
    if (data == null) {
      return new Notification.Sign();
    }
    try {
      return switch (event.type()) {
        case "message" -> message(data);
        case "error" -> error(data);
        default -> new Notification.Sign();
      };
    } catch (IOException e) {
      return new Notification.Garbled();
    }
  }

  /** An error that cannot be read says nothing: it is no sign of life, and no change either. */
  private static @Nullable Notification error(String data) {
    try {
      Fields fields = Fields.of(data);
      return fields.code == null ? null : new Notification.Failed(fields.code);
    } catch (IOException e) {
      return null;
    }
  }

  /** The envelope holds a text, which is another document. */
  private static Notification message(String data) throws IOException {
    Fields envelope = Fields.of(data);
    if (envelope.data == null) {
      return envelope.ofNoUse();
    }
    Fields inner = Fields.of(envelope.data);
    if (OCCUPANCY.equals(envelope.name)) {
      return inner.publishers == null
          ? inner.ofNoUse()
          : new Notification.Occupancy(inner.publishers, envelope.channel(), envelope.timestamp);
    }
    return inner.type == null ? inner.ofNoUse() : ofType(inner.type, inner, envelope);
  }

  private static Notification ofType(String type, Fields inner, Fields envelope)
      throws IOException {
    return switch (type) {
      case "SPLIT_UPDATE" -> new Notification.Flags(inner.version(), inner.definition());
      case "RB_SEGMENT_UPDATE" ->
          new Notification.RuleBasedSegments(inner.version(), inner.definition());
      case "SPLIT_KILL" ->
          new Notification.Kill(
              inner.version(),
              given(inner.splitName, "splitName"),
              given(inner.defaultTreatment, "defaultTreatment"));
      case "SEGMENT_UPDATE" ->
          new Notification.Segment(inner.version(), given(inner.segmentName, "segmentName"));
      case "CONTROL" ->
          new Notification.Control(
              given(inner.controlType, "controlType"), envelope.channel(), envelope.timestamp);
      default -> new Notification.Sign();
    };
  }

  private static String given(@Nullable String text, String field) throws IOException {
    if (text == null) {
      throw new IOException("a notification has no " + field);
    }
    return text;
  }

  /** The fields of an envelope, a notification or an error. */
  private static final class Fields {
    private @Nullable String name;
    private @Nullable String channel;
    private @Nullable String data;
    private @Nullable String type;
    private @Nullable String splitName;
    private @Nullable String segmentName;
    private @Nullable String defaultTreatment;
    private @Nullable String controlType;
    private @Nullable String definition;
    private @Nullable Long changeNumber;
    private @Nullable Long previous;
    private @Nullable Integer compression;
    private @Nullable Integer code;
    private @Nullable Long publishers;
    private @Nullable String problem;
    private long timestamp;

    private static Fields of(String document) throws IOException {
      Fields fields = new Fields();
      try (Json json = Json.of(document)) {
        json.beginDocument();
        for (String field = json.nextField(); field != null; field = json.nextField()) {
          fields.read(field, json);
        }
        json.endDocument();
        fields.problem = json.takeProblem();
      }
      return fields;
    }

    private void read(String field, Json json) throws IOException {
      switch (field) {
        case "name" -> name = json.text(field);
        case "channel" -> channel = json.text(field);
        case "data" -> data = json.text(field);
        case "type" -> type = json.text(field);
        case "splitName" -> splitName = json.text(field);
        case "segmentName" -> segmentName = json.text(field);
        case "defaultTreatment" -> defaultTreatment = json.text(field);
        case "controlType" -> controlType = json.text(field);
        case "d" -> definition = json.text(field);
        case "changeNumber" -> changeNumber = json.number(field);
        case "pcn" -> previous = json.number(field);
        case "c" -> compression = json.smallNumber(field);
        case "code" -> code = json.smallNumber(field);
        case "timestamp" -> timestamp = orZero(json.number(field));
        case "metrics" -> readMetrics(json);
        default -> json.skip();
      }
    }

    private void readMetrics(Json json) throws IOException {
      if (!json.beginObject("metrics")) {
        return;
      }
      for (String field = json.nextField(); field != null; field = json.nextField()) {
        if (field.equals("publishers")) {
          publishers = json.number(field);
        } else {
          json.skip();
        }
      }
    }

    private static long orZero(@Nullable Long number) {
      return number == null ? 0 : number;
    }

    /** A message without what makes it one: nothing for us, or damaged. */
    private Notification ofNoUse() {
      return problem == null ? new Notification.Sign() : new Notification.Garbled();
    }

    /** The name without what was asked of the channel. */
    private String channel() {
      return channel == null ? "" : channel.substring(channel.indexOf(']') + 1);
    }

    private long version() throws IOException {
      if (changeNumber == null) {
        throw new IOException("a notification has no changeNumber");
      }
      return changeNumber;
    }

    private @Nullable Definition definition() {
      return definition == null || previous == null || compression == null
          ? null
          : new Definition(previous, compression, definition);
    }
  }
}
