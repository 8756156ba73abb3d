package io.splitio.fake;

import io.splitio.fake.http.Request;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the service can be asked. */
public enum Endpoint {
  /** Flags and rule-based segments. */
  SPLIT_CHANGES("GET", "/api/splitChanges"),
  /** The keys of a segment. */
  SEGMENT_CHANGES("GET", "/api/segmentChanges/.+"),
  /** A streaming token. */
  AUTH("GET", "/api(/v2)?/auth"),
  /** The event stream. */
  STREAM("GET", "/(sse|event-stream)"),
  /** Impressions. */
  IMPRESSIONS("POST", "/api/testImpressions/bulk"),
  /** Counts of impressions. */
  IMPRESSION_COUNTS("POST", "/api/testImpressions/count"),
  /** Unique keys of impressions. */
  UNIQUE_KEYS("POST", "/api(/v1)?/keys/ss"),
  /** Tracked events. */
  EVENTS("POST", "/api/events/bulk"),
  /** How an SDK is configured. */
  TELEMETRY_CONFIG("POST", "/api(/v1)?/metrics/config"),
  /** How an SDK is doing. */
  TELEMETRY_USAGE("POST", "/api(/v1)?/metrics/usage"),
  /** The version of the service. */
  VERSION("GET", "/api/version");

  private final String method;
  private final Pattern path;

  Endpoint(String method, String path) {
    this.method = method;
    this.path = Pattern.compile(path);
  }

  /** Whether a request is meant for this. */
  public boolean matches(Request request) {
    return request.method().equals(method) && path.matcher(request.path()).matches();
  }

  static Optional<Endpoint> of(Request request) {
    for (Endpoint endpoint : values()) {
      if (endpoint.matches(request)) {
        return Optional.of(endpoint);
      }
    }
    return Optional.empty();
  }
}
