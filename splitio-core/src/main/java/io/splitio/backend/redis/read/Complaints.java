package io.splitio.backend.redis.read;

import io.splitio.backend.redis.link.RedisFault;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of questions that Redis answers with an error, each kind of error once a minute: one that
 * is not mended comes back with every call.
 */
final class Complaints {
  private static final Logger log = LoggerFactory.getLogger("splitio.sync");
  private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

  private final Object address;
  private final ConcurrentMap<String, Long> told = new ConcurrentHashMap<>();

  /** Nothing was told of the Redis at an address yet. */
  Complaints(Object address) {
    this.address = address;
  }

  /** Tells of an error that somebody can do something about, and what it means meanwhile. */
  void tell(RedisFault fault, String meanwhile) {
    if (fault.code() != null && fault.hasRemedy() && isDue(fault.code())) {
      log.warn("Redis at {} refuses an answer: {}. {}", address, fault.advised(), meanwhile);
    }
  }

  /** Tells that answers come, and too late. */
  void tellOfDelay(Duration budget) {
    if (isDue("LATE")) {
      log.warn(
          "Redis at {} answers, but not within the budget of a call, {}. Local copies are served,"
              + " or the answer is control; such calls take the whole budget",
          address,
          budget);
    }
  }

  private boolean isDue(String code) {
    long now = System.nanoTime();
    Long last = told.get(code);
    if (last == null) {
      return told.putIfAbsent(code, now) == null;
    }
    return now - last > PAUSE_NANOS && told.replace(code, last, now);
  }
}
