package io.splitio.codec;

import io.splitio.codec.ConditionDraft.Share;
import io.splitio.flag.Condition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the conditions of a definition. */
final class ConditionReader {
  private final Json json;
  private final MatcherReader matchers;

  ConditionReader(Json json) {
    this.json = json;
    this.matchers = new MatcherReader(json);
  }

  /** The conditions, or null when there is no array. */
  @Nullable List<ConditionDraft> readAll() throws IOException {
    if (!json.beginArray("conditions")) {
      return null;
    }
    List<ConditionDraft> conditions = new ArrayList<>();
    while (json.nextElement()) {
      if (json.isNull()) {
        json.note("a condition is null");
      } else if (json.beginObject("a condition")) {
        conditions.add(read());
      }
    }
    return conditions;
  }

  private ConditionDraft read() throws IOException {
    ConditionDraft draft = new ConditionDraft();
    for (String field = json.nextField(); field != null; field = json.nextField()) {
      switch (field) {
        case "conditionType" -> draft.type = type(json.sharedText(field));
        case "label" -> draft.label = json.sharedText(field);
        case "matcherGroup" -> readGroup(draft);
        case "partitions" -> readPartitions(draft);
        default -> json.skip();
      }
    }
    return draft;
  }

  private static Condition.Type type(@Nullable String name) {
    return "ROLLOUT".equals(name) ? Condition.Type.ROLLOUT : Condition.Type.WHITELIST;
  }

  private void readGroup(ConditionDraft draft) throws IOException {
    if (!json.beginObject("matcherGroup")) {
      return;
    }
    for (String field = json.nextField(); field != null; field = json.nextField()) {
      switch (field) {
        case "combiner" -> draft.combiner = json.sharedText(field);
        case "matchers" -> draft.matchers = readMatchers();
        default -> json.skip();
      }
    }
  }

  private @Nullable List<MatcherDraft> readMatchers() throws IOException {
    if (!json.beginArray("matchers")) {
      return null;
    }
    List<MatcherDraft> drafts = new ArrayList<>(2);
    while (json.nextElement()) {
      if (json.isNull()) {
        json.note("a matcher is null");
      } else if (json.beginObject("a matcher")) {
        drafts.add(matchers.read());
      }
    }
    return drafts;
  }

  private void readPartitions(ConditionDraft draft) throws IOException {
    draft.shares.clear();
    if (!json.beginArray("partitions")) {
      return;
    }
    while (json.nextElement()) {
      if (json.isNull()) {
        json.note("a partition is null");
      } else if (json.beginObject("a partition")) {
        draft.shares.add(readPartition());
      }
    }
  }

  private Share readPartition() throws IOException {
    String treatment = null;
    Integer size = null;
    for (String field = json.nextField(); field != null; field = json.nextField()) {
      switch (field) {
        case "treatment" -> treatment = json.sharedText("partitions.treatment");
        case "size" -> size = json.smallNumber("partitions.size");
        default -> json.skip();
      }
    }
    return new Share(treatment, size == null ? 0 : size);
  }
}
