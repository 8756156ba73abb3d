package io.splitio.fake;

import io.splitio.fake.data.Segment;
import io.splitio.fake.data.Segments;
import io.splitio.fake.http.Reply;
import io.splitio.fake.http.Request;
import io.splitio.fake.json.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Answers {@code GET /segmentChanges/{name}}. */
final class SegmentChanges {
  private static final String PREFIX = "/segmentChanges/";

  private final Segments segments;
  private final Behaviour behaviour;

  SegmentChanges(Segments segments, Behaviour behaviour) {
    this.segments = segments;
    this.behaviour = behaviour;
  }

  /** What the answer depends on besides the request line. */
  String version(Request request) {
    return segments
        .find(name(request), origin(request))
        .map(segment -> version(segment, request))
        .orElse("none");
  }

  private static String version(Segment segment, Request request) {
    return Long.toString(segment.changeNumber(origin(request)));
  }

  Reply answer(Request request) {
    String name = name(request);
    return segments
        .find(name, origin(request))
        .map(segment -> Reply.json(200, json(name, page(segment, request))))
        .orElseGet(() -> Reply.json(404, "{\"code\":404,\"message\":\"segment does not exist\"}"));
  }

  private Segment.Changes page(Segment segment, Request request) {
    long since = SplitChanges.number(request, "since");
    return segment.since(since, behaviour.segmentPageSize(), origin(request));
  }

  private static boolean origin(Request request) {
    return request.query("till").isPresent();
  }

  private static String json(String name, Segment.Changes changes) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", name);
    json.put("added", changes.added());
    json.put("removed", changes.removed());
    json.put("since", changes.since());
    json.put("till", changes.till());
    return Json.write(json);
  }

  private static String name(Request request) {
    String path = request.path();
    String name = path.substring(path.indexOf(PREFIX) + PREFIX.length());
    return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
