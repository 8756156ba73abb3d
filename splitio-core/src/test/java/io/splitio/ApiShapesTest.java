package io.splitio;

import static io.splitio.testing.JsonText.allKeys;
import static io.splitio.testing.JsonText.changes;
import static io.splitio.testing.JsonText.condition;
import static io.splitio.testing.JsonText.flag;
import static io.splitio.testing.JsonText.listed;
import static io.splitio.testing.JsonText.object;
import static io.splitio.testing.JsonText.partition;
import static io.splitio.testing.JsonText.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.AsyncSplitClient;
import io.splitio.api.EvaluationOptions;
import io.splitio.api.Impression;
import io.splitio.api.Key;
import io.splitio.api.SplitClient;
import io.splitio.api.SplitResult;
import io.splitio.testing.Definitions;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All shapes of the eight methods of the getTreatment family, now and later, through one body. */
class ApiShapesTest {
  private static final Map<String, Object> ATTRIBUTES = Map.of("plan", "gold");
  private static final EvaluationOptions OPTIONS = new EvaluationOptions(Map.of("page", "home"));
  private static final Key KEY = Key.of("user-1", "acct-9");

  private static final BlockingQueue<Impression> heard = new LinkedBlockingQueue<>();
  private static SplitFactory factory;

  @BeforeAll
  static void open() {
    factory =
        SplitFactory.create(
            Definitions.of(changes(gold("one"), gold("two"))),
            SplitConfig.defaults().withoutShutdownHook().withImpressionListener(heard::add));
  }

  @AfterAll
  static void close() {
    factory.close();
  }

  /**
   * The treatment says what arrived: gold only with the attributes, and the bucket tells the key.
   */
  private static Map<String, Object> gold(String name) {
    List<?> gold = List.of(partition("gold-low", 30), partition("gold-high", 70));
    List<?> plain = List.of(partition("plain-low", 30), partition("plain-high", 70));
    Map<String, Object> flag =
        flag(
            name,
            condition("ROLLOUT", "gold", gold, listed("WHITELIST", "plan", false, List.of("gold"))),
            condition("ROLLOUT", "plain", plain, allKeys()));
    flag.put("configurations", object("gold-low", "gl", "gold-high", "gh", "plain-low", "pl"));
    flag.put("sets", List.of("first"));
    return with(flag, "seed", 2002); // user-1 has bucket 15, acct-9 has bucket 61
  }

  static Stream<Method> shapes() {
    return Stream.of(SplitClient.class, AsyncSplitClient.class)
        .flatMap(type -> Arrays.stream(type.getMethods()))
        .filter(method -> method.getName().startsWith("getTreatment"));
  }

  @Test
  void thereAreSixShapesOfEightMethodsTwice() {
    assertThat(shapes()).hasSize(96);
    assertThat(shapes().map(Method::getName).distinct()).hasSize(8);
    assertThat(shapes().map(ApiShapesTest::signature).distinct()).hasSize(48);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void everyShapePassesOnWhatItIsGiven(Method shape) throws Exception {
    List<Class<?>> parameters = List.of(shape.getParameterTypes());
    boolean later = shape.getDeclaringClass() == AsyncSplitClient.class;

    Object answer =
        shape.invoke(later ? factory.client().async() : factory.client(), arguments(shape));
    Object answered = later ? ((CompletableFuture<?>) answer).join() : answer;

    boolean withKey = parameters.contains(Key.class);
    boolean withAttributes = parameters.contains(Map.class);
    String treatment = (withAttributes ? "gold" : "plain") + (withKey ? "-high" : "-low");
    assertThat(answered).isEqualTo(expected(shape.getName(), treatment));
    int flags = shape.getName().startsWith("getTreatments") ? 2 : 1;
    for (int i = 0; i < flags; i++) {
      Impression impression = heard.poll(10, TimeUnit.SECONDS);
      assertThat(impression).isNotNull();
      assertThat(impression.matchingKey()).isEqualTo("user-1");
      assertThat(impression.bucketingKey()).isEqualTo(withKey ? "acct-9" : null);
      assertThat(impression.attributes()).isEqualTo(withAttributes ? ATTRIBUTES : Map.of());
      assertThat(impression.properties())
          .isEqualTo(
              parameters.contains(EvaluationOptions.class) ? OPTIONS.properties() : Map.of());
      assertThat(impression.treatment()).isEqualTo(treatment);
    }
    assertThat(heard).isEmpty();
  }

  private static Object expected(String method, String treatment) {
    Map<String, String> configs = Map.of("gold-low", "gl", "gold-high", "gh", "plain-low", "pl");
    Object one =
        method.contains("WithConfig")
            ? new SplitResult(treatment, configs.get(treatment))
            : treatment;
    if (!method.startsWith("getTreatments")) {
      return one;
    }
    return Map.of("one", one, "two", one);
  }

  private static Object[] arguments(Method shape) {
    List<Object> arguments = new ArrayList<>();
    Class<?>[] types = shape.getParameterTypes();
    arguments.add(types[0] == Key.class ? KEY : "user-1");
    boolean sets = shape.getName().contains("FlagSet");
    arguments.add(
        types[1] == String.class
            ? (sets ? "first" : "one")
            : sets ? List.of("first") : List.of("one", "two"));
    for (int i = 2; i < types.length; i++) {
      arguments.add(types[i] == Map.class ? ATTRIBUTES : OPTIONS);
    }
    return arguments.toArray();
  }

  private static String signature(Method shape) {
    return shape.getName() + Arrays.toString(shape.getParameterTypes());
  }
}
