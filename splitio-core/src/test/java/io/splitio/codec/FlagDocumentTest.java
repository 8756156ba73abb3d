package io.splitio.codec;

import static io.splitio.codec.Documents.flag;
import static io.splitio.codec.Documents.flagSection;
import static io.splitio.codec.Documents.rejection;
import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.flag.Allocation;
import io.splitio.flag.FeatureFlag;
import io.splitio.flag.Hashing;
import io.splitio.flag.Relation;
import io.splitio.flag.Rollout;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row of evaluation specification 1.2. */
class FlagDocumentTest {
  private static final String HALF =
      "'conditions':[{'conditionType':'ROLLOUT','label':'half','matcherGroup':{'combiner':'AND',"
          + "'matchers':[{'matcherType':'ALL_KEYS'}]},'partitions':[{'treatment':'on','size':50},"
          + "{'treatment':'off','size':50}]}]";

  @Test
  void everyFieldOfTheSpecificationIsRead() {
    FeatureFlag flag =
        flag(
            "'name':'checkout_v2','trafficTypeName':'user','killed':false,'changeNumber':"
                + "1700000000001,'algo':2,'seed':2002,'trafficAllocation':60,"
                + "'trafficAllocationSeed':-1001,'configurations':{'on':'{\\u0022a\\u0022:1}'},"
                + "'sets':['web','checkout'],'impressionsDisabled':true,"
                + "'prerequisites':[{'n':'base_flag','ts':['on','v2']}]");

    assertThat(flag.name()).isEqualTo("checkout_v2");
    assertThat(flag.trafficType()).isEqualTo("user");
    assertThat(flag.killed()).isFalse();
    assertThat(flag.defaultTreatment()).isEqualTo("off");
    assertThat(flag.changeNumber()).isEqualTo(1_700_000_000_001L);
    assertThat(flag.allocation()).isEqualTo(new Allocation(60, Hashing.MURMUR3, -1001));
    assertThat(flag.configs()).isEqualTo(Map.of("on", "{\"a\":1}"));
    assertThat(flag.sets()).isEqualTo(Set.of("web", "checkout"));
    assertThat(flag.impressionsDisabled()).isTrue();
    assertThat(flag.prerequisites())
        .containsExactly(new Relation.InTreatment("base_flag", List.of("on", "v2")));
    assertThat(flag.conditions()).isEmpty();
  }

  @Test
  void fieldsThatAreAbsentHaveTheirDefaults() {
    FeatureFlag flag = flag("");

    assertThat(flag.trafficType()).isNull();
    assertThat(flag.killed()).isFalse();
    assertThat(flag.changeNumber()).isZero();
    assertThat(flag.allocation()).isEqualTo(new Allocation(100, Hashing.LEGACY, 0));
    assertThat(flag.configs()).isEmpty();
    assertThat(flag.sets()).isEmpty();
    assertThat(flag.impressionsDisabled()).isFalse();
    assertThat(flag.prerequisites()).isEmpty();
  }

  @Test
  void fieldsThatAreNullHaveTheirDefaults() {
    FeatureFlag flag =
        flag(
            "'trafficTypeName':null,'killed':null,'changeNumber':null,'algo':null,'seed':null,"
                + "'trafficAllocation':null,'trafficAllocationSeed':null,'configurations':null,"
                + "'sets':null,'impressionsDisabled':null,'prerequisites':null");

    assertThat(flag).isEqualTo(flag(""));
  }

  @Test
  void withoutANameItIsRejected() {
    assertThat(flagSection("'name':null").active()).isEmpty();
    assertThat(flagSection("'name':null").rejected())
        .containsExactly(new Changes.Trouble(null, "a definition has no name", 1));
  }

  @Test
  void withoutADefaultTreatmentItIsRejected() {
    assertThat(rejection("'defaultTreatment':null")).isEqualTo("it has no defaultTreatment");
  }

  @Test
  void withoutConditionsItIsRejected() {
    assertThat(rejection("'conditions':null"))
        .isEqualTo("it has no conditions; an empty list would be valid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'ARCHIVED'", "null", "'PAUSED'", "'active'", "''"})
  void everyStatusButActiveRemovesIt(String status) {
    Changes.Section<FeatureFlag> section = flagSection("'status':" + status);

    assertThat(section.active()).isEmpty();
    assertThat(section.rejected()).isEmpty();
    assertThat(section.removed()).containsExactly("f");
  }

  @Test
  void anArchivedFlagIsRemovedEvenIfItIsNotValid() {
    assertThat(flagSection("'status':'ARCHIVED','conditions':7").removed()).containsExactly("f");
  }

