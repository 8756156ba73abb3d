package io.splitio.fake.featbit;

import io.splitio.fake.http.Request;
import java.util.Optional;
import java.util.function.Predicate;

/** What FeatBit's server can be asked, below whatever path it is reached at. */
public enum FeatBitEndpoint implements Predicate<Request> {
  /** The WebSocket that definitions come over. */
  STREAMING("GET", "/streaming"),
  /** Insights: users, evaluations and metrics. */
  INSIGHTS("POST", "/api/public/insight/track"),
  /** All definitions at once. */
  LATEST_ALL("GET", "/api/public/sdk/server/latest-all");

  private final String method;
  private final String path;

  FeatBitEndpoint(String method, String path) {
    this.method = method;
    this.path = path;
  }

  /** Whether a request is meant for this. */
  @Override
  public boolean test(Request request) {
    return request.method().equals(method) && request.path().endsWith(path);
  }

  static Optional<FeatBitEndpoint> of(Request request) {
    for (FeatBitEndpoint endpoint : values()) {
      if (endpoint.test(request)) {
        return Optional.of(endpoint);
      }
    }
    return Optional.empty();
  }
}
