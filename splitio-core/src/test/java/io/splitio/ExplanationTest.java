package io.splitio;

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
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
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
