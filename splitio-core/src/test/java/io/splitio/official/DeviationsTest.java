package io.splitio.official;

import static io.splitio.testing.JsonText.allKeys;
import static io.splitio.testing.JsonText.changes;
import static io.splitio.testing.JsonText.condition;
import static io.splitio.testing.JsonText.dependsOn;
import static io.splitio.testing.JsonText.flag;
import static io.splitio.testing.JsonText.inSegment;
import static io.splitio.testing.JsonText.listed;
import static io.splitio.testing.JsonText.matcher;
import static io.splitio.testing.JsonText.object;
import static io.splitio.testing.JsonText.rollout;
import static io.splitio.testing.JsonText.ruleBasedSegment;
import static io.splitio.testing.JsonText.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.api.Key;
import io.splitio.testing.Definitions;
import io.splitio.testing.Hostile;
import io.splitio.testing.LogCapture;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each point where evaluation differs from the official Java SDK on purpose, shown on both. */
@SuppressWarnings("NullAway") // null is among what is passed in
class DeviationsTest {
  private static final String NO_IMPRESSION = "no impression";

  private static LogCapture log;
  private static OfficialSdk official;
  private static SplitFactory ours;

  @BeforeAll
  static void open() {
    log = LogCapture.warnings();
    Map<String, List<String>> segments = Map.of("staff", List.of("ana"));
    official = new OfficialSdk(definitions(), segments, null);
    ours =
        SplitFactory.create(
            Definitions.of(definitions()).segments(segments),
            SplitConfig.defaults().withoutShutdownHook());
  }

  @AfterAll
  static void close() {
    ours.close();
    official.close();
    log.close();
  }

  private static String definitions() {
    List<Map<String, Object>> flags = new ArrayList<>();
    flags.add(flag("on", rollout("on", allKeys())));
    flags.add(flag("number", rollout("on", numeric("NUMBER", 42))));
    flags.add(flag("date", rollout("on", numeric("DATETIME", 1_700_000_045_123L))));
    flags.add(flag("set", rollout("on", listed("EQUAL_TO_SET", "x", false, List.of("a")))));
    flags.add(flag("segment", rollout("on", selecting(inSegment("IN_SEGMENT", "staff")))));
    flags.add(
        flag("rules", rollout("on", selecting(inSegment("IN_RULE_BASED_SEGMENT", "everybody")))));
    flags.add(flag("dependency", rollout("on", selecting(dependsOn("on", "on")))));
    flags.add(flag("version", rollout("on", version("EQUAL_TO_SEMVER", "1.2.3"))));
    flags.add(flag("version-rc", rollout("on", version("EQUAL_TO_SEMVER", "1.2.3-rc"))));
    flags.add(
        flag("version-from", rollout("on", version("GREATER_THAN_OR_EQUAL_TO_SEMVER", "1.2.3-1"))));
    flags.add(without("trafficAllocation", flag("no-allocation", rollout("on", allKeys()))));
    flags.add(
        without("trafficAllocationSeed", flag("no-allocation-seed", rollout("on", allKeys()))));
    flags.add(
        flag("unknown-first", rollout("on", matcher("FROM_THE_FUTURE", null, false), allKeys())));
    flags.add(flag("circle-a", rollout("on", dependsOn("circle-b", "control"))));
    flags.add(flag("circle-b", rollout("on", dependsOn("circle-a", "on"))));
    flags.add(flag("circle-of-segments", rollout("on", inSegment("IN_RULE_BASED_SEGMENT", "x"))));
    flags.add(
        with(
            flag("null-treatments", rollout("on", allKeys())),
            "prerequisites",
            List.of(object("n", "on", "ts", null))));
    flags.add(
        flag(
            "null-partitions",
            with(condition("ROLLOUT", "rule", List.of(), allKeys()), "partitions", null)));
    List<Map<String, Object>> rules =
        List.of(
            ruleBasedSegment("everybody", List.of(), List.of(), rollout("-", allKeys())),
            ruleBasedSegment(
                "x", List.of(), List.of(), rollout("-", inSegment("IN_RULE_BASED_SEGMENT", "x"))));
    return changes(flags, rules);
  }

