package io.splitio.codec;

import static io.splitio.codec.Documents.segmentSection;
import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.flag.Criterion;
import io.splitio.flag.Matcher;
import io.splitio.flag.Relation;
import io.splitio.flag.RuleBasedSegment;
import io.splitio.flag.StringMatcher;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row of evaluation specification 1.7. */
class RuleBasedSegmentDocumentTest {

  private static RuleBasedSegment segment(String fields) {
    return segmentSection(fields).active().get(0);
  }

  @Test
  void everyFieldOfTheSpecificationIsRead() {
    RuleBasedSegment segment =
        segment(
            "'name':'beta_testers','trafficTypeName':'user','changeNumber':17,"
                + "'excluded':{'keys':['eve'],'segments':[{'name':'staff','type':'standard'},"
                + "{'name':'churned','type':'rule-based'}]},"
                + "'conditions':[{'conditionType':'WHITELIST','matcherGroup':{'combiner':'AND',"
                + "'matchers':[{'matcherType':'ENDS_WITH','negate':false,'keySelector':"
                + "{'attribute':'email'},'whitelistMatcherData':{'whitelist':['@example.org']}}]}}]");

    assertThat(segment.name()).isEqualTo("beta_testers");
    assertThat(segment.changeNumber()).isEqualTo(17);
    assertThat(segment.excludedKeys()).containsExactly("eve");
    assertThat(segment.excluded())
        .containsExactly(
            new Relation.InSegment("staff"), new Relation.InRuleBasedSegment("churned"));
    assertThat(segment.conditions().get(0).criteria())
        .containsExactly(
            new Criterion.OfAttribute(
                "email", new StringMatcher.EndsWith(List.of("@example.org")), false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'excluded':null",
        "'excluded':{}",
        "'excluded':{'keys':null,'segments':null}",
        "'excluded':{'keys':[null],'segments':[null]}"
      })
  void withoutExclusionsNobodyIsExcluded(String excluded) {
    assertThat(segment(excluded).excludedKeys()).isEmpty();
    assertThat(segment(excluded).excluded()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"'large'", "'other'", "null"})
  void excludedSegmentsOfOtherTypesAreIgnored(String type) {
    assertThat(segment("'excluded':{'segments':[{'name':'x','type':" + type + "}]}").excluded())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"'ARCHIVED'", "null", "'PAUSED'"})
  void everyStatusButActiveRemovesIt(String status) {
    assertThat(segmentSection("'status':" + status).removed()).containsExactly("r");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'matcherType':'NEW_ONE'}", "{'matcherType':'IN_LARGE_SEGMENT'}", ""})
  void aMatcherThatIsNotKnownMakesEveryKeyAMember(String matchers) {
    String fields =
        "'excluded':{'keys':['eve']},'conditions':[{'matcherGroup':{'combiner':'AND',"
            + "'matchers':["
            + matchers
            + "]}}]";

    assertThat(segment(fields).conditions()).hasSize(1);
    assertThat(segment(fields).conditions().get(0).criteria())
        .containsExactly(new Criterion.OfKey(new Matcher.Anything(), false));
    assertThat(segment(fields).excludedKeys()).containsExactly("eve");
    assertThat(segmentSection(fields).unsupported()).hasSize(1);
  }

  @Test
  void oneThatIsNotValidIsRejectedByItself() {
    assertThat(segmentSection("'conditions':null").rejected())
        .containsExactly(
            new Changes.Trouble("r", "it has no conditions; an empty list would be valid", 1));
    assertThat(segmentSection("'name':null").rejected())
        .containsExactly(new Changes.Trouble(null, "a definition has no name", 1));
  }

  @Test
  void theNamesItNeedsAreKnown() {
    RuleBasedSegment segment =
        segment("'excluded':{'segments':[{'name':'staff','type':'standard'}]}");

    assertThat(segment.dependencies().segments()).containsExactly("staff");
  }
}
