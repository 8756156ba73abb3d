package io.splitio.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.splitio.api.Evaluation;
import io.splitio.flag.Condition;
import io.splitio.flag.FeatureFlag;
import io.splitio.flag.Hashing;
import io.splitio.flag.Rollout;
import io.splitio.flag.RuleBasedSegment;
import java.io.UncheckedIOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row of the tables of evaluation specification 12.4. */
class SanitizingTest {
  private static final String FOR_ALL =
      "{'conditionType':'ROLLOUT','label':'mine','matcherGroup':{'combiner':'AND','matchers':"
          + "[{'matcherType':'ALL_KEYS'}]},'partitions':[{'treatment':'on','size':100}]}";

  private static Changes read(String document) {
    return Documents.read(document, Sanitizing.LOCALHOST);
  }

  private static Changes.Section<FeatureFlag> section(String flag) {
    return read("{'ff':{'d':[" + flag + "],'s':-1,'t':-1},'rbs':{'d':[],'s':-1,'t':-1}}").flags();
  }

  private static FeatureFlag flag(String fields) {
    return section("{'name':'f'" + (fields.isEmpty() ? "" : "," + fields) + "}").active().get(0);
  }

  private static RuleBasedSegment segment(String fields) {
    String segment = "{'name':'r'" + (fields.isEmpty() ? "" : "," + fields) + "}";
    return read("{'rbs':{'d':[" + segment + "]}}").ruleBasedSegments().active().get(0);
  }

  @ParameterizedTest
  @CsvSource({"5,5", "-1,-1", "0,-1", "-2,-1", "null,-1"})
  void theVersionOfASectionIsMended(String t, long till) {
    assertThat(read("{'ff':{'s':-1,'t':" + t + "}}").flags().till()).isEqualTo(till);
    assertThat(read("{'rbs':{'s':-1,'t':" + t + "}}").ruleBasedSegments().till()).isEqualTo(till);
  }

  @ParameterizedTest
  @CsvSource({"3,5,3", "-1,5,-1", "-2,5,5", "6,5,5", "3,0,-1"})
  void theFirstVersionOfASectionIsMended(long s, long t, long since) {
    assertThat(read("{'ff':{'s':" + s + ",'t':" + t + "}}").flags().since()).isEqualTo(since);
  }

