package io.splitio.codec;

import io.splitio.api.DateUnit;
import io.splitio.codec.MatcherDraft.NumberRange;
import io.splitio.flag.DateMatcher;
import io.splitio.flag.Matcher;
import io.splitio.flag.NumberMatcher;
import io.splitio.flag.Relation;
import io.splitio.flag.Semver;
import io.splitio.flag.SemverMatcher;
import io.splitio.flag.SetMatcher;
import io.splitio.flag.StringMatcher;
import io.splitio.keys.TextSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The matcher types this SDK knows, and what each of them compiles to (evaluation specification 4).
 */
@SuppressWarnings("ImmutableEnumChecker") // its lambdas hold nothing
enum MatcherKind {
  ALL_KEYS((draft, unit) -> new Matcher.Anything()),
  IN_SEGMENT(draft -> new Relation.InSegment(draft.segmentName())),
  IN_RULE_BASED_SEGMENT(draft -> new Relation.InRuleBasedSegment(draft.segmentName())),
  IN_SPLIT_TREATMENT(
      draft ->
          new Relation.InTreatment(
              draft.required(draft.flag, "dependencyMatcherData.split"),
              draft.required(draft.treatments, "dependencyMatcherData.treatments"))),
  WHITELIST((draft, unit) -> new StringMatcher.OneOf(TextSet.of(draft.texts()))),
  STARTS_WITH((draft, unit) -> new StringMatcher.StartsWith(draft.whitelist())),
  ENDS_WITH((draft, unit) -> new StringMatcher.EndsWith(draft.whitelist())),
  CONTAINS_STRING((draft, unit) -> new StringMatcher.Contains(draft.whitelist())),
  MATCHES_STRING((draft, unit) -> StringMatcher.MatchesRegex.of(draft.string())),
  EQUAL_TO_SET((draft, unit) -> new SetMatcher.EqualTo(set(draft))),
  PART_OF_SET((draft, unit) -> new SetMatcher.PartOf(set(draft))),
  CONTAINS_ALL_OF_SET((draft, unit) -> new SetMatcher.ContainsAll(set(draft))),
  CONTAINS_ANY_OF_SET((draft, unit) -> new SetMatcher.ContainsAny(set(draft))),
  EQUAL_TO_BOOLEAN((draft, unit) -> new Matcher.IsBoolean(draft.expectedBoolean())),
  EQUAL_TO(
      (draft, unit) -> {
        NumberRange data = draft.unaryNumeric();
        return data.dates()
            ? new DateMatcher.SameDay(data.start(), unit)
            : new NumberMatcher.EqualTo(data.start());
      }),
  GREATER_THAN_OR_EQUAL_TO(
      (draft, unit) -> {
        NumberRange data = draft.unaryNumeric();
        return data.dates()
            ? new DateMatcher.AtLeast(data.start(), unit)
            : new NumberMatcher.AtLeast(data.start());
      }),
  LESS_THAN_OR_EQUAL_TO(
      (draft, unit) -> {
        NumberRange data = draft.unaryNumeric();
        return data.dates()
            ? new DateMatcher.AtMost(data.start(), unit)
            : new NumberMatcher.AtMost(data.start());
      }),
  BETWEEN(
      (draft, unit) -> {
        NumberRange data = draft.betweenNumbers();
        return data.dates()
            ? new DateMatcher.Between(data.start(), data.end(), unit)
            : new NumberMatcher.Between(data.start(), data.end());
      }),
  EQUAL_TO_SEMVER((draft, unit) -> new SemverMatcher.EqualTo(Semver.parse(draft.string()))),
  GREATER_THAN_OR_EQUAL_TO_SEMVER(
      (draft, unit) -> new SemverMatcher.AtLeast(Semver.parse(draft.string()))),
  LESS_THAN_OR_EQUAL_TO_SEMVER(
      (draft, unit) -> new SemverMatcher.AtMost(Semver.parse(draft.string()))),
  BETWEEN_SEMVER(
      (draft, unit) ->
          new SemverMatcher.Between(
              Semver.parse(draft.required(draft.first, "betweenStringMatcherData.start")),
              Semver.parse(draft.required(draft.last, "betweenStringMatcherData.end")))),
  IN_LIST_SEMVER((draft, unit) -> new SemverMatcher.OneOf(versions(draft.whitelist())));

  private static final Map<String, MatcherKind> BY_NAME =
      Stream.of(values()).collect(Collectors.toUnmodifiableMap(Enum::name, Function.identity()));

  private final @Nullable Asking asking;
  private final @Nullable Testing testing;

  MatcherKind(Asking asking) {
    this.asking = asking;
    this.testing = null;
  }

  MatcherKind(Testing testing) {
    this.asking = null;
    this.testing = testing;
  }

  /** Makes a question about the key. */
  private interface Asking {
    Relation compile(MatcherDraft draft);
  }

  /** Makes a test of a value. */
  private interface Testing {
    Matcher compile(MatcherDraft draft, DateUnit unit);
  }

  /** The kind of that name, or null when it is not known. */
  static @Nullable MatcherKind of(String name) {
    return BY_NAME.get(name);
  }

  /** The question about the key, or null when it is about a value. */
  @Nullable Relation relation(MatcherDraft draft) {
    return asking == null ? null : asking.compile(draft);
  }

  /** The test of a value. */
  Matcher matcher(MatcherDraft draft, DateUnit unit) {
    return Objects.requireNonNull(testing).compile(draft, unit);
  }

  /** Nearly always no text comes twice, and then there is no need of another set to find out. */
  private static Set<String> set(MatcherDraft draft) {
    List<String> texts = draft.whitelist();
    try {
      return Set.of(texts.toArray(String[]::new));
    } catch (IllegalArgumentException duplicate) {
      return Set.copyOf(texts);
    }
  }

  private static List<Semver> versions(List<String> texts) {
    return texts.stream().map(Semver::parse).filter(Objects::nonNull).toList();
  }
}
