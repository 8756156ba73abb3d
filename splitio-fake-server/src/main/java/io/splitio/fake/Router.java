package io.splitio.fake;

import io.splitio.fake.http.Handler;
import io.splitio.fake.http.Reply;
import io.splitio.fake.http.Request;
import io.splitio.fake.json.Json;
import io.splitio.fake.stream.Streaming;
import java.util.function.Function;

/** Leads each request to what answers it, once its key has been looked at. */
final class Router implements Handler {
  private final Behaviour behaviour;
  private final SplitChanges splitChanges;
  private final SegmentChanges segmentChanges;
  private final Streaming streaming;
  private final Received received;
  private final ReplyCache cache = new ReplyCache();

  Router(
      Behaviour behaviour,
      SplitChanges splitChanges,
      SegmentChanges segmentChanges,
      Streaming streaming,
      Received received) {
    this.behaviour = behaviour;
    this.splitChanges = splitChanges;
    this.segmentChanges = segmentChanges;
    this.streaming = streaming;
    this.received = received;
  }

  @Override
  public Reply handle(Request request) {
    try {
      return Endpoint.of(request)
          .map(endpoint -> handle(endpoint, request))
          .orElseGet(() -> problem(404, "there is nothing at " + request.path()));
    } catch (IllegalArgumentException e) {
      return problem(400, "the request cannot be read: " + e.getMessage());
    }
  }

  private Reply handle(Endpoint endpoint, Request request) {
    if (endpoint == Endpoint.STREAM) {
      return streaming.open(request);
    }
    if (!behaviour.accepts(request.header("Authorization").orElse(""))) {
      return problem(401, "the SDK key is missing or wrong");
    }
    return switch (endpoint) {
      case SPLIT_CHANGES -> read(request, splitChanges.version(request), splitChanges::answer);
      case SEGMENT_CHANGES ->
          read(request, segmentChanges.version(request), segmentChanges::answer);
      case AUTH -> Reply.json(200, streaming.authentication().answer());
      case VERSION -> Reply.json(200, "{\"version\":\"fake\"}");
      default -> receive(endpoint, request);
    };
  }

  private Reply read(Request request, String version, Function<Request, Reply> answer) {
    boolean gzip = behaviour.compresses() && acceptsGzip(request);
    String key = String.join(" ", request.target(), version, behaviour.version(), gzip + "");
    return cache.get(
        key,
        () -> {
          Reply reply = answer.apply(request);
          return gzip ? reply.gzipped() : reply;
        });
  }

  private static boolean acceptsGzip(Request request) {
    return request.header("Accept-Encoding").orElse("").contains("gzip");
  }

  private Reply receive(Endpoint endpoint, Request request) {
    received.of(endpoint).ifPresent(inbox -> inbox.add(request));
    return Reply.empty(endpoint == Endpoint.EVENTS ? 202 : 200);
  }

  private static Reply problem(int status, String message) {
    return Reply.json(status, "{\"code\":" + status + ",\"message\":" + Json.write(message) + "}");
  }
}
