package io.splitio.codec;

import static io.splitio.codec.Documents.flag;
import static io.splitio.codec.Documents.flagSection;
import static io.splitio.codec.Documents.matchers;
import static io.splitio.codec.Documents.rejection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.splitio.api.Evaluation;
import io.splitio.flag.Condition;
import io.splitio.flag.Criterion;
import io.splitio.flag.FeatureFlag;
import io.splitio.flag.Matcher;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Evaluation specification 1.3, 1.4 and 1.6. */
class ConditionDocumentTest {
  private static final String ALL_KEYS = "{'matcherType':'ALL_KEYS'}";
  private static final Criterion EVERYBODY = new Criterion.OfKey(new Matcher.Anything(), false);

  private static Condition condition(String fields) {
    return flag("'changeNumber':9,'configurations':{'on':'c'},'conditions':[{" + fields + "}]")
        .conditions()
        .get(0);
  }

  private static String group(String combiner, String matchers) {
    return "'matcherGroup':{'combiner':" + combiner + ",'matchers':" + matchers + "}";
  }

  @Test
  void aConditionHasItsTypeLabelMatchersAndShares() {
    Condition condition =
        condition(
            "'conditionType':'ROLLOUT','label':'in group premium',"
                + group("'AND'", "[" + ALL_KEYS + "," + ALL_KEYS + "]")
                + ",'partitions':[{'treatment':'on','size':40},{'treatment':'off','size':60}]");

    assertThat(condition.type()).isEqualTo(Condition.Type.ROLLOUT);
    assertThat(condition.label()).isEqualTo("in group premium");
    assertThat(condition.criteria()).containsExactly(EVERYBODY, EVERYBODY);
    assertThat(condition.rollout().outcomes())
        .extracting(Evaluation::treatment, Evaluation::config, Evaluation::changeNumber)
        .containsExactly(tuple("on", "c", 9L), tuple("off", null, 9L));
  }

  @ParameterizedTest
  @CsvSource({"'ROLLOUT',ROLLOUT", "'WHITELIST',WHITELIST", "'NEW',WHITELIST", "null,WHITELIST"})
  void everyTypeButRolloutIsAWhitelist(String type, Condition.Type expected) {
    String json = type.equals("null") ? "null" : "'" + type + "'";

    assertThat(
            condition("'conditionType':" + json + "," + group("'AND'", "[" + ALL_KEYS + "]"))
                .type())
        .isEqualTo(expected);
  }

  @Test
  void aLabelMayBeAbsent() {
    Condition condition =
        condition(
            group("'AND'", "[" + ALL_KEYS + "]") + ",'partitions':[{'treatment':'on','size':100}]");

    assertThat(condition.label()).isNull();
    assertThat(condition.rollout().pick("k", Map.of()).label()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"'OR'", "null", "'and'"})
  void aCombinerOtherThanAndCannotBeAnswered(String combiner) {
    List<Criterion> criteria = condition(group(combiner, "[" + ALL_KEYS + "]")).criteria();

    assertThat(criteria).hasSize(1);
    assertThat(criteria.get(0)).isInstanceOf(Criterion.Unanswerable.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[]"})
  void withoutPartitionsEverybodyGetsControl(String partitions) {
    Condition condition =
        condition(
            "'label':'l'," + group("'AND'", "[" + ALL_KEYS + "]") + ",'partitions':" + partitions);

    assertThat(condition.rollout().pick("k", Map.of()).treatment()).isEqualTo("control");
    assertThat(condition.rollout().pick("k", Map.of()).label()).isEqualTo("l");
  }

  @Test
  void sizesAreNotJudged() {
    Condition condition =
        condition(
            group("'AND'", "[" + ALL_KEYS + "]")
                + ",'partitions':[{'treatment':'a'},{'treatment':'b','size':-5},"
                + "{'treatment':'c','size':300}]");

    assertThat(condition.rollout().pick("k", Map.of()).treatment()).isEqualTo("c");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'treatment':'on','size':1.5}|partitions.size is 1.5; it must be a whole number",
        "{'size':100}|a partition has no treatment",
        "null|a partition is null",
        "7|a partition is a number; it must be an object"
      },
      quoteCharacter = '`')
  void aPartitionThatIsNotValidRejectsTheFlag(String partition, String reason) {
    assertThat(
            rejection(
                "'conditions':[{"
                    + group("'AND'", "[" + ALL_KEYS + "]")
                    + ",'partitions':["
                    + partition
                    + "]}]"))
        .isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{'matcherGroup':null}", "{'matcherGroup':{'combiner':'AND'}}"})
  void aConditionWithoutMatchersAtAllRejectsTheFlag(String condition) {
    assertThat(rejection("'conditions':[" + condition + "]"))
        .isEqualTo("a condition has no matcherGroup.matchers");
  }

  @Test
  void aConditionOrMatcherThatIsNullRejectsTheFlag() {
    assertThat(rejection("'conditions':[null]")).isEqualTo("a condition is null");
    assertThat(rejection(matchers("null"))).isEqualTo("a matcher is null");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'matcherType':'NEW_ONE'},{'matcherType':'ALL_KEYS'}",
        "{'matcherType':'ALL_KEYS'},{'matcherType':'NEW_ONE'}",
        "{'matcherType':'IN_LARGE_SEGMENT','userDefinedLargeSegmentMatcherData':{'largeSegmentName':'l'}}",
        "{'matcherType':null}",
        "{}",
        "",
        "{'matcherType':'NEW_ONE'},{'matcherType':'WHITELIST'}"
      })
  void aMatcherThatIsNotKnownReplacesAllConditions(String matchers) {
    String good = matchers(ALL_KEYS);
    String bad = matchers(matchers);
    String both = good.substring(0, good.length() - 1) + "," + bad.substring(bad.indexOf('[') + 1);
    Changes.Section<FeatureFlag> section =
        flagSection("'changeNumber':4,'configurations':{'control':'c'}," + both);
    Condition only = section.active().get(0).conditions().get(0);

    assertThat(section.active().get(0).conditions()).hasSize(1);
    assertThat(only.type()).isEqualTo(Condition.Type.ROLLOUT);
    assertThat(only.criteria()).containsExactly(EVERYBODY);
    assertThat(only.rollout().pick("k", Map.of()).treatment()).isEqualTo("control");
    assertThat(only.rollout().pick("k", Map.of()).config()).isEqualTo("c");
    assertThat(only.rollout().pick("k", Map.of()).label())
        .isEqualTo("targeting rule type unsupported by sdk");
    assertThat(section.unsupported()).extracting(Changes.Trouble::name).containsExactly("f");
  }

  @Test
  void theRestOfAFlagWithAnUnknownMatcherIsKept() {
    FeatureFlag flag =
        flag(
            "'killed':true,'trafficAllocation':10,'prerequisites':[{'n':'b','ts':[]}],"
                + matchers("{'matcherType':'NEW_ONE'}"));

    assertThat(flag.killed()).isTrue();
    assertThat(flag.allocation().percent()).isEqualTo(10);
    assertThat(flag.prerequisites()).hasSize(1);
    assertThat(flag.defaultTreatment()).isEqualTo("off");
  }
}
