package io.splitio.backend.featbit;

import io.splitio.backend.Services;
import io.splitio.net.Http;
import io.splitio.net.Request;
import io.splitio.net.TextSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** The requests of FeatBit (FeatBit specification 1.1, 1.4 and 2.1). */
record FeatBitApi(String secret, Http http, Services services) {
  private static final List<String> INSIGHTS = List.of("api", "public", "insight", "track");
  private static final String AGENT = "splitio-";
  private static final Duration POST_TOTAL = Duration.ofSeconds(20);

  /** Without the secret. */
  @Override
  public String toString() {
    return "FeatBitApi";
  }

  TextSocket open(URI streaming, TextSocket.Listener listener) {
    double random = ThreadLocalRandom.current().nextDouble();
    String token = Token.of(secret, services.clock().millis(), random);
    return http.socket(
        to(streaming)
            .segment("streaming")
            .query("token", token)
            .query("type", "server")
            .query("version", "2")
            .header("Content-Type", "application/json"),
        listener);
  }

  Request insights(URI events) {
    Request request = to(events);
    for (String segment : INSIGHTS) {
      request = request.segment(segment);
    }
    return request.total(POST_TOTAL);
  }

  private Request to(URI address) {
    URI base = URI.create(address.toString().replaceAll("/+$", ""));
    return Request.to(base)
        .sentBy(() -> Map.of("User-Agent", AGENT + services.machine().get().sdkVersion()))
        .header("Authorization", secret);
  }
}
