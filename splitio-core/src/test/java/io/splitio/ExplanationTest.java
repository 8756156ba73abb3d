package io.splitio;

import static io.splitio.testing.JsonText.allKeys;
import static io.splitio.testing.JsonText.changes;
import static io.splitio.testing.JsonText.dependsOn;
import static io.splitio.testing.JsonText.flag;
import static io.splitio.testing.JsonText.listed;
import static io.splitio.testing.JsonText.object;
import static io.splitio.testing.JsonText.rollout;
import static io.splitio.testing.JsonText.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.Evaluation;
import io.splitio.api.Explanation;
import io.splitio.api.Explanation.Kind;
import io.splitio.api.Explanation.Step;
import io.splitio.api.Impression;
import io.splitio.api.Key;
import io.splitio.testing.Definitions;
import io.splitio.testing.LogCapture;
import io.splitio.testing.RandomDefinitions;
import io.splitio.testing.RandomUsers;
import io.splitio.testing.RandomUsers.User;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** An explanation's steps lead where the evaluation went, on random definitions. */
class ExplanationTest {
  private static final int FLAGS = 60;

  @Property(tries = 30)
  void theStepsLeadToTheAnswer(@ForAll long seed) {
    Random random = new Random(seed);
    RandomDefinitions definitions = new RandomDefinitions(random, FLAGS);
    RandomUsers users = new RandomUsers(random);
    List<Impression> heard = new CopyOnWriteArrayList<>();
    try (LogCapture log = LogCapture.warnings();
        SplitFactory factory = sdk(definitions, heard)) {
      for (int i = 0; i < 10; i++) {
        explainAll(factory, users.user());
      }
      assertThat(log.lines()).noneMatch(line -> line.startsWith("ERROR"));
    }
    assertThat(heard).isEmpty();
  }

  /** Each of 4,095 inner flags is followed once, as it is evaluated; more would be too many. */
  @Example
  void theStepsOfManyPathsToOneFlagDoNotContradictTheAnswer() {
    List<Map<String, Object>> flags = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      Object next = object("n", "f" + (i + 1), "ts", List.of("on"));
      flags.add(
          with(flag("f" + i, rollout("on", allKeys())), "prerequisites", List.of(next, next)));
    }
    flags.add(flag("f11", rollout("on", allKeys())));
    try (SplitFactory factory = sdk(Definitions.of(changes(flags.toArray())))) {
      Explanation explanation = factory.client().explain(Key.of("u"), "f0", Map.of());

      assertThat(explanation.evaluation().treatment()).isEqualTo("on");
      assertThat(explanation.steps())
          .extracting(Step::kind)
          .containsExactly(Kind.PREREQUISITE, Kind.PREREQUISITE, Kind.CONDITION);
      assertThat(explanation.toString()).doesNotContain("not met").doesNotContain("leads back");
    }
  }

  @Example
  void aFlagThatLeadsBackToItselfIsExplained() {
    String json = changes(flag("a", rollout("on", dependsOn("a", "control"))));
    try (SplitFactory factory = sdk(Definitions.of(json))) {
      Explanation explanation = factory.client().explain(Key.of("u"), "a", Map.of());

      assertThat(explanation.evaluation().treatment()).isEqualTo("on");
      assertThat(explanation.toString()).contains("leads back to itself", "counts as control");
    }
  }

  @Example
  void anAttributeThatChangesItsMindIsNotFollowed() {
    String json =
        changes(flag("f", rollout("on", listed("CONTAINS_ANY_OF_SET", "x", false, List.of("1")))));
    AtomicInteger asked = new AtomicInteger();
    Object fickle =
        new AbstractList<String>() {
          @Override
          public String get(int index) {
            return String.valueOf(asked.incrementAndGet());
          }

          @Override
          public int size() {
            return 1;
          }
        };
    try (SplitFactory factory = sdk(Definitions.of(json))) {
      Explanation explanation = factory.client().explain(Key.of("u"), "f", Map.of("x", fickle));

      assertThat(explanation.evaluation().treatment()).isEqualTo("on");
      assertThat(explanation.steps())
          .singleElement()
          .satisfies(step -> assertThat(step.description()).startsWith("cannot be followed"));
    }
  }

  @Example
  void charactersThatCannotBePrintedAreEscaped() {
    String json =
        changes(flag("f", rollout("on", listed("WHITELIST", "x", false, List.of("a\nb")))));
    try (SplitFactory factory = sdk(Definitions.of(json))) {
      Key key = Key.of("u\r\nforged", "b\u202e");
      Explanation explanation =
          factory.client().explain(key, "f", Map.of("x", "c\u001b[2J\uD83D\uDE00\uD83D"));

      assertThat(explanation.toString().lines())
          .containsExactly(
              "f serves off to u\\u000d\\u000aforged (bucketed as b\\u202e): default rule",
              "     CONDITION: condition 1 (rule) does not match",
              "      [ ] x is one of [a\\u000ab] (saw c\\u001b[2J😀\\ud83d)",
              "  => DEFAULT_RULE: no condition matched; the default treatment is off");
      assertThat(key).hasToString("u\\u000d\\u000aforged (bucketed as b\\u202e)");
    }
  }

  private static SplitFactory sdk(Definitions definitions) {
    return SplitFactory.create(definitions, SplitConfig.defaults().withoutShutdownHook());
  }

  private static SplitFactory sdk(RandomDefinitions definitions, List<Impression> heard) {
    return SplitFactory.create(
        Definitions.of(definitions.json()).segments(definitions.segments()),
        SplitConfig.defaults().withoutShutdownHook().withImpressionListener(heard::add));
  }

  private static void explainAll(SplitFactory factory, User user) {
    Key key =
        user.bucketingKey() == null ? Key.of(user.key()) : Key.of(user.key(), user.bucketingKey());
    Map<String, Evaluation> all = factory.client().evaluateAll(key, user.attributes());
    all.forEach(
        (flag, evaluation) -> {
          Explanation explanation = factory.client().explain(key, flag, user.attributes());
          assertThat(explanation.evaluation()).isEqualTo(evaluation);
          Step last = explanation.steps().get(explanation.steps().size() - 1);
          assertThat(last.decided()).isTrue();
          assertThat(last.kind()).as(explanation.toString()).isEqualTo(kind(evaluation, last));
          assertThat(explanation.steps()).filteredOn(Step::decided).hasSize(1);
          assertThat(explanation.toString()).contains(flag + " serves " + evaluation.treatment());
        });
  }

  /** The label says which kind of step decided; any other label is a condition's own. */
  private static Kind kind(Evaluation evaluation, Step last) {
    String label = evaluation.label() == null ? "" : evaluation.label();
    return switch (label) {
      case "killed" -> Kind.KILLED;
      case "prerequisites not met" -> Kind.PREREQUISITE;
      case "not in split" -> Kind.TRAFFIC_ALLOCATION;
      case "default rule" -> Kind.DEFAULT_RULE;
      case "exception" -> Kind.ERROR;
      default -> {
        assertThat(last.description()).contains(": " + evaluation.treatment());
        yield Kind.CONDITION;
      }
    };
  }
}
