package io.splitio.codec;

import io.splitio.api.DateUnit;
import io.splitio.flag.Criterion;
import io.splitio.flag.Matcher;
import io.splitio.flag.Relation;
import io.splitio.keys.TextList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A matcher as it was delivered, before it is compiled. */
final class MatcherDraft {
  static final String ALL_KEYS = "ALL_KEYS";
  private static final Matcher ANYTHING = new Matcher.Anything();
  private static final Criterion EVERY_KEY = new Criterion.OfKey(ANYTHING, false);

  @Nullable String type;
  boolean negate;
  @Nullable String attribute;
  @Nullable String segment;
  @Nullable TextList texts;
  @Nullable NumberRange unary;
  @Nullable NumberRange between;
  @Nullable String first;
  @Nullable String last;
  @Nullable Boolean expected;
  @Nullable String text;
  @Nullable String flag;
  @Nullable List<String> treatments;

  /** The numbers of a rule; an absent one is 0. */
  record NumberRange(boolean dates, long start, long end) {}

  /** A matcher that every key satisfies. */
  static MatcherDraft allKeys() {
    MatcherDraft draft = new MatcherDraft();
    draft.type = ALL_KEYS;
    return draft;
  }

  /** Whether this SDK knows the type. */
  boolean isSupported() {
    return type != null && (MatcherKind.of(type) != null);
  }

  /**
   * The compiled test.
   *
   * @throws IllegalArgumentException when data is missing or not valid
   */
  Criterion compile(DateUnit dateUnit) {
    MatcherKind kind = MatcherKind.of(required(type, "matcherType"));
    if (kind == null) {
      throw new IllegalArgumentException("matcherType " + type + " is not supported");
    }
    Relation relation = kind.relation(this);
    if (relation != null) {
      return new Criterion.OfRelation(relation, negate);
    }
    Matcher matcher = kind == MatcherKind.ALL_KEYS ? ANYTHING : kind.matcher(this, dateUnit);
    if (attribute != null) {
      return new Criterion.OfAttribute(attribute, matcher, negate);
    }
    return matcher == ANYTHING && !negate ? EVERY_KEY : new Criterion.OfKey(matcher, negate);
  }

  TextList texts() {
    return required(texts, "whitelistMatcherData.whitelist");
  }

  List<String> whitelist() {
    return texts().strings();
  }

  NumberRange unaryNumeric() {
    return required(unary, "unaryNumericMatcherData");
  }

  NumberRange betweenNumbers() {
    return required(between, "betweenMatcherData");
  }

  String string() {
    return required(text, "stringMatcherData");
  }

  boolean expectedBoolean() {
    return required(expected, "booleanMatcherData");
  }

  String segmentName() {
    return required(segment, "userDefinedSegmentMatcherData.segmentName");
  }

  <T> T required(@Nullable T value, String field) {
    if (value == null) {
      throw new IllegalArgumentException(
          "a matcher of type " + type + " has no " + field + ", which it needs");
    }
    return value;
  }
}
