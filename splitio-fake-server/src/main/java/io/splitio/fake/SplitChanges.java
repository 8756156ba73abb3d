package io.splitio.fake;

import io.splitio.fake.data.Definition;
import io.splitio.fake.data.Flags;
import io.splitio.fake.data.Page;
import io.splitio.fake.data.RuleBasedSegments;
import io.splitio.fake.http.Reply;
import io.splitio.fake.http.Request;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Answers {@code GET /splitChanges} in both layouts. */
final class SplitChanges {
  private static final String CURRENT = "1.3";

  private final Flags flags;
  private final RuleBasedSegments ruleBasedSegments;
  private final Behaviour behaviour;

  SplitChanges(Flags flags, RuleBasedSegments ruleBasedSegments, Behaviour behaviour) {
    this.flags = flags;
    this.ruleBasedSegments = ruleBasedSegments;
    this.behaviour = behaviour;
  }

  /** The answer, and what it depends on besides the request line. */
  String version(Request request) {
    return flagsFor(request).till() + "/" + segmentsFor(request).till();
  }

  Reply answer(Request request) {
    String spec = request.query("s").orElse("1.0");
    if (!accepts(spec)) {
      return Reply.json(
          400, "{\"code\":400,\"message\":\"specification " + spec + " is not supported\"}");
    }
    return Reply.json(200, spec.equals(CURRENT) ? current(request) : legacy(request, spec));
  }

  private boolean accepts(String spec) {
    return OldSpec.knows(spec) || (spec.equals(CURRENT) && !behaviour.oldProxy());
  }

  private String current(Request request) {
    long since = number(request, "since");
    long rbSince = number(request, "rbSince");
    Page changed = flagsFor(request).since(since, sets(request), behaviour.pageSize());
    Page segments = segmentsFor(request).since(rbSince, Set.of(), behaviour.pageSize());
    return "{\"ff\":" + block(since, changed) + ",\"rbs\":" + block(rbSince, segments) + "}";
  }

  private static String block(long since, Page page) {
    return "{\"s\":" + since + ",\"t\":" + page.till() + ",\"d\":" + array(page) + "}";
  }

  private String legacy(Request request, String spec) {
    long since = number(request, "since");
    Page changed = flagsFor(request).since(since, sets(request), behaviour.pageSize());
    List<Definition> known = changed.definitions();
    String all =
        known.stream()
            .map(flag -> OldSpec.translate(flag.json(), spec))
            .collect(Collectors.joining(",", "[", "]"));
    return "{\"since\":" + since + ",\"till\":" + changed.till() + ",\"splits\":" + all + "}";
  }

  private static String array(Page page) {
    return page.definitions().stream()
        .map(Definition::json)
        .collect(Collectors.joining(",", "[", "]"));
  }

  private Page flagsFor(Request request) {
    return bypasses(request) ? flags.everything() : flags.cached();
  }

  private Page segmentsFor(Request request) {
    return bypasses(request) ? ruleBasedSegments.everything() : ruleBasedSegments.cached();
  }

  private static boolean bypasses(Request request) {
    return request.query("till").isPresent();
  }

  private static Set<String> sets(Request request) {
    String names = request.query("sets").orElse("");
    return names.isEmpty() ? Set.of() : Set.copyOf(List.of(names.split(",")));
  }

  static long number(Request request, String name) {
    return request.query(name).map(Long::parseLong).orElse(-1L);
  }
}
