package io.splitio;

import static io.splitio.testing.JsonText.flag;
import static io.splitio.testing.JsonText.listed;
import static io.splitio.testing.JsonText.matcher;
import static io.splitio.testing.JsonText.object;
import static io.splitio.testing.JsonText.rollout;
import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.Evaluation;
import io.splitio.api.EvaluationOptions;
import io.splitio.api.Explanation;
import io.splitio.api.Key;
import io.splitio.api.SplitClient;
import io.splitio.api.TreatmentRequest;
import io.splitio.api.TreatmentRequest.Method;
import io.splitio.testing.Definitions;
import io.splitio.testing.Hostile;
import io.splitio.testing.JsonText;
import io.splitio.testing.LogCapture;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever an application passes in, evaluations answer, and answer soon. */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class HostileInputTest {
  private static final List<String> TEXT_MATCHERS =
      List.of("WHITELIST", "STARTS_WITH", "EQUAL_TO_SET", "CONTAINS_ANY_OF_SET", "IN_LIST_SEMVER");
  private static final List<String> NUMBER_MATCHERS =
      List.of("EQUAL_TO", "GREATER_THAN_OR_EQUAL_TO", "LESS_THAN_OR_EQUAL_TO");

  private final LogCapture log = LogCapture.warnings();
  private final SplitFactory factory =
      SplitFactory.create(
          Definitions.of(JsonText.changes(flags().toArray())),
          SplitConfig.defaults().withoutShutdownHook());
  private final SplitClient client = factory.client();
  private final List<String> names = factory.manager().splitNames();

  @AfterEach
  void close() {
    factory.close();
    log.close();
  }

  private static List<Map<String, Object>> flags() {
    List<Map<String, Object>> flags = new ArrayList<>();
    flags.add(flag("all", rollout("on", JsonText.allKeys())));
    for (String type : TEXT_MATCHERS) {
      flags.add(flag(type, rollout("on", listed(type, "x", false, List.of("1.0.0", "a")))));
    }
    flags.add(
        flag(
            "regex",
            rollout("on", matcher("MATCHES_STRING", "x", false, "stringMatcherData", "a"))));
    flags.add(
        flag(
            "boolean",
            rollout("on", matcher("EQUAL_TO_BOOLEAN", "x", false, "booleanMatcherData", true))));
    for (String type : NUMBER_MATCHERS) {
      flags.add(flag(type, rollout("on", number(type, "NUMBER"))));
      flags.add(flag(type + "-date", rollout("on", number(type, "DATETIME"))));
    }
    flags.forEach(flag -> flag.put("sets", List.of("all")));
    return flags;
  }

  private static Map<String, Object> number(String type, String dataType) {
    return matcher(
        type, "x", false, "unaryNumericMatcherData", object("dataType", dataType, "value", 5));
  }

  static List<Supplier<Throwable>> failures() {
    return Hostile.failures();
  }

  @ParameterizedTest
  @MethodSource("failures")
  void anAttributeMapThatThrowsFailsTheEvaluationOnly(Supplier<Throwable> failure) {
    Evaluation evaluation = client.evaluate(Key.of("u"), "WHITELIST", Hostile.map(failure));

    assertThat(evaluation.treatment()).isEqualTo("control");
    assertThat(evaluation.label()).isEqualTo("exception");
    assertThat(evaluation.changeNumber()).isEqualTo(7);
    askEverything(Key.of("u"), Hostile.map(failure));
    assertThat(log.lines()).filteredOn(line -> line.contains("'WHITELIST'")).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void anAttributeThatThrowsAnswersAllTheSame(Supplier<Throwable> failure) {
    for (Object value :
        Arrays.asList(
            Hostile.value(failure),
            Hostile.number(failure),
            Hostile.list(failure),
            List.of(Hostile.value(failure)),
            new Object[] {Hostile.value(failure)})) {
      askEverything(Key.of("u"), Map.of("x", value));
    }
  }

  @ParameterizedTest
  @MethodSource("failures")
  void anAttributeThatCannotBeShownSpoilsNoExplanation(Supplier<Throwable> failure) {
    Explanation explanation =
        client.explain(Key.of("u"), "WHITELIST", Map.of("x", Hostile.value(failure)));

    assertThat(explanation.evaluation().label()).isEqualTo("default rule");
    assertThat(explanation.steps()).noneMatch(step -> step.kind() == Explanation.Kind.ERROR);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void listsOfNamesThatThrowAreAnsweredWithNothing(Supplier<Throwable> failure) {
    List<String> list = Hostile.list(failure);

    assertThat(client.getTreatments("u", list)).isEmpty();
    assertThat(client.getTreatmentsWithConfigByFlagSets("u", list)).isEmpty();
    assertThat(client.async().getTreatments("u", list)).isCompletedWithValue(Map.of());
  }

  @ParameterizedTest
  @MethodSource("failures")
  void propertiesThatThrowLoseTheEventOnly(Supplier<Throwable> failure) {
    assertThat(client.track("u", "user", "e", Hostile.map(failure))).isFalse();
    assertThat(client.track("u", "user", "e", Map.of("p", Hostile.value(failure)))).isTrue();
    EvaluationOptions options = new EvaluationOptions(Map.of("p", Hostile.value(failure)));
    assertThat(client.getTreatment("u", "all", options)).isEqualTo("on");
  }

  @Test
  void aViewThatThrowsIsAnsweredWithNothing() {
    TreatmentRequest request =
        new TreatmentRequest(
            Method.TREATMENTS, Key.of("u"), List.of("all"), Map.of(), EvaluationOptions.none());

    Map<String, String> answers =
        client.evaluate(
            request,
            evaluation -> {
              throw new IllegalStateException("view");
            });

    assertThat(answers).isEmpty();
  }

  @Test
  @SuppressWarnings("NullAway") // nothing but null everywhere
  void nullIsAnsweredLikeAnyOtherMistake() {
    assertThat(client.getTreatment((String) null, null)).isEqualTo("control");
    assertThat(client.getTreatment((Key) null, null, null, null)).isEqualTo("control");
    assertThat(client.getTreatment("u", "all", null, null)).isEqualTo("on");
    assertThat(client.getTreatments((String) null, null, null, null)).isEmpty();
    assertThat(client.getTreatments("u", Arrays.asList("all", null), null, null))
        .containsExactly(Map.entry("all", "on"));
    assertThat(client.getTreatmentsByFlagSet("u", null)).isEmpty();
    assertThat(client.getTreatmentsByFlagSets("u", Collections.singletonList(null))).isEmpty();
    assertThat(client.evaluate(null, null)).isEmpty();
    assertThat(client.evaluate(null, null, null, null, null).treatment()).isEqualTo("control");
    assertThat(client.evaluateAll(null, null)).isEmpty();
    assertThat(client.evaluateAll(null, null).get(null)).isNull();
    assertThat(client.evaluateAll(Key.of("u"), null)).hasSameSizeAs(names);
    assertThat(client.explain(null, null, null).evaluation().treatment()).isEqualTo("control");
    assertThat(client.track(null, null, null)).isFalse();
    assertThat(client.track("u", "user", "e", (Map<String, Object>) null)).isTrue();
    assertThat(client.async().evaluate(null, null, null).join().treatment()).isEqualTo("control");
    assertThat(factory.manager().split(null)).isNull();
    assertThat(factory.manager().async().split(null).join()).isEmpty();
  }

  @Test
  void immutableCollectionsAreTakenEverywhere() {
    Map<String, Object> attributes = Map.of("x", List.of("a"), "y", Set.of("b"), "z", Map.of());
    EvaluationOptions options = new EvaluationOptions(Map.of("p", 1));
    Key key = Key.of("u");

    assertThat(client.getTreatment(key, "all", attributes, options)).isEqualTo("on");
    assertThat(client.getTreatments(key, List.of("all"), Map.of(), options)).hasSize(1);
    assertThat(client.getTreatmentsByFlagSets(key, List.of("all"), attributes, options))
        .hasSameSizeAs(names);
    assertThat(client.getTreatmentsWithConfigByFlagSets("u", Collections.unmodifiableList(names)))
        .hasSameSizeAs(names);
    assertThat(client.evaluateAll(key, Map.of())).hasSameSizeAs(names);
    assertThat(client.evaluateAll(key, attributes)).hasSameSizeAs(names);
    assertThat(client.evaluateAll(key, attributes).values())
        .extracting(Evaluation::label)
        .doesNotContain("exception");
    assertThat(client.explain(key, "EQUAL_TO_SET", attributes).evaluation().treatment())
        .isEqualTo("off");
    assertThat(client.track("u", "user", "e", Map.of())).isTrue();
    assertThat(log.lines()).noneMatch(line -> line.contains("failed"));
  }

  @Test
  void elementsWithoutATextCountForNothing() {
    Object silent =
        new Object() {
          @Override
          @SuppressWarnings({"NullAway", "ToStringReturnsNull"}) // what some classes do
          public String toString() {
            return null;
          }
        };

    assertThat(
            client
                .evaluate(Key.of("u"), "CONTAINS_ANY_OF_SET", Map.of("x", List.of(silent)))
                .label())
        .isEqualTo("default rule");
  }

  @Test
  void collectionsThatContainThemselvesAreAnswered() {
    askEverything(Key.of("u"), Map.of("x", Hostile.selfContaining()));
  }

  @Test
  @Timeout(value = 5, threadMode = ThreadMode.SEPARATE_THREAD)
  void numbersOfAnySizeAreAnsweredSoon() {
    BigInteger millionDigits = BigInteger.ONE.shiftLeft(3_321_928);
    List<Number> numbers =
        List.of(
            millionDigits.negate(),
            new BigDecimal(millionDigits),
            new BigDecimal(millionDigits, 999_995),
            new BigDecimal(millionDigits.negate(), Integer.MAX_VALUE),
            new BigDecimal(BigInteger.ONE.negate(), Integer.MIN_VALUE),
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            Double.MAX_VALUE,
            Long.MIN_VALUE);
    for (Number number : numbers) {
      for (String flag : List.of("EQUAL_TO", "EQUAL_TO-date", "WHITELIST")) {
        Map<String, Object> attributes = Map.of("x", number);
        assertThat(client.evaluate(Key.of("u"), flag, attributes).treatment()).isEqualTo("off");
        assertThat(client.explain(Key.of("u"), flag, attributes).toString()).contains(flag);
      }
    }
  }

  @Test
  void fractionsOfAMillisecondAreCutOffDownwards() {
    BigDecimal justBefore1970 = new BigDecimal(BigInteger.ONE.negate(), Integer.MAX_VALUE);

    assertThat(client.getTreatment("u", "LESS_THAN_OR_EQUAL_TO-date", Map.of("x", justBefore1970)))
        .isEqualTo("on");
    assertThat(client.getTreatment("u", "EQUAL_TO-date", Map.of("x", justBefore1970)))
        .isEqualTo("off");
    assertThat(client.getTreatment("u", "EQUAL_TO-date", Map.of("x", justBefore1970.negate())))
        .isEqualTo("on");
  }

  @Test
  void keysAreMeasuredInCharactersAndNeverTooLong() {
    assertThat(client.getTreatment("k".repeat(250), "all")).isEqualTo("on");
    assertThat(client.getTreatment("k".repeat(251), "all")).isEqualTo("control");
    assertThat(client.getTreatment("k".repeat(64 << 20), "all")).isEqualTo("control");
    assertThat(client.getTreatment(Key.of("k", "b".repeat(251)), "all", Map.of()))
        .isEqualTo("control");
    askEverything(Key.of("😀".repeat(125)), Map.of("x", "k".repeat(16 << 20)));
  }

  @Test
  void textNobodyWritesIsAnswered() {
    for (String text :
        List.of(
            "\uD83D", "\uDE00x", "\u0000", "\r\n", "\u202Eabc", " ", "${jndi:ldap://x}", "%s{}")) {
      askEverything(Key.of(text, text), Map.of("x", text, text, text));
      assertThat(client.getTreatment(text, text)).isEqualTo("control");
      assertThat(client.getTreatmentsByFlagSet("u", text)).isEmpty();
      assertThat(client.track("u", text, text)).isFalse();
    }
    assertThat(log.lines()).noneMatch(line -> line.contains("\n") || line.contains("\r"));
    assertThat(log.lines()).noneMatch(line -> line.contains("\u202E") || line.contains("\u0000"));
    assertThat(log.lines()).anyMatch(line -> line.contains("${jndi:ldap://x}"));
  }

  @Test
  void anInterruptedCallerGetsAnAnswerAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    try {
      askEverything(Key.of("u"), Map.of("x", "a"));
      assertThat(client.getTreatment("u", "all")).isEqualTo("on");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void attributesThatChangeMeanwhileAreAnswered() throws Exception {
    Map<String, Object> attributes = new HashMap<>();
    List<Object> list = new ArrayList<>();
    attributes.put("x", list);
    Thread writer =
        new Thread(
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                list.add("a");
                if (list.size() > 100) {
                  list.clear();
                }
              }
            });
    writer.start();
    try {
      for (int i = 0; i < 2_000; i++) {
        assertThat(client.getTreatment("u", "EQUAL_TO_SET", attributes))
            .isIn("on", "off", "control");
      }
    } finally {
      writer.interrupt();
      writer.join(Duration.ofSeconds(10).toMillis());
    }
  }

  private void askEverything(Key key, Map<String, Object> attributes) {
    for (String name : names) {
      assertThat(client.evaluate(key, name, attributes).treatment()).isIn("on", "off", "control");
      assertThat(client.explain(key, name, attributes).toString()).contains(name);
    }
    assertThat(client.evaluateAll(key, attributes)).hasSizeLessThanOrEqualTo(names.size());
    assertThat(client.evaluate(request(key, attributes), Evaluation::treatment))
        .hasSameSizeAs(names);
    assertThat(client.async().evaluateAll(key, attributes)).isCompleted();
    assertThat(client.async().explain(key, "regex", attributes)).isCompleted();
  }

  private TreatmentRequest request(Key key, Map<String, Object> attributes) {
    return new TreatmentRequest(
        Method.TREATMENTS, key, names, attributes, EvaluationOptions.none());
  }
}
