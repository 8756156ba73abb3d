package io.splitio.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.SplitFactory;
import io.splitio.api.AsyncSplitClient;
import io.splitio.api.Evaluation;
import io.splitio.api.Key;
import io.splitio.api.SplitClient;
import io.splitio.api.SplitResult;
import io.splitio.spec.SpecFile.Case;
import io.splitio.spec.SpecFile.Expected;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * What an instance answers to worked examples, through every way of asking.
 *
 * @param sdk the instance
 * @param later how an answer that comes later is waited for
 */
record SpecAnswers(SplitFactory sdk, Later later) {

  /** How an answer that comes later is waited for. */
  @FunctionalInterface
  interface Later {
    /** The answer. */
    <T> T of(CompletableFuture<T> answer);
  }

  /** Fails unless the example is answered as it says. */
  void check(Case example) {
    Key key =
        example.bucketingKey() == null
            ? Key.of(example.key())
            : Key.of(example.key(), example.bucketingKey());
    Evaluation evaluation = sdk.client().evaluate(key, example.flag(), example.attributes());

    assertThat(answer(evaluation)).isEqualTo(example.expected());
    assertEveryWayAgrees(sdk.client(), key, example, evaluation);
    assertEveryWayAgreesLater(sdk.client().async(), key, example, evaluation);
    if (sdk.manager().split(example.flag()) != null) {
      assertSetsAgree(sdk.client(), key, example, evaluation);
    }
  }

  private static Expected answer(Evaluation evaluation) {
    return new Expected(
        evaluation.treatment(), evaluation.config(), evaluation.label(), evaluation.changeNumber());
  }

  private static void assertEveryWayAgrees(
      SplitClient client, Key key, Case example, Evaluation evaluation) {
    String flag = example.flag();
    Map<String, Object> attributes = example.attributes();
    String treatment = evaluation.treatment();
    SplitResult result = evaluation.result();

    assertThat(client.getTreatment(key, flag, attributes)).isEqualTo(treatment);
    assertThat(client.getTreatmentWithConfig(key, flag, attributes)).isEqualTo(result);
    assertThat(client.getTreatments(key, List.of(flag), attributes))
        .isEqualTo(Map.of(flag, treatment));
    assertThat(client.getTreatmentsWithConfig(key, List.of(flag), attributes))
        .isEqualTo(Map.of(flag, result));
    assertThat(client.explain(key, flag, attributes).evaluation()).isEqualTo(evaluation);
    if (key.bucketingKey() == null) {
      assertThat(client.getTreatment(key.matchingKey(), flag, attributes)).isEqualTo(treatment);
    }
  }

  private void assertEveryWayAgreesLater(
      AsyncSplitClient client, Key key, Case example, Evaluation evaluation) {
    String flag = example.flag();
    Map<String, Object> attributes = example.attributes();
    String treatment = evaluation.treatment();
    SplitResult result = evaluation.result();

    assertThat(later.of(client.evaluate(key, flag, attributes))).isEqualTo(evaluation);
    assertThat(later.of(client.getTreatment(key, flag, attributes))).isEqualTo(treatment);
    assertThat(later.of(client.getTreatmentWithConfig(key, flag, attributes))).isEqualTo(result);
    assertThat(later.of(client.getTreatments(key, List.of(flag), attributes)))
        .isEqualTo(Map.of(flag, treatment));
    assertThat(later.of(client.getTreatmentsWithConfig(key, List.of(flag), attributes)))
        .isEqualTo(Map.of(flag, result));
    assertThat(later.of(client.explain(key, flag, attributes)).evaluation()).isEqualTo(evaluation);
  }

  private void assertSetsAgree(SplitClient client, Key key, Case example, Evaluation evaluation) {
    String flag = example.flag();
    Map<String, Object> attributes = example.attributes();
    String set = SpecFile.flagSet(flag);
    List<String> sets = List.of(set);
    AsyncSplitClient async = client.async();

    assertThat(client.evaluateAll(key, attributes)).containsEntry(flag, evaluation);
    for (Map<String, String> treatments :
        List.of(
            client.getTreatmentsByFlagSet(key, set, attributes),
            client.getTreatmentsByFlagSets(key, sets, attributes),
            later.of(async.getTreatmentsByFlagSet(key, set, attributes)),
            later.of(async.getTreatmentsByFlagSets(key, sets, attributes)))) {
      assertThat(treatments).isEqualTo(Map.of(flag, evaluation.treatment()));
    }
    for (Map<String, SplitResult> results :
        List.of(
            client.getTreatmentsWithConfigByFlagSet(key, set, attributes),
            client.getTreatmentsWithConfigByFlagSets(key, sets, attributes),
            later.of(async.getTreatmentsWithConfigByFlagSet(key, set, attributes)),
            later.of(async.getTreatmentsWithConfigByFlagSets(key, sets, attributes)))) {
      assertThat(results).isEqualTo(Map.of(flag, evaluation.result()));
    }
  }
}