  private static Map<String, Object> numeric(String type, long value) {
    return matcher(
        "EQUAL_TO",
        "x",
        false,
        "unaryNumericMatcherData",
        object("dataType", type, "value", value));
  }

  private static Map<String, Object> version(String type, String version) {
    return matcher(type, "x", false, "stringMatcherData", version);
  }

  private static Map<String, Object> selecting(Map<String, Object> matcher) {
    return with(matcher, "keySelector", object("trafficType", "user", "attribute", "x"));
  }

  private static Map<String, Object> without(String field, Map<String, Object> flag) {
    Map<String, Object> copy = new LinkedHashMap<>(flag);
    copy.remove(field);
    return copy;
  }

  private static String ours(String flag, @Nullable Object x) {
    return answer(Answer.of(ours.client().evaluate(Key.of("ana"), flag, attributes(x))));
  }

  private static String theirs(String flag, @Nullable Object x) {
    return answer(official.answer("ana", null, flag, attributes(x)));
  }

  private static Map<String, Object> attributes(@Nullable Object x) {
    Map<String, Object> attributes = new HashMap<>();
    attributes.put("x", x);
    return attributes;
  }

  private static String answer(Answer answer) {
    return answer.treatment() + ", " + answer.label();
  }

  @Test
  void numbersOfEveryTypeCompareByTheirValue() {
    for (Object number :
        List.of((short) 42, (byte) 42, 42.0, 42f, BigInteger.valueOf(42), new BigDecimal("42.0"))) {
      assertThat(ours("number", number)).isEqualTo("on, rule");
      assertThat(theirs("number", number)).isEqualTo("off, default rule");
    }
  }

  @Test
  void datesMayBeDates() {
    Instant instant = Instant.ofEpochMilli(1_700_000_045_123L);
    for (Object date : List.of(instant, Date.from(instant), LocalDate.of(2023, 11, 14))) {
      assertThat(ours("date", date)).isEqualTo("on, rule");
      assertThat(theirs("date", date)).isEqualTo("off, default rule");
    }
  }

  @Test
  void arraysAreCollections() {
    assertThat(ours("set", new String[] {"a"})).isEqualTo("on, rule");
    assertThat(theirs("set", new String[] {"a"})).isEqualTo("off, default rule");
  }

  @Test
  void nullElementsCountForNothing() {
    assertThat(ours("set", Arrays.asList("a", null))).isEqualTo("on, rule");
    assertThat(theirs("set", Arrays.asList("a", null))).isEqualTo("control, exception");
  }

  @Test
  void segmentsAndDependenciesAreAboutTheKeyWhateverAttributeIsSelected() {
    for (String flag : List.of("segment", "rules", "dependency")) {
      assertThat(ours(flag, "bob")).isEqualTo("on, rule");
      assertThat(ours(flag, null)).isEqualTo("on, rule");
      assertThat(theirs(flag, "bob")).isEqualTo("control, exception");
      assertThat(theirs(flag, null)).isEqualTo("off, default rule");
    }
  }

  @Test
  void versionsWithADotAtTheEndAreNone() {
    assertThat(ours("version", "1.2.3.")).isEqualTo("off, default rule");
    assertThat(theirs("version", "1.2.3.")).isEqualTo("on, rule");
    assertThat(ours("version-rc", "1.2.3-rc.")).isEqualTo("off, default rule");
    assertThat(theirs("version-rc", "1.2.3-rc.")).isEqualTo("on, rule");
  }

  @Test
  void identifiersThatLookLikeFractionsAreText() {
    for (String version : List.of("1.2.3-1d", "1.2.3-1e5", "1.2.3-NaN", "1.2.3-1f")) {
      assertThat(ours("version-from", version)).isEqualTo("on, rule");
      assertThat(theirs("version-from", version)).isEqualTo("off, default rule");
    }
  }

  @Test
  void numericIdentifiersHaveNoLimit() {
    assertThat(ours("version-from", "1.2.3-3000000000")).isEqualTo("on, rule");
    assertThat(theirs("version-from", "1.2.3-3000000000")).isEqualTo("control, exception");
    assertThat(ours("version-from", "1.2.3-99999999999999999999")).isEqualTo("on, rule");
    assertThat(theirs("version-from", "1.2.3-99999999999999999999")).isEqualTo("off, default rule");
  }