  @Test
  void aStatusThatIsNoTextLeavesEverythingAsItWas() {
    assertThat(flagSection("'status':{}").removed()).isEmpty();
    assertThat(rejection("'status':{}")).isEqualTo("status is an object; it must be a text");
  }

  @ParameterizedTest
  @CsvSource({"2,MURMUR3", "1,LEGACY", "0,LEGACY", "3,LEGACY", "-2,LEGACY", "null,LEGACY"})
  void onlyAlgoTwoIsMurmur(String algo, Hashing hashing) {
    assertThat(flag("'algo':" + algo).allocation().hashing()).isEqualTo(hashing);
  }

  @ParameterizedTest
  @CsvSource({"0,0", "1,1", "99,99", "100,100", "null,100"})
  void trafficAllocationIsTakenAsItIsAndAHundredWhenAbsent(String text, int percent) {
    assertThat(flag("'trafficAllocation':" + text).allocation().percent()).isEqualTo(percent);
  }

  @Test
  void trafficAllocationAboveAHundredAdmitsEverybodyAndBelowZeroNobody() {
    assertThat(flag("'trafficAllocation':250").allocation().admits("any")).isTrue();
    assertThat(flag("'trafficAllocation':-5").allocation().admits("any")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "2147483647,2147483647",
    "2147483648,-2147483648",
    "4294967297,1",
    "-2147483649,2147483647",
    "18446744073709551617,1",
    "99999999999999999999999999,-469762049",
    "'\"77\"',77",
    "42.0,42",
    "3e9,-1294967296",
    "null,0"
  })
  void seedsBeyondThirtyTwoBitsKeepTheirLowBits(String text, int seed) {
    assertThat(flag("'trafficAllocationSeed':" + text).allocation().seed()).isEqualTo(seed);
    assertThat(flag("'algo':2,'seed':" + text + "," + HALF).conditions().get(0).rollout())
        .isEqualTo(flag("'algo':2,'seed':" + seed + "," + HALF).conditions().get(0).rollout());
  }

  @Test
  void theSeedDecidesTheBuckets() {
    Rollout rollout = flag("'algo':2,'seed':902145," + HALF).conditions().get(0).rollout();

    assertThat(rollout.bucket("maria@shop.example", Map.of())).isEqualTo(51);
  }

  @ParameterizedTest
  @CsvSource({"12,12", "'\"12\"',12", "42.0,42", "'\"42.0\"',42", "1.7e12,1700000000000"})
  void numbersAreReadLeniently(String text, long number) {
    assertThat(flag("'changeNumber':" + text).changeNumber()).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "'x'", "''", "true", "[]", "{}", "1e99", "99999999999999999999"})
  void whatIsNoWholeNumberRejectsTheFlag(String text) {
    assertThat(rejection("'changeNumber':" + text)).startsWith("changeNumber is ");
  }

  @Test
  void aSmallNumberThatDoesNotFitRejectsTheFlag() {
    assertThat(rejection("'trafficAllocation':3000000000"))
        .isEqualTo("trafficAllocation is 3000000000; it must be a whole number of 32 bits");
  }

  @ParameterizedTest
  @CsvSource({"true,true", "false,false", "'\"true\"',true", "'\"TRUE\"',true", "'\"yes\"',false"})
  void booleansAreReadLeniently(String text, boolean killed) {
    assertThat(flag("'killed':" + text).killed()).isEqualTo(killed);
  }

  @Test
  void whatIsNoBooleanRejectsTheFlag() {
    assertThat(rejection("'killed':1")).isEqualTo("killed is a number; it must be true or false");
  }

  @Test
  void scalarsAreAcceptedAsText() {
    assertThat(flag("'defaultTreatment':7").defaultTreatment()).isEqualTo("7");
    assertThat(flag("'configurations':{'on':1.50,'off':true,'x':null}").configs())
        .isEqualTo(Map.of("on", "1.50", "off", "true"));
  }

  @Test
  void aPrerequisiteWithoutTreatmentsIsNeverMet() {
    assertThat(flag("'prerequisites':[{'n':'base'}]").prerequisites())
        .containsExactly(new Relation.InTreatment("base", List.of()));
    assertThat(flag("'prerequisites':[{'n':'base','ts':null}]").prerequisites())
        .containsExactly(new Relation.InTreatment("base", List.of()));
  }

  @Test
  void aPrerequisiteWithoutAFlagRejectsTheFlag() {
    assertThat(rejection("'prerequisites':[{'ts':['on']}]"))
        .isEqualTo("a prerequisite has no n, the name of a flag");
    assertThat(rejection("'prerequisites':[null]")).isEqualTo("a prerequisite is null");
  }

  @Test
  void nullsAmongFlagSetsAreIgnored() {
    assertThat(flag("'sets':['a',null,'a']").sets()).containsExactly("a");
  }
}
