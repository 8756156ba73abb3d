package io.splitio.spring.actuate;

import io.splitio.api.SdkHealth;
import io.splitio.api.SdkStatus;
import io.splitio.spring.autoconfigure.SplitioProperties.NotReadyStatus;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the SDK says of itself, in the words of Spring Boot's health, which has other types in every
 * generation.
 *
 * <p>Once flags were loaded the status is UP for good: neither an outage of the vendor nor a
 * rotated key takes running instances out of service. The details say so instead.
 *
 * @param status the code of a health status
 * @param details without secrets and without keys of users
 */
record SdkReport(String status, Map<String, Object> details) {

  static SdkReport of(SdkHealth health, NotReadyStatus notReady) {
    return new SdkReport(code(health, notReady), details(health));
  }

  private static String code(SdkHealth health, NotReadyStatus notReady) {
    if (evaluates(health)) {
      return "UP";
    }
    return health.fatal() || health.status() == SdkStatus.DESTROYED ? "DOWN" : notReady.name();
  }

  /** Whether flags decide; one that is suspended may have loaded nothing before. */
  static boolean evaluates(SdkHealth health) {
    return health.status() == SdkStatus.SUSPENDED
        ? health.lastSynchronized() != null || health.flags() > 0 // kept ones count
        : health.status().evaluates();
  }

  private static Map<String, Object> details(SdkHealth health) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("mode", health.mode());
    details.put("state", health.status().name());
    details.put("flags", health.flags());
    details.put("segments", health.segments());
    details.put("ruleBasedSegments", health.ruleBasedSegments());
    details.put("stale", health.status() == SdkStatus.STALE);
    if (health.streaming() != null) {
      details.put("streaming", health.streaming().name());
    }
    if (health.lastSynchronized() != null) {
      details.put("lastSynchronized", health.lastSynchronized().toString());
    }
    if (health.problem() != null) {
      details.put("problem", health.problem());
    }
    return details;
  }
}
