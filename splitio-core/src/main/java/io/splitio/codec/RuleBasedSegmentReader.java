package io.splitio.codec;

import io.splitio.flag.Relation;
import io.splitio.json.Json;
import io.splitio.log.LogSafe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one rule-based segment (evaluation specification 1.7). */
final class RuleBasedSegmentReader {
  private final Json json;
  private final ConditionReader conditions;

  RuleBasedSegmentReader(Json json) {
    this.json = json;
    this.conditions = new ConditionReader(json);
  }

  /** The segment whose object was just entered. */
  RuleBasedSegmentDraft read() throws IOException {
    RuleBasedSegmentDraft draft = new RuleBasedSegmentDraft();
    for (String field = json.nextField(); field != null; field = json.nextField()) {
      if (!draft.identity.read(field, json)) {
        read(field, draft);
      }
    }
    return draft;
  }

  private void read(String field, RuleBasedSegmentDraft draft) throws IOException {
    switch (field) {
      case "excluded" -> readExcluded(draft);
      case "conditions" -> draft.conditions = conditions.readAll();
      default -> json.skip();
    }
  }

  private void readExcluded(RuleBasedSegmentDraft draft) throws IOException {
    if (!json.beginObject("excluded")) {
      return;
    }
    for (String field = json.nextField(); field != null; field = json.nextField()) {
      switch (field) {
        case "keys" -> {
          List<String> keys = json.texts("excluded.keys");
          draft.excludedKeys = keys == null ? Set.of() : Set.copyOf(keys);
        }
        case "segments" -> draft.excluded = readSegments(draft);
        default -> json.skip();
      }
    }
  }

  private List<Relation> readSegments(RuleBasedSegmentDraft draft) throws IOException {
    List<Relation> segments = new ArrayList<>();
    if (!json.beginArray("excluded.segments")) {
      return segments;
    }
    while (json.nextElement()) {
      Relation segment = json.beginObject("an excluded segment") ? readSegment(draft) : null;
      if (segment != null) {
        segments.add(segment);
      }
    }
    return segments;
  }

  /** A kind of segment that is not known excludes nobody, which is told. */
  private @Nullable Relation readSegment(RuleBasedSegmentDraft draft) throws IOException {
    String name = null;
    String type = null;
    for (String field = json.nextField(); field != null; field = json.nextField()) {
      switch (field) {
        case "name" -> name = json.sharedText("excluded.segments.name");
        case "type" -> type = json.sharedText("excluded.segments.type");
        default -> json.skip();
      }
    }
    if (name == null || type == null) {
      return null;
    }
    return switch (type) {
      case "standard" -> new Relation.InSegment(name);
      case "rule-based" -> new Relation.InRuleBasedSegment(name);
      default -> {
        draft.ignored =
            "an excluded segment of type " + LogSafe.quote(type) + " (it excludes nobody)";
        yield null;
      }
    };
  }
}
