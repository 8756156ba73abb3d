package io.splitio.backend.split;

import java.net.URI;
import java.util.List;

/**
 * The addresses of the five services, as every Split SDK has them: those of definitions and of
 * events are without {@code /api} (protocol specification 1.1).
 *
 * @param sdk definitions
 * @param events impressions, counts and events
 * @param auth the whole address that grants tokens for streaming
 * @param streaming the whole address of the stream
 * @param telemetry telemetry and unique keys
 */
record Endpoints(URI sdk, URI events, URI auth, URI streaming, URI telemetry) {
  static final Endpoints CLOUD =
      new Endpoints(
          URI.create("https://sdk.split.io"),
          URI.create("https://events.split.io"),
          URI.create("https://auth.split.io/api/v2/auth"),
          URI.create("https://streaming.split.io/sse"),
          URI.create("https://telemetry.split.io/api/v1"));

  /** All services at one address, as a Split Proxy has them. */
  static Endpoints at(URI base) {
    String path = base.getRawPath() == null ? "" : base.getRawPath().replaceAll("/+$", "");
    String root = base.getScheme() + "://" + base.getRawAuthority() + path;
    return new Endpoints(
        URI.create(root),
        URI.create(root),
        URI.create(root + "/api/v2/auth"),
        URI.create(root + "/sse"),
        URI.create(root + "/api/v1"));
  }

  Endpoints withSdk(URI other) {
    return new Endpoints(other, events, auth, streaming, telemetry);
  }

  Endpoints withEvents(URI other) {
    return new Endpoints(sdk, other, auth, streaming, telemetry);
  }

  Endpoints withAuth(URI other) {
    return new Endpoints(sdk, events, other, streaming, telemetry);
  }

  Endpoints withStreaming(URI other) {
    return new Endpoints(sdk, events, auth, other, telemetry);
  }

  Endpoints withTelemetry(URI other) {
    return new Endpoints(sdk, events, auth, streaming, other);
  }

  List<URI> all() {
    return List.of(sdk, events, auth, streaming, telemetry);
  }

  /** Whether definitions come from elsewhere than the cloud, so that they may come from a proxy. */
  boolean sdkOverridden() {
    return !sdk.equals(CLOUD.sdk);
  }
}