  @Test
  void anAbsentTrafficAllocationIsForEverybody() {
    for (String flag : List.of("no-allocation", "no-allocation-seed")) {
      assertThat(ours(flag, null)).isEqualTo("on, rule");
      assertThat(theirs(flag, null)).isEqualTo("control, " + NO_IMPRESSION);
    }
  }

  @Test
  void anUnknownMatcherIsFoundAnywhereInItsGroup() {
    assertThat(ours("unknown-first", null))
        .isEqualTo("control, targeting rule type unsupported by sdk");
    assertThat(theirs("unknown-first", null)).isEqualTo("control, " + NO_IMPRESSION);
  }

  @Test
  void circlesAreAnswered() {
    assertThat(ours("circle-a", null)).isEqualTo("off, default rule");
    assertThat(ours("circle-of-segments", null)).isEqualTo("off, default rule");
    assertThatThrownBy(() -> theirs("circle-a", null)).isInstanceOf(StackOverflowError.class);
    assertThatThrownBy(() -> theirs("circle-of-segments", null))
        .isInstanceOf(StackOverflowError.class);
  }

  @Test
  void aPrerequisiteWithoutTreatmentsIsNeverMet() {
    assertThat(ours("null-treatments", null)).isEqualTo("off, prerequisites not met");
    assertThat(theirs("null-treatments", null)).isEqualTo("control, exception");
  }

  @Test
  void absentPartitionsAreNone() {
    assertThat(ours("null-partitions", null)).isEqualTo("control, rule");
    assertThat(theirs("null-partitions", null)).isEqualTo("control, exception");
  }

  @Test
  void errorsInAttributesEndTheEvaluationOnly() {
    Map<String, Object> attributes = Hostile.map(() -> new StackOverflowError("hostile"));

    assertThat(ours.client().getTreatment("ana", "number", attributes)).isEqualTo("control");
    assertThatThrownBy(() -> official.client().getTreatment("ana", "number", attributes))
        .isInstanceOf(StackOverflowError.class);
  }

  @Test
  @SuppressWarnings("NullAway") // null is the point
  void nullArgumentsAreAnswered() {
    assertThat(ours.client().getTreatment((Key) null, "on", Map.of())).isEqualTo("control");
    assertThatThrownBy(
            () -> official.client().getTreatment((io.split.client.api.Key) null, "on", Map.of()))
        .isInstanceOf(NullPointerException.class);

    assertThat(ours.client().getTreatment("ana", "on", Map.of(), null)).isEqualTo("on");
    assertThat(official.client().getTreatment("ana", "on", Map.of(), null)).isEqualTo("control");

    List<String> noSet = Arrays.asList((String) null);
    assertThat(ours.client().getTreatmentsByFlagSets("ana", noSet, Map.of())).isEmpty();
    assertThatThrownBy(() -> official.client().getTreatmentsByFlagSets("ana", noSet, Map.of()))
        .isInstanceOf(NullPointerException.class);

    Map<String, Object> noProperties = null;
    assertThat(ours.client().track("ana", "user", "e", noProperties)).isTrue();
    assertThatThrownBy(() -> official.client().track("ana", "user", "e", noProperties))
        .isInstanceOf(NullPointerException.class);
  }

  @Test
  void nullNamesAreLeftOutOfTheAnswersToABadKey() {
    List<String> names = Arrays.asList("on", null);

    assertThat(ours.client().getTreatments("", names)).containsOnlyKeys("on");
    assertThat(official.client().getTreatments("", names)).containsOnlyKeys("on", null);
  }

  @Test
  void anEventTypeDoesNotEndWithALineBreak() {
    assertThat(ours.client().track("ana", "user", "page\n")).isFalse();
    assertThat(official.client().track("ana", "user", "page\n")).isTrue();
  }

  @Test
  void viewsHaveNoNulls() {
    assertThat(ours.manager().split("on").prerequisites()).isEmpty();
    assertThat(official.factory().manager().split("on").prerequisites).isNull();
    assertThat(ours.manager().split("null-partitions").treatments()).containsExactly("off");
    assertThatThrownBy(() -> official.factory().manager().split("null-partitions"))
        .isInstanceOf(NullPointerException.class);
  }
}
