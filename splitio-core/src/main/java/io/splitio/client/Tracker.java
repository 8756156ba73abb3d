package io.splitio.client;

import io.splitio.backend.Source;
import io.splitio.engine.Failures;
import io.splitio.record.Event;
import io.splitio.telemetry.Call;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes events: checks them and makes them ready to be sent (evaluation specification 8.6 and 9.5
 * to 9.7).
 *
 * @param check checks and tells in the method's name
 * @param readiness whether the SDK still takes events
 * @param recording takes those that are valid
 * @param source knows the traffic types of the environment
 */
record Tracker(InputCheck check, Readiness readiness, Recording recording, Source source) {
  private static final int LONGEST_TYPE = 80;

  /** Records an event; false when it is not valid, comes too late, or finds no room. */
  boolean track(
      @Nullable String key,
      @Nullable String trafficType,
      @Nullable String eventType,
      @Nullable Double value,
      @Nullable Map<String, Object> properties) {
    long moment = recording.called(Call.TRACK);
    try {
      if (readiness.isDestroyed()) {
        check.tell(Trouble.DESTROYED, null, "the event is not recorded");
        return false;
      }
      String type = trafficType(trafficType);
      if (type == null || !isEvent(key, eventType, value) || key == null || eventType == null) {
        return false;
      }
      Map<String, Object> checked = properties == null ? Map.of() : check.properties(properties);
      if (checked == null || recording.events().turnsAway()) {
        return false;
      }
      long time = recording.time().at(moment);
      return recording.events().offer(new Event(key, type, eventType, value, checked, time));
    } catch (Throwable cause) {
      Failures.rethrowIfFatal(cause);
      recording.telemetry().failed(Call.TRACK);
      check.failed(cause);
      return false;
    } finally {
      recording.answered(Call.TRACK, moment);
    }
  }

  private boolean isEvent(
      @Nullable String key, @Nullable String eventType, @Nullable Double value) {
    return isEventType(eventType) && check.isKey(key, "key") && isValue(value);
  }

  private @Nullable String trafficType(@Nullable String trafficType) {
    if (trafficType == null || trafficType.isEmpty()) {
      check.tell(Trouble.NO_TRAFFIC_TYPE, trafficType == null ? "null" : "empty");
      return null;
    }
    String lower = trafficType.toLowerCase(Locale.ROOT);
    if (!lower.equals(trafficType)) {
      check.tell(Trouble.LOWERED_TRAFFIC_TYPE, trafficType);
    }
    if (readiness.isReady() && source.lacksTrafficType(lower)) {
      check.tell(Trouble.UNKNOWN_TRAFFIC_TYPE, lower);
    }
    return lower;
  }

  private boolean isEventType(@Nullable String type) {
    if (type != null && !type.isEmpty() && type.length() <= LONGEST_TYPE && isSpelledWell(type)) {
      return true;
    }
    check.tell(Trouble.BAD_EVENT_TYPE, type);
    return false;
  }

  private boolean isValue(@Nullable Double value) {
    if (value == null || Double.isFinite(value)) {
      return true;
    }
    check.tell(Trouble.BAD_VALUE, value.toString());
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
