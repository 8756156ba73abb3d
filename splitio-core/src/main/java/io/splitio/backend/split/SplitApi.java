package io.splitio.backend.split;

import io.splitio.backend.split.keep.Copy;
import io.splitio.backend.split.keep.Received;
import io.splitio.backend.split.stream.Streaming;
import io.splitio.backend.split.stream.Token;
import io.splitio.codec.Changes;
import io.splitio.codec.ChangesReader;
import io.splitio.codec.Sanitizing;
import io.splitio.codec.SegmentChange;
import io.splitio.codec.SegmentReader;
import io.splitio.net.EventStream;
import io.splitio.net.Http;
import io.splitio.net.Outcome;
import io.splitio.net.Request;
import io.splitio.net.Trouble;
import io.splitio.telemetry.Resource;
import io.splitio.telemetry.Telemetry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The requests of Split's cloud (protocol specification 1 to 3, 6 and 8 to 10). */
final class SplitApi implements Streaming.Service {
  private static final Duration AUTH_TOTAL = Duration.ofSeconds(10);
  private static final Duration POST_TOTAL = Duration.ofSeconds(20);
  private static final long AUTH_BYTES = 64 * 1024;

  private final Endpoints endpoints;
  private final Http http;
  private final Settings settings;
  private final Request definitions;
  private final Request segments;

