package io.splitio.codec;

import static io.splitio.codec.Documents.criterion;
import static io.splitio.codec.Documents.matchers;
import static io.splitio.codec.Documents.quoted;
import static io.splitio.codec.Documents.rejection;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.DateUnit;
import io.splitio.flag.Criterion;
import io.splitio.flag.DateMatcher;
import io.splitio.flag.Matcher;
import io.splitio.flag.NumberMatcher;
import io.splitio.flag.Relation;
import io.splitio.flag.Semver;
import io.splitio.flag.SemverMatcher;
import io.splitio.flag.SetMatcher;
import io.splitio.flag.StringMatcher;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every matcher of evaluation specification 1.5 and appendix B. */
class MatcherDocumentTest {
  private static final String LIST = "'whitelistMatcherData':{'whitelist':['a','b']}";
  private static final Set<String> SET = Set.of("a", "b");

  private static String unary(String type) {
    return "'unaryNumericMatcherData':{'dataType':" + type + ",'value':60000}";
  }

  private static String between(String type) {
    return "'betweenMatcherData':{'dataType':" + type + ",'start':60000,'end':180000}";
  }

  static Stream<Arguments> values() {
    DateUnit ms = DateUnit.MILLISECONDS;
    Semver one = Semver.parse("1.0.0");
    Semver two = Semver.parse("2.0.0");
    String version = "'stringMatcherData':'1.0.0'";
    List<Map.Entry<String, Matcher>> rows =
        List.of(
            entry("'matcherType':'ALL_KEYS'", new Matcher.Anything()),
            entry("'matcherType':'WHITELIST'," + LIST, new StringMatcher.OneOf(SET)),
            entry("'matcherType':'STARTS_WITH'," + LIST, new StringMatcher.StartsWith(list())),
            entry("'matcherType':'ENDS_WITH'," + LIST, new StringMatcher.EndsWith(list())),
            entry("'matcherType':'CONTAINS_STRING'," + LIST, new StringMatcher.Contains(list())),
            entry(
                "'matcherType':'MATCHES_STRING','stringMatcherData':'^a+$'",
                StringMatcher.MatchesRegex.of("^a+$")),
            entry("'matcherType':'EQUAL_TO_SET'," + LIST, new SetMatcher.EqualTo(SET)),
            entry("'matcherType':'PART_OF_SET'," + LIST, new SetMatcher.PartOf(SET)),
            entry("'matcherType':'CONTAINS_ALL_OF_SET'," + LIST, new SetMatcher.ContainsAll(SET)),
            entry("'matcherType':'CONTAINS_ANY_OF_SET'," + LIST, new SetMatcher.ContainsAny(SET)),
            entry(
                "'matcherType':'EQUAL_TO_BOOLEAN','booleanMatcherData':false",
                new Matcher.IsBoolean(false)),
            entry(
                "'matcherType':'EQUAL_TO'," + unary("'NUMBER'"), new NumberMatcher.EqualTo(60000)),
            entry("'matcherType':'EQUAL_TO'," + unary("null"), new NumberMatcher.EqualTo(60000)),
            entry(
                "'matcherType':'EQUAL_TO'," + unary("'STRING'"), new NumberMatcher.EqualTo(60000)),
            entry(
                "'matcherType':'EQUAL_TO'," + unary("'DATETIME'"),
                new DateMatcher.SameDay(60000, ms)),
            entry(
                "'matcherType':'GREATER_THAN_OR_EQUAL_TO'," + unary("'NUMBER'"),
                new NumberMatcher.AtLeast(60000)),
            entry(
                "'matcherType':'GREATER_THAN_OR_EQUAL_TO'," + unary("'DATETIME'"),
                new DateMatcher.AtLeast(60000, ms)),
            entry(
                "'matcherType':'LESS_THAN_OR_EQUAL_TO'," + unary("'NUMBER'"),
                new NumberMatcher.AtMost(60000)),
            entry(
                "'matcherType':'LESS_THAN_OR_EQUAL_TO'," + unary("'DATETIME'"),
                new DateMatcher.AtMost(60000, ms)),
            entry(
                "'matcherType':'BETWEEN'," + between("'NUMBER'"),
                new NumberMatcher.Between(60000, 180000)),
            entry(
                "'matcherType':'BETWEEN'," + between("'DATETIME'"),
                new DateMatcher.Between(60000, 180000, ms)),
            entry(
                "'matcherType':'EQUAL_TO','unaryNumericMatcherData':{}",
                new NumberMatcher.EqualTo(0)),
            entry("'matcherType':'EQUAL_TO_SEMVER'," + version, new SemverMatcher.EqualTo(one)),
            entry(
                "'matcherType':'GREATER_THAN_OR_EQUAL_TO_SEMVER'," + version,
                new SemverMatcher.AtLeast(one)),
            entry(
                "'matcherType':'LESS_THAN_OR_EQUAL_TO_SEMVER'," + version,
                new SemverMatcher.AtMost(one)),
            entry(
                "'matcherType':'BETWEEN_SEMVER','betweenStringMatcherData':"
                    + "{'start':'1.0.0','end':'2.0.0'}",
                new SemverMatcher.Between(one, two)),
            entry(
                "'matcherType':'IN_LIST_SEMVER','whitelistMatcherData':"
                    + "{'whitelist':['1.0.0','nonsense']}",
                new SemverMatcher.OneOf(Stream.of(one).toList())),
            entry(
                "'matcherType':'EQUAL_TO_SEMVER','stringMatcherData':'v1'",
                new SemverMatcher.EqualTo(null)));
    return rows.stream().map(row -> Arguments.of(row.getKey(), row.getValue()));
  }