  @Test
  void sectionsMayBeAbsent() {
    assertThat(read("{}").flags().active()).isEmpty();
    assertThat(read("{}").flags().till()).isEqualTo(-1);
    assertThat(read("{}").ruleBasedSegments().till()).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "''", "' '"})
  void aFlagWithoutANameIsDropped(String name) {
    assertThat(section("{'name':" + name + "}").active()).isEmpty();
    assertThat(section("{'name':" + name + "}").rejected()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"'',user", "null,user", "account,account"})
  void theTrafficTypeIsUserUnlessSaid(String type, String expected) {
    String json = type.equals("null") ? "null" : "'" + type + "'";

    assertThat(flag("'trafficTypeName':" + json).trafficType()).isEqualTo(expected);
    assertThat(flag("").trafficType()).isEqualTo("user");
  }

  @ParameterizedTest
  @CsvSource({"null,100", "-1,100", "101,100", "0,0", "60,60"})
  void trafficAllocationIsAHundredWhenItMakesNoSense(String text, int percent) {
    assertThat(flag("'trafficAllocation':" + text).allocation().percent()).isEqualTo(percent);
    assertThat(flag("").allocation().percent()).isEqualTo(100);
  }

  @Test
  void seedsThatAreAbsentOrZeroBecomeStableOnes() {
    FeatureFlag absent = flag("");

    assertThat(absent.allocation().seed()).isEqualTo(3163); // from the name alone
    assertThat(flag("'seed':0,'trafficAllocationSeed':null")).isEqualTo(absent);
    assertThat(flag("'trafficAllocationSeed':7").allocation().seed()).isEqualTo(7);
  }

  @Test
  void theSeedOfTheBucketsIsMendedToo() {
    String half =
        "'conditions':[{'conditionType':'ROLLOUT','matcherGroup':{'combiner':'AND','matchers':"
            + "[{'matcherType':'ALL_KEYS'}]},'partitions':[{'treatment':'on','size':50},"
            + "{'treatment':'off','size':50}]}]";
    Rollout absent = flag(half).conditions().get(0).rollout();
    Rollout given = flag("'seed':902145," + half).conditions().get(0).rollout();

    assertThat(absent.bucket("maria@shop.example", Map.of()))
        .isNotEqualTo(Hashing.MURMUR3.bucket("maria@shop.example", 0));
    assertThat(given.bucket("maria@shop.example", Map.of())).isEqualTo(51);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "'PAUSED'", "''", "'ACTIVE'"})
  void everyStatusButArchivedIsActive(String status) {
    assertThat(section("{'name':'f','status':" + status + "}").active()).hasSize(1);
  }

  @Test
  void anArchivedFlagIsRemoved() {
    assertThat(section("{'name':'f','status':'ARCHIVED'}").removed()).containsExactly("f");
  }

  @Test
  void killedIsFalseUnlessSaid() {
    assertThat(flag("").killed()).isFalse();
    assertThat(flag("'killed':true").killed()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"null,control", "'''''',control", "'''on''',on"})
  void theDefaultTreatmentIsControlUnlessSaid(String json, String treatment) {
    assertThat(flag("'defaultTreatment':" + json).defaultTreatment()).isEqualTo(treatment);
    assertThat(flag("").defaultTreatment()).isEqualTo("control");
  }

  @ParameterizedTest
  @CsvSource({"-5,0", "null,0", "7,7"})
  void aNegativeChangeNumberIsZero(String json, long number) {
    assertThat(flag("'changeNumber':" + json).changeNumber()).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "0", "null", "2"})
  void theAlgorithmIsAlwaysMurmur(String algo) {
    assertThat(flag("'algo':" + algo).allocation().hashing()).isEqualTo(Hashing.MURMUR3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[]",
        "[{'conditionType':'WHITELIST','matcherGroup':{'combiner':'AND','matchers':"
            + "[{'matcherType':'ALL_KEYS'}]}}]",
        "[{'conditionType':'NEW','matcherGroup':{'combiner':'AND','matchers':"
            + "[{'matcherType':'ALL_KEYS'}]}}]",
        "[{'conditionType':'ROLLOUT','matcherGroup':{'combiner':'AND','matchers':"
            + "[{'matcherType':'WHITELIST','whitelistMatcherData':{'whitelist':['a']}}]}}]"
      })
  void aRuleForEverybodyIsAppendedWhenTheLastIsNone(String conditions) {
    FeatureFlag flag = flag("'conditions':" + conditions);
    Condition last = flag.conditions().get(flag.conditions().size() - 1);

    assertThat(last.type()).isEqualTo(Condition.Type.ROLLOUT);
    assertThat(last.label()).isEqualTo("default rule");
    assertThat(last.rollout().pick("k", Map.of()).treatment()).isEqualTo("off");
    assertThat(last.rollout().outcomes())
        .extracting(Evaluation::treatment)
        .containsExactly("off", "on");
  }

  @Test
  void nothingIsAppendedWhenTheLastRuleIsForEverybody() {
    assertThat(flag("'conditions':[" + FOR_ALL + "]").conditions())
        .extracting(Condition::label)
        .containsExactly("mine");
  }

  @Test
  void aLastRuleWithoutMatchersMakesTheFlagUnsupported() {
    FeatureFlag flag =
        flag(
            "'conditions':[{'conditionType':'ROLLOUT','matcherGroup':{'combiner':'AND',"
                + "'matchers':[]}}]");

    assertThat(flag.conditions())
        .extracting(Condition::label)
        .containsExactly("targeting rule type unsupported by sdk");
  }

  @Test
  void anUnknownMatcherInTheLastRuleDoesNotSpoilTheFile() {
    Changes.Section<FeatureFlag> section =
        section(
            "{'name':'f','conditions':[{'conditionType':'ROLLOUT','matcherGroup':{'combiner':"
                + "'AND','matchers':[{'matcherType':'NEW'}]}}]},{'name':'g'}");

    assertThat(section.active()).extracting(FeatureFlag::name).containsExactly("f", "g");
    assertThat(section.unsupported()).hasSize(1);
  }

  @Test
  void theOlderLayoutIsMendedToo() {
    FeatureFlag flag =
        read("{'splits':[{'name':'f'}],'since':-1,'till':0}").flags().active().get(0);

    assertThat(flag.defaultTreatment()).isEqualTo("control");
    assertThat(flag.conditions()).hasSize(1);
  }

  @Test
  void setsPrerequisitesAndConfigurationsAreLeftAlone() {
    FeatureFlag flag =
        flag(
            "'sets':['UPPER'],'prerequisites':[{'n':'b','ts':['on']}],"
                + "'configurations':{'on':'c'},'impressionsDisabled':true");

    assertThat(flag.sets()).containsExactly("UPPER");
    assertThat(flag.prerequisites()).hasSize(1);
    assertThat(flag.configs()).containsEntry("on", "c");
    assertThat(flag.impressionsDisabled()).isTrue();
  }

  @Test
  void aRuleBasedSegmentGetsNoRuleForEverybody() {
    assertThat(segment("").conditions()).isEmpty();
    assertThat(segment("'conditions':[],'excluded':null").conditions()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"-5,0", "null,0", "7,7"})
  void aRuleBasedSegmentIsMendedAsAFlagIs(String number, long expected) {
    assertThat(segment("'status':'PAUSED','changeNumber':" + number).changeNumber())
        .isEqualTo(expected);
  }

  @Test
  void aRuleBasedSegmentWithoutANameIsDropped() {
    Changes.Section<RuleBasedSegment> section =
        read("{'rbs':{'d':[{'name':' '},{'name':'r','status':'ARCHIVED'}]}}").ruleBasedSegments();

    assertThat(section.rejected()).hasSize(1);
    assertThat(section.removed()).containsExactly("r");
  }

  @Test
  void aNameThatOccursTwiceInOneObjectIsAnErrorWithItsPlace() {
    assertThatThrownBy(() -> read("{'ff':{'d':[{'name':'f',\n'killed':true,\n'killed':false}]}}"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("line 3, column ")
        .hasMessageContaining("killed");
  }
}
