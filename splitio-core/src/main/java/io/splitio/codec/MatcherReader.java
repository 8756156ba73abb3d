package io.splitio.codec;

import io.splitio.codec.MatcherDraft.NumberRange;
import io.splitio.json.Json;
import io.splitio.keys.TextList;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads one matcher of a condition. */
final class MatcherReader {
  private final Json json;
  private final TextList.Builder texts = new TextList.Builder();

  MatcherReader(Json json) {
    this.json = json;
  }

  /** The matcher whose object was just entered. */
  MatcherDraft read() throws IOException {
    MatcherDraft draft = new MatcherDraft();
    for (String field = json.nextField(); field != null; field = json.nextField()) {
      read(field, draft);
    }
    return draft;
  }

  private void read(String field, MatcherDraft draft) throws IOException {
    switch (field) {
      case "matcherType" -> draft.type = json.sharedText(field);
      case "negate" -> draft.negate = Boolean.TRUE.equals(json.bool(field));
      case "keySelector" -> readSelector(draft);
      case "userDefinedSegmentMatcherData" -> readSegment(draft);
      case "whitelistMatcherData" -> readWhitelist(draft);
      case "unaryNumericMatcherData" -> draft.unary = readRange(field, draft.unary);
      case "betweenMatcherData" -> draft.between = readRange(field, draft.between);
      case "betweenStringMatcherData" -> readTextRange(draft);
      case "booleanMatcherData" -> draft.expected = json.bool(field);
      case "stringMatcherData" -> draft.text = json.text(field);
      case "dependencyMatcherData" -> readDependency(draft);
      default -> json.skip();
    }
  }

  private void readSelector(MatcherDraft draft) throws IOException {
    if (!json.beginObject("keySelector")) {
      return;
    }
    for (String field = json.nextField(); field != null; field = json.nextField()) {
      if (field.equals("attribute")) {
        draft.attribute = json.sharedText("keySelector.attribute");
      } else {
        json.skip();
      }
    }
  }

  private void readSegment(MatcherDraft draft) throws IOException {
    if (!json.beginObject("userDefinedSegmentMatcherData")) {
      return;
    }
    for (String field = json.nextField(); field != null; field = json.nextField()) {
      if (field.equals("segmentName")) {
        draft.segment = json.sharedText("segmentName");
      } else {
        json.skip();
      }
    }
  }

  private void readWhitelist(MatcherDraft draft) throws IOException {
    if (!json.beginObject("whitelistMatcherData")) {
      return;
    }
    for (String field = json.nextField(); field != null; field = json.nextField()) {
      if (field.equals("whitelist")) {
        boolean given = json.isArray();
        json.texts("whitelist", texts::add);
        TextList read = texts.build();
        draft.texts = given ? read : null;
      } else {
        json.skip();
      }
    }
  }

  private @Nullable NumberRange readRange(String name, @Nullable NumberRange before)
      throws IOException {
    if (!json.beginObject(name)) {
      return before;
    }
    boolean dates = false;
    long start = 0;
    long end = 0;
    for (String field = json.nextField(); field != null; field = json.nextField()) {
      switch (field) {
        case "dataType" -> dates = "DATETIME".equals(json.sharedText("dataType"));
        case "value", "start" -> start = orZero(json.number(name + "." + field));
        case "end" -> end = orZero(json.number(name + ".end"));
        default -> json.skip();
      }
    }
    return new NumberRange(dates, start, end);
  }

  private void readTextRange(MatcherDraft draft) throws IOException {
    if (!json.beginObject("betweenStringMatcherData")) {
      return;
    }
    for (String field = json.nextField(); field != null; field = json.nextField()) {
      switch (field) {
        case "start" -> draft.first = json.text("betweenStringMatcherData.start");
        case "end" -> draft.last = json.text("betweenStringMatcherData.end");
        default -> json.skip();
      }
    }
  }

  private void readDependency(MatcherDraft draft) throws IOException {
    if (!json.beginObject("dependencyMatcherData")) {
      return;
    }
    for (String field = json.nextField(); field != null; field = json.nextField()) {
      switch (field) {
        case "split" -> draft.flag = json.sharedText("dependencyMatcherData.split");
        case "treatments" -> draft.treatments = json.texts("dependencyMatcherData.treatments");
        default -> json.skip();
      }
    }
  }

  private static long orZero(@Nullable Long number) {
    return number == null ? 0 : number;
  }
}