  private static List<String> list() {
    return List.of("a", "b");
  }

  @ParameterizedTest
  @MethodSource("values")
  void aTestOfAValueLooksAtTheKey(String fields, Matcher matcher) {
    assertThat(criterion(fields)).isEqualTo(new Criterion.OfKey(matcher, false));
  }

  @ParameterizedTest
  @MethodSource("values")
  void aTestOfAValueLooksAtAnAttributeWhenOneIsNamed(String fields, Matcher matcher) {
    assertThat(criterion("'negate':true,'keySelector':{'attribute':'x'}," + fields))
        .isEqualTo(new Criterion.OfAttribute("x", matcher, true));
  }

  static Stream<Arguments> relations() {
    String segment = "'userDefinedSegmentMatcherData':{'segmentName':'staff'}";
    return Stream.of(
        Arguments.of("'matcherType':'IN_SEGMENT'," + segment, new Relation.InSegment("staff")),
        Arguments.of(
            "'matcherType':'IN_RULE_BASED_SEGMENT'," + segment,
            new Relation.InRuleBasedSegment("staff")),
        Arguments.of(
            "'matcherType':'IN_SPLIT_TREATMENT','dependencyMatcherData':"
                + "{'split':'base','treatments':['on','v2']}",
            new Relation.InTreatment("base", List.of("on", "v2"))));
  }

  @ParameterizedTest
  @MethodSource("relations")
  void aQuestionAboutTheKeyIgnoresAnAttribute(String fields, Relation relation) {
    assertThat(criterion(fields)).isEqualTo(new Criterion.OfRelation(relation, false));
    assertThat(criterion("'negate':true,'keySelector':{'attribute':'x'}," + fields))
        .isEqualTo(new Criterion.OfRelation(relation, true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{}", "{'trafficType':'user'}", "{'attribute':null}"})
  void withoutAnAttributeTheKeyIsLookedAt(String selector) {
    assertThat(criterion("'matcherType':'ALL_KEYS','keySelector':" + selector))
        .isEqualTo(new Criterion.OfKey(new Matcher.Anything(), false));
  }

  @Test
  void anEmptyAttributeNameIsAName() {
    assertThat(criterion("'matcherType':'ALL_KEYS','keySelector':{'attribute':''}"))
        .isEqualTo(new Criterion.OfAttribute("", new Matcher.Anything(), false));
  }

  @Test
  void negationIsOffUnlessSaid() {
    assertThat(criterion("'matcherType':'ALL_KEYS','negate':null").negated()).isFalse();
    assertThat(criterion("'matcherType':'ALL_KEYS','negate':true").negated()).isTrue();
  }

  @Test
  void theUnitOfPlainNumbersReachesDateRules() throws IOException {
    ChangesReader reader = new ChangesReader(DateUnit.SECONDS, Sanitizing.NONE);
    String fields = "'matcherType':'EQUAL_TO'," + unary("'DATETIME'");
    Changes changes =
        reader.read(
            quoted(
                "{'ff':{'d':[" + Documents.flagJson(matchers("{" + fields + "}")) + "],'t':1}}"));

    assertThat(changes.flags().active().get(0).conditions().get(0).criteria())
        .containsExactly(
            new Criterion.OfKey(new DateMatcher.SameDay(60000, DateUnit.SECONDS), false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'matcherType':'WHITELIST'",
        "'matcherType':'WHITELIST','whitelistMatcherData':null",
        "'matcherType':'WHITELIST','whitelistMatcherData':{'whitelist':null}",
        "'matcherType':'EQUAL_TO_SET','whitelistMatcherData':{}",
        "'matcherType':'IN_SEGMENT'",
        "'matcherType':'IN_SEGMENT','userDefinedSegmentMatcherData':{}",
        "'matcherType':'IN_RULE_BASED_SEGMENT','userDefinedSegmentMatcherData':null",
        "'matcherType':'EQUAL_TO'",
        "'matcherType':'EQUAL_TO','unaryNumericMatcherData':null",
        "'matcherType':'BETWEEN','unaryNumericMatcherData':{'value':1}",
        "'matcherType':'BETWEEN_SEMVER'",
        "'matcherType':'BETWEEN_SEMVER','betweenStringMatcherData':{'start':'1.0.0'}",
        "'matcherType':'EQUAL_TO_BOOLEAN'",
        "'matcherType':'MATCHES_STRING'",
        "'matcherType':'EQUAL_TO_SEMVER','stringMatcherData':null",
        "'matcherType':'IN_SPLIT_TREATMENT'",
        "'matcherType':'IN_SPLIT_TREATMENT','dependencyMatcherData':{'treatments':[]}",
        "'matcherType':'IN_SPLIT_TREATMENT','dependencyMatcherData':{'split':'x'}",
        "'matcherType':'IN_LIST_SEMVER'"
      })
  void missingDataRejectsTheFlagAndSaysWhatIsMissing(String fields) {
    assertThat(rejection(matchers("{" + fields + "}")))
        .startsWith("a matcher of type ")
        .contains(" has no ")
        .endsWith(", which it needs");
  }

  @Test
  void anInvalidRegularExpressionRejectsTheFlag() {
    assertThat(rejection(matchers("{'matcherType':'MATCHES_STRING','stringMatcherData':'a('}")))
        .contains("a(");
  }

  @Test
  void nullsInAListCountForNothing() {
    assertThat(
            criterion(
                "'matcherType':'WHITELIST','whitelistMatcherData':{'whitelist':['a',null,7]}"))
        .isEqualTo(new Criterion.OfKey(new StringMatcher.OneOf(Set.of("a", "7")), false));
  }
}
