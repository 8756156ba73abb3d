package io.splitio.client;

import io.splitio.api.TreatmentRequest.Method;
import io.splitio.log.LogSafe;
import io.splitio.record.Event;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks an event and makes it ready to be sent (evaluation specification 8.6 and 9.5 to 9.7). */
final class EventCheck {
  private static final int LONGEST_TYPE = 80;

  private final InputCheck check;
  private final Clock clock;

  EventCheck(InputCheck check, Clock clock) {
    this.check = check;
    this.clock = clock;
  }

  /** The event, or null when a part of it is not valid. */
  @Nullable Event event(
      @Nullable String key,
      @Nullable String trafficType,
      @Nullable String eventType,
      @Nullable Double value,
      @Nullable Map<String, Object> properties) {
    String type = trafficType(trafficType);
    if (type == null || !isEventType(eventType) || !check.isKey(Method.TRACK, key, "key")) {
      return null;
    }
    Map<String, Object> checked =
        properties == null ? Map.of() : check.properties(Method.TRACK.methodName(), properties);
    return checked == null || key == null || eventType == null
        ? null
        : new Event(key, type, eventType, value, checked, clock.millis());
  }

  private @Nullable String trafficType(@Nullable String trafficType) {
    if (trafficType == null || trafficType.isEmpty()) {
      check.error(
          Method.TRACK,
          "the traffic type is "
              + (trafficType == null ? "null" : "empty")
              + "; name one, such as 'user'");
      return null;
    }
    String lower = trafficType.toLowerCase(Locale.ROOT);
    if (!lower.equals(trafficType)) {
      check.warn(
          Method.TRACK.methodName(),
          "traffic type " + LogSafe.quote(trafficType) + " is sent in lower case");
    }
    return lower;
  }

  private boolean isEventType(@Nullable String type) {
    if (type != null && !type.isEmpty() && type.length() <= LONGEST_TYPE && isSpelledWell(type)) {
      return true;
    }
    check.error(
        Method.TRACK,
        "event type "
            + LogSafe.quote(type)
            + " is not valid; it has 1 to "
            + LONGEST_TYPE
            + " letters, digits, '-', '_', '.' and ':', and starts with a letter or digit");
    return false;
  }

  private static boolean isSpelledWell(String type) {
    for (int i = 0; i < type.length(); i++) {
      char c = type.charAt(i);
      boolean alphanumeric =
          (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!alphanumeric && (i == 0 || "-_.:".indexOf(c) < 0)) {
        return false;
      }
    }
    return true;
  }
}
