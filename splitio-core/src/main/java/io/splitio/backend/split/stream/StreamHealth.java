package io.splitio.backend.split.stream;

import java.util.HashMap;
import java.util.Map;

/**
 * What one connection to the stream is worth, from what is heard on it (protocol specification 6.9
 * and 7). Pure: it neither waits nor acts. For one lane.
 */
final class StreamHealth {
  private static final String PRIMARY = "control_pri";
  private static final String SECONDARY = "control_sec";
  private static final int MOST_CHANNELS = 100;

  private final Map<String, Long> publishers = new HashMap<>();
  private final Map<String, Long> newest = new HashMap<>();
  private boolean heard;
  private boolean paused;

  /** What to do about a message. */
  enum Verdict {
    /** Go by {@link #streams()}. */
    SETTLE,
    /** Connect again with a new token, at once. */
    RENEW,
    /** Connect again, after the usual pause. */
    RECONNECT,
    /** Do not count on streaming; try again after a long pause. */
    GIVE_UP
  }

  /** Whether definitions arrive by this stream, so that polling is not needed. */
  boolean streams() {
    return heard && !paused && hasPublishers();
  }

  /** Until told otherwise, both control channels have publishers. */
  private boolean hasPublishers() {
    return publishers.getOrDefault(PRIMARY, 1L) > 0 || publishers.getOrDefault(SECONDARY, 1L) > 0;
  }

  /** Something arrived that is no error. */
  Verdict sign() {
    heard = true;
    return Verdict.SETTLE;
  }

  Verdict occupancy(Notification.Occupancy told) {
    heard = true;
    boolean counts = told.channel().equals(PRIMARY) || told.channel().equals(SECONDARY);
    if (counts && isNews("occupancy " + told.channel(), told.timestamp())) {
      publishers.put(told.channel(), told.publishers());
    }
    return Verdict.SETTLE;
  }

  Verdict control(Notification.Control told) {
    heard = true;
    if (!isNews("control " + told.channel(), told.timestamp())) {
      return Verdict.SETTLE;
    }
    return switch (told.type()) {
      case "STREAMING_PAUSED" -> paused(true);
      case "STREAMING_RESUMED", "STREAMING_ENABLED" -> paused(false);
      case "STREAMING_RESET" -> Verdict.RENEW;
      case "STREAMING_DISABLED" -> Verdict.GIVE_UP;
      default -> Verdict.SETTLE;
    };
  }

  /** Codes 40140 to 40149 speak of the token; others from 40000 on of what will not pass. */
  Verdict failed(int code) {
    if (code < 40_000 || code > 49_999) {
      return Verdict.SETTLE;
    }
    boolean token = code >= 40_140 && code <= 40_149;
    return token ? Verdict.RECONNECT : Verdict.GIVE_UP;
  }

  private Verdict paused(boolean now) {
    paused = now;
    return Verdict.SETTLE;
  }

  /** Messages may overtake one another; only strictly older ones are ignored. */
  private boolean isNews(String kind, long timestamp) {
    long before = newest.getOrDefault(kind, Long.MIN_VALUE);
    if (newest.size() < MOST_CHANNELS || newest.containsKey(kind)) {
      newest.put(kind, Math.max(before, timestamp));
    }
    return timestamp >= before;
  }
}