  /**
   * What requests are made of.
   *
   * @param sdkKey the SDK key, a secret
   * @param headers say who is asking; may take a moment the first time
   * @param changes reads definitions
   * @param maxSegmentBytes the longest answer about a segment
   * @param copies make copies of documents as they are received
   * @param telemetry counts every exchange
   * @param clock tells the time of day
   */
  record Settings(
      String sdkKey,
      Supplier<Map<String, String>> headers,
      ChangesReader changes,
      long maxSegmentBytes,
      Supplier<Copy> copies,
      Telemetry telemetry,
      Clock clock) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "SplitApi.Settings";
    }
  }

  /** Where documents are posted. */
  enum Endpoint {
    IMPRESSIONS(Resource.IMPRESSIONS, "api/testImpressions/bulk"),
    COUNTS(Resource.COUNTS, "api/testImpressions/count"),
    EVENTS(Resource.EVENTS, "api/events/bulk"),
    UNIQUE_KEYS(Resource.TELEMETRY, "keys/ss"),
    CONFIG(Resource.TELEMETRY, "metrics/config"),
    USAGE(Resource.TELEMETRY, "metrics/usage");

    private final Resource resource;
    private final String path;

    Endpoint(Resource resource, String path) {
      this.resource = resource;
      this.path = path;
    }
  }

  SplitApi(Endpoints endpoints, Http http, Settings settings) {
    this.endpoints = endpoints;
    this.http = http;
    this.settings = settings;
    this.definitions = authorized(endpoints.sdk(), List.of("api", "splitChanges"));
    this.segments = authorized(endpoints.sdk(), List.of("api", "segmentChanges"));
  }

  /**
   * Where to go on.
   *
   * @param spec the version of the document to ask for
   * @param flags the version of the flags held
   * @param ruleBasedSegments the version of the rule-based segments held
   */
  record Position(String spec, long flags, long ruleBasedSegments) {}

  /** Where definitions come from, for people. */
  String origin() {
    return endpoints.sdk().getScheme() + "://" + endpoints.sdk().getRawAuthority();
  }

  /** Asks for changes of flags and rule-based segments. */
  CompletableFuture<Outcome<Received<Changes>>> splitChanges(
      Position from, Set<String> sets, Fetch how) {
    Request request =
        asked(definitions, how).query("s", from.spec).query("since", Long.toString(from.flags));
    if (from.spec.equals(FlagSync.SPEC)) {
      request = request.query("rbSince", Long.toString(from.ruleBasedSegments));
    }
    if (!sets.isEmpty()) {
      request = request.query("sets", String.join(",", sets.stream().sorted().toList()));
    }
    return metered(Resource.DEFINITIONS, request, how, settings.changes::read);
  }

  /** Asks for changes of a segment. */
  CompletableFuture<Outcome<Received<SegmentChange>>> segmentChanges(
      String name, long since, Fetch how) {
    Request request =
        asked(segments.segment(name), how)
            .query("since", Long.toString(since))
            .maxBytes(settings.maxSegmentBytes);
    return metered(Resource.SEGMENTS, request, how, new SegmentReader(Sanitizing.NONE)::read);
  }

  private <T> CompletableFuture<Outcome<Received<T>>> metered(
      Resource resource, Request request, Fetch how, Http.BodyReader<T> reader) {
    boolean bypasses = how.till() != Fetch.NONE;
    Request whole = bypasses ? request.query("till", Long.toString(how.till())) : request;
    long started = System.nanoTime();
    Copy copy = settings.copies.get();
    return http.get(whole, body -> reader.read(copy.of(body)))
        .thenApply(outcome -> Received.of(metered(resource, started, outcome), copy));
  }

  @Override
  public CompletableFuture<Outcome<Token>> authenticate() {
    Request request =
        authorized(endpoints.auth(), List.of())
            .query("s", FlagSync.SPEC)
            .maxBytes(AUTH_BYTES)
            .total(AUTH_TOTAL);
    long started = System.nanoTime();
    return http.get(request, body -> Token.read(body.readAllBytes()))
        .thenApply(outcome -> metered(Resource.TOKEN, started, outcome));
  }

  @Override
  public EventStream stream(Token token, EventStream.Listener listener) {
    return http.stream(
        described(Request.to(endpoints.streaming()))
            .query("channels", String.join(",", token.channels()))
            .query("v", "1.1")
            .query("accessToken", token.text()),
        listener);
  }

  /** Posts a document; the outcome is the status alone. */
  CompletableFuture<Outcome<Integer>> post(
      Endpoint endpoint, byte[] document, Map<String, String> headers) {
    URI base = endpoint.resource == Resource.TELEMETRY ? endpoints.telemetry() : endpoints.events();
    Request request =
        authorized(base, List.of(endpoint.path.split("/"))).json(document).total(POST_TOTAL);
    for (Map.Entry<String, String> header : headers.entrySet()) {
      request = request.header(header.getKey(), header.getValue());
    }
    long started = System.nanoTime();
    return http.post(request)
        .thenApply(
            outcome -> {
              tell(endpoint.resource, started, outcome);
              return outcome;
            });
  }

  private static Request asked(Request request, Fetch how) {
    return how.fresh() ? request.header("Cache-Control", "no-cache") : request;
  }

  private Request authorized(URI base, List<String> path) {
    Request request = Request.to(base);
    for (String segment : path) {
      request = request.segment(segment);
    }
    return described(request).header("Authorization", "Bearer " + settings.sdkKey);
  }

  private Request described(Request request) {
    return request.sentBy(settings.headers);
  }

  /** A document is expected: other successes than 200 are none. */
  private <T> Outcome<T> metered(Resource resource, long started, Outcome<T> outcome) {
    tell(resource, started, outcome);
    return outcome instanceof Outcome.Success<T> success && success.status() != 200
        ? new Outcome.Failure<>(new Trouble.Status(success.status(), null))
        : outcome;
  }

  private void tell(Resource resource, long started, Outcome<?> outcome) {
    int status = 0;
    if (outcome instanceof Outcome.Success<?> success) {
      status = success.status();
    } else if (outcome instanceof Outcome.Failure<?> failure
        && failure.trouble() instanceof Trouble.Status answered) {
      status = answered.status();
    }
    if (status != 0) {
      settings.telemetry.exchange(
          resource, status, System.nanoTime() - started, settings.clock.millis());
    }
  }
}
