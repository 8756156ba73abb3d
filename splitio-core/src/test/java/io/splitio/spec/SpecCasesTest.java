package io.splitio.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.SplitConfig;
import io.splitio.SplitFactory;
import io.splitio.api.AsyncSplitClient;
import io.splitio.api.Evaluation;
import io.splitio.api.Key;
import io.splitio.api.SplitClient;
import io.splitio.api.SplitResult;
import io.splitio.spec.SpecFile.Case;
import io.splitio.spec.SpecFile.Expected;
import io.splitio.testing.LogCapture;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The worked examples of {@code src/test/resources/spec}, through every way of asking. */
class SpecCasesTest {
  private static final List<String> FILES =
      List.of(
          "appendix-a.json",
          "allocation.json",
          "boolean.json",
          "dates.json",
          "dependencies.json",
          "fallbacks.json",
          "global-fallback.json",
          "negation.json",
          "numbers.json",
          "outcomes.json",
          "partitions.json",
          "rule-based-segments.json",
          "semver.json",
          "sets.json",
          "strings.json",
          "unsupported.json");

  private static final Map<String, SplitFactory> sdks = new HashMap<>();
  private static LogCapture log;

  @BeforeAll
  static void open() {
    log = LogCapture.warnings();
  }

  @AfterAll
  static void close() {
    sdks.values().forEach(SplitFactory::close);
    sdks.clear();
    log.close();
  }

  record Asked(SpecFile file, Case example) {
    @Override
    public String toString() {
      return example.toString();
    }
  }

  static Stream<Asked> examples() {
    return FILES.stream()
        .map(SpecFile::read)
        .flatMap(file -> file.cases().stream().map(example -> new Asked(file, example)));
  }

  private static SplitFactory sdk(SpecFile file) {
    return sdks.computeIfAbsent(
        file.name(),
        name ->
            SplitFactory.create(
                file.definitions(),
                SplitConfig.defaults()
                    .withFallbackTreatments(file.fallbacks())
                    .withoutShutdownHook()));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theSpecifiedAnswerIsGiven(Asked asked) {
    Case example = asked.example;
    SplitFactory sdk = sdk(asked.file);
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

  private static void assertEveryWayAgreesLater(
      AsyncSplitClient client, Key key, Case example, Evaluation evaluation) {
    String flag = example.flag();
    Map<String, Object> attributes = example.attributes();
    String treatment = evaluation.treatment();
    SplitResult result = evaluation.result();

    assertThat(client.evaluate(key, flag, attributes)).isCompletedWithValue(evaluation);
    assertThat(client.getTreatment(key, flag, attributes)).isCompletedWithValue(treatment);
    assertThat(client.getTreatmentWithConfig(key, flag, attributes)).isCompletedWithValue(result);
    assertThat(client.getTreatments(key, List.of(flag), attributes))
        .isCompletedWithValue(Map.of(flag, treatment));
    assertThat(client.getTreatmentsWithConfig(key, List.of(flag), attributes))
        .isCompletedWithValue(Map.of(flag, result));
    assertThat(client.explain(key, flag, attributes).join().evaluation()).isEqualTo(evaluation);
  }

  private static void assertSetsAgree(
      SplitClient client, Key key, Case example, Evaluation evaluation) {
    String flag = example.flag();
    Map<String, Object> attributes = example.attributes();
    String set = SpecFile.flagSet(flag);
    List<String> sets = List.of(set);
    AsyncSplitClient later = client.async();

    assertThat(client.evaluateAll(key, attributes)).containsEntry(flag, evaluation);
    for (Map<String, String> treatments :
        List.of(
            client.getTreatmentsByFlagSet(key, set, attributes),
            client.getTreatmentsByFlagSets(key, sets, attributes),
            later.getTreatmentsByFlagSet(key, set, attributes).join(),
            later.getTreatmentsByFlagSets(key, sets, attributes).join())) {
      assertThat(treatments).isEqualTo(Map.of(flag, evaluation.treatment()));
    }
    for (Map<String, SplitResult> results :
        List.of(
            client.getTreatmentsWithConfigByFlagSet(key, set, attributes),
            client.getTreatmentsWithConfigByFlagSets(key, sets, attributes),
            later.getTreatmentsWithConfigByFlagSet(key, set, attributes).join(),
            later.getTreatmentsWithConfigByFlagSets(key, sets, attributes).join())) {
      assertThat(results).isEqualTo(Map.of(flag, evaluation.result()));
    }
  }
}
