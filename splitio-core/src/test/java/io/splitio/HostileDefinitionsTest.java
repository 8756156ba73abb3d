package io.splitio;

import static io.splitio.testing.JsonText.allKeys;
import static io.splitio.testing.JsonText.changes;
import static io.splitio.testing.JsonText.dependsOn;
import static io.splitio.testing.JsonText.flag;
import static io.splitio.testing.JsonText.inSegment;
import static io.splitio.testing.JsonText.matcher;
import static io.splitio.testing.JsonText.object;
import static io.splitio.testing.JsonText.rollout;
import static io.splitio.testing.JsonText.ruleBasedSegment;
import static io.splitio.testing.JsonText.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.Evaluation;
import io.splitio.api.Key;
import io.splitio.testing.Definitions;
import io.splitio.testing.LogCapture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Definitions that lead back to themselves, too far, or into endless matching, are answered. */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class HostileDefinitionsTest {
  private static final Key USER = Key.of("u");

  private final LogCapture log = LogCapture.warnings();
  private final List<SplitFactory> factories = new ArrayList<>();

  @AfterEach
  void close() {
    factories.forEach(SplitFactory::close);
    log.close();
  }

  private SplitFactory sdk(String json) {
    SplitFactory factory =
        SplitFactory.create(Definitions.of(json), SplitConfig.defaults().withoutShutdownHook());
    factories.add(factory);
    return factory;
  }

  private Evaluation evaluate(SplitFactory sdk, String flag) {
    Evaluation evaluation = sdk.client().evaluate(USER, flag, Map.of());
    assertThat(sdk.client().explain(USER, flag, Map.of()).evaluation()).isEqualTo(evaluation);
    return evaluation;
  }

  @Test
  void flagsThatDependOnEachOtherSeeControlInTheInnerStepAndGoOn() {
    SplitFactory sdk =
        sdk(
            changes(
                flag("a", rollout("on", dependsOn("b", "on"))),
                flag("b", rollout("on", dependsOn("a", "control")))));

    assertThat(evaluate(sdk, "a").treatment()).isEqualTo("on");
    assertThat(evaluate(sdk, "b").treatment()).isEqualTo("off");
    assertThat(evaluate(sdk, "a").label()).isEqualTo("rule");
  }

  @Test
  void aCircleOfPrerequisitesIsLoggedOncePerFlag() {
    SplitFactory sdk =
        sdk(changes(prerequisite("a", "b"), prerequisite("b", "c"), prerequisite("c", "a")));

    for (int i = 0; i < 5; i++) {
      assertThat(evaluate(sdk, "a").label()).isEqualTo("prerequisites not met");
    }

    assertThat(log.lines()).filteredOn(line -> line.startsWith("ERROR")).hasSize(1);
  }

  @Test
  void aFlagThatRequiresItselfIsAnswered() {
    assertThat(evaluate(sdk(changes(prerequisite("a", "a"))), "a").label())
        .isEqualTo("prerequisites not met");
  }

  @Test
  void segmentsThatExcludeEachOtherExcludeNobodyThatWay() {
    List<Map<String, Object>> segments =
        List.of(
            ruleBasedSegment("x", List.of(), excluding("y"), rollout("-", allKeys())),
            ruleBasedSegment("y", List.of(), excluding("x"), rollout("-", allKeys())));
    SplitFactory sdk = sdk(changes(List.of(asking("f", "x")), segments));

    assertThat(evaluate(sdk, "f").treatment()).isEqualTo("off"); // y has everybody, so x has nobody
  }

  @Test
  void segmentsThatContainEachOtherThroughConditionsHaveNoMembersThatWay() {
    List<Map<String, Object>> segments =
        List.of(
            ruleBasedSegment("x", List.of(), List.of(), rollout("-", inRules("y"))),
            ruleBasedSegment("y", List.of(), List.of(), rollout("-", inRules("x"))));
    SplitFactory sdk = sdk(changes(List.of(asking("f", "x")), segments));

    assertThat(evaluate(sdk, "f").treatment()).isEqualTo("off");
  }

  @Test
  void aFlagAndASegmentThatNeedEachOtherAreAnswered() {
    List<Map<String, Object>> segments =
        List.of(
            ruleBasedSegment("x", List.of(), List.of(), rollout("-", dependsOn("f", "control"))));
    SplitFactory sdk = sdk(changes(List.of(asking("f", "x")), segments));

    assertThat(evaluate(sdk, "f").treatment()).isEqualTo("on");
  }

  @Test
  void aChainOfSixtyFourFlagsIsFollowedToItsEnd() {
    assertThat(evaluate(sdk(chain(64)), "f0").treatment()).isEqualTo("on");
  }

  @Test
  void aLongerChainIsCutWithControl() {
    assertThat(evaluate(sdk(chain(65)), "f0").treatment()).isEqualTo("off");
    assertThat(evaluate(sdk(chain(1_000)), "f0").treatment()).isEqualTo("off");
    assertThat(evaluate(sdk(chain(1_000)), "f999").treatment()).isEqualTo("on");
  }

  @Test
  void aLongChainOfSegmentsIsCutToo() {
    List<Map<String, Object>> segments = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      segments.add(
          ruleBasedSegment("s" + i, List.of(), List.of(), rollout("-", inRules("s" + (i + 1)))));
    }
    segments.add(ruleBasedSegment("s1000", List.of(), List.of(), rollout("-", allKeys())));
    SplitFactory sdk = sdk(changes(List.of(asking("far", "s0"), asking("near", "s990")), segments));

    assertThat(evaluate(sdk, "far").treatment()).isEqualTo("off");
    assertThat(evaluate(sdk, "near").treatment()).isEqualTo("on");
  }

  @Test
  @Timeout(value = 5, threadMode = ThreadMode.SEPARATE_THREAD)
  void flagsWithTwoPrerequisitesEachOnTheNextAreAnsweredSoon() {
    List<Map<String, Object>> flags = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Object twice = object("n", "f" + (i + 1), "ts", List.of("on", "off", "control"));
      flags.add(
          with(flag("f" + i, rollout("on", allKeys())), "prerequisites", List.of(twice, twice)));
    }
    flags.add(flag("f60", rollout("on", allKeys())));

    assertThat(evaluate(sdk(changes(flags.toArray())), "f0").treatment()).isEqualTo("on");
  }

  @Test
  @Timeout(value = 5, threadMode = ThreadMode.SEPARATE_THREAD)
  void segmentsWithTwoConditionsEachOnTheNextAreAnsweredSoon() {
    List<Map<String, Object>> segments = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Map<String, Object> next = rollout("-", inRules("s" + (i + 1)));
      segments.add(ruleBasedSegment("s" + i, List.of(), List.of(), next, next));
    }
    segments.add(ruleBasedSegment("s60", List.of(), List.of()));

    assertThat(evaluate(sdk(changes(List.of(asking("f", "s0")), segments)), "f").treatment())
        .isEqualTo("off");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(.*a){12}b",
        "(.*){1,32}[bc]",
        "^(.*a){8,}$",
        "(?:(a+)\\1?)+$",
        "(a+)+\\1$",
        "((a+)b?\\2?)*c",
        "(.*a){25}b"
      })
  void regularExpressionsThatExplodeEndSoonAsAnError(String expression) {
    SplitFactory sdk = sdk(changes(regex(expression)));
    Map<String, Object> attributes = Map.of("x", "a".repeat(35) + "!");
    for (int i = 0; i < 20; i++) {
      sdk.client().evaluate(USER, "f", attributes);
    }

    long fastest = Long.MAX_VALUE;
    for (int i = 0; i < 10; i++) {
      long start = System.nanoTime();
      Evaluation evaluation = sdk.client().evaluate(USER, "f", attributes);
      fastest = Math.min(fastest, System.nanoTime() - start);
      assertThat(evaluation.label()).isEqualTo("exception");
      assertThat(evaluation.treatment()).isEqualTo("control");
    }
    assertThat(Duration.ofNanos(fastest)).isLessThan(Duration.ofMillis(50));
    assertThat(log.lines()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(x+x+)+y", "^(a+)+$"})
  void regularExpressionsThatOnlyLookDangerousAreAnswered(String expression) {
    Evaluation evaluation =
        sdk(changes(regex(expression)))
            .client()
            .evaluate(USER, "f", Map.of("x", "a".repeat(35) + "!"));

    assertThat(evaluation.label()).isEqualTo("default rule");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?:^){2000000000}",
        "()(?:\\1){2000000000}",
        "(?:(?:^|a){1000} ){1000}[b]{3}",
        "((?:^){1000}[)]){1000}",
        "(?:^){1000}{1000}",
        "[^\\Q[\\E](?:(?:){2000000000}){2000000000}",
        "(?x)# [\n(?:^){2000000000}",
        "(?:(?:^){100000}){100000}[](]",
        "(?:(?:){100000}){100000}[^](]",
        "\\Q(\\E(?:(?:(?:$){100}){100}){100}"
      })
  @Timeout(value = 5, threadMode = ThreadMode.SEPARATE_THREAD)
  void roundsThatReadNothingAreNoRegularExpression(String expression) {
    SplitFactory sdk = sdk(changes(regex(expression), flag("g", rollout("on", allKeys()))));

    assertThat(sdk.client().getTreatment("u", "f", Map.of("x", "("))).isEqualTo("control");
    assertThat(sdk.client().getTreatment("u", "g")).isEqualTo("on");
    assertThat(sdk.manager().splitNames()).containsExactly("g");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
        "^(?:[0-9a-f]{1,4}-?){1,64}$",
        "^\\Q(\\E{0}(?:\\w{8}){1}.{28}$",
        "^[^\\x{100000}\\p{Lu}]{36}$",
        "^(?:\\x{36}|\\p{Alnum}|-){36}$"
      })
  void ordinaryCountsAreCounted(String expression) {
    Map<String, Object> attributes = Map.of("x", "6f1c2b1e-8f0a-4b7c-9d55-0f3a7c1e2d44");

    assertThat(sdk(changes(regex(expression))).client().getTreatment("u", "f", attributes))
        .isEqualTo("on");
  }

  @Test
  void aRegularExpressionThatOverflowsTheStackIsAnError() {
    Evaluation evaluation =
        sdk(changes(regex("^(a|b|c)*$")))
            .client()
            .evaluate(USER, "f", Map.of("x", "abc".repeat(20_000)));

    assertThat(evaluation.label()).isEqualTo("exception");
  }

  @Test
  void aSeparatePatternOnALongTextIsWithinTheBudget() {
    Evaluation evaluation =
        sdk(changes(regex("needle")))
            .client()
            .evaluate(USER, "f", Map.of("x", "hay".repeat(20_000) + "needle"));

    assertThat(evaluation.treatment()).isEqualTo("on");
  }

  private static Map<String, Object> regex(String expression) {
    return flag(
        "f", rollout("on", matcher("MATCHES_STRING", "x", false, "stringMatcherData", expression)));
  }

  private static Map<String, Object> asking(String name, String segment) {
    return flag(name, rollout("on", inRules(segment)));
  }

  private static Map<String, Object> inRules(String segment) {
    return inSegment("IN_RULE_BASED_SEGMENT", segment);
  }

  private static List<Object> excluding(String segment) {
    return List.of(object("name", segment, "type", "rule-based"));
  }

  private static Map<String, Object> prerequisite(String name, String required) {
    return with(
        flag(name, rollout("on", allKeys())),
        "prerequisites",
        List.of(object("n", required, "ts", List.of("on"))));
  }

  /** Each flag serves on if the next one does; the last one does. */
  private static String chain(int length) {
    List<Object> flags = new ArrayList<>();
    for (int i = 0; i < length - 1; i++) {
      flags.add(flag("f" + i, rollout("on", dependsOn("f" + (i + 1), "on"))));
    }
    flags.add(flag("f" + (length - 1), rollout("on", allKeys())));
    return changes(flags.toArray());
  }
}
