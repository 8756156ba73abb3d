package io.splitio.spring.toggle;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.Key;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Who is asked for, and with which attributes. */
@ExtendWith(OutputCaptureExtension.class)
@SuppressWarnings({"UnusedMethod", "EffectivelyPrivate"}) // annotations name methods
class ToggledKeyTest {

  public record User(@Nullable String id, @Nullable String plan) {
    public String name() {
      return "name of " + id;
    }

    public String fails() {
      throw new IllegalStateException("secret of " + id);
    }
  }

  public static class Keys {
    public String of(User user) {
      return "key of " + user.id();
    }
  }

  static class Till {
    @FeatureToggle(flag = "on", key = "#user.id")
    void property(User user) {}

    @FeatureToggle(flag = "on", key = "#user.name()")
    void method(User user) {}

    @FeatureToggle(flag = "on", key = "#p0")
    void position(Object anything) {}

    @FeatureToggle(flag = "on", key = "@keys.of(#user)")
    void bean(User user) {}

    @FeatureToggle(flag = "on", key = "#user.id", bucketingKey = "#account")
    void bucketed(User user, String account) {}

    @FeatureToggle("on")
    void parameter(@SplitKey String user) {}

    @FeatureToggle("on")
    void numberParameter(@SplitKey long user) {}

    @FeatureToggle("on")
    void keyParameter(@SplitKey Key key) {}

    @FeatureToggle("on")
    void optionalParameter(@SplitKey Optional<String> key) {}

    @FeatureToggle(flag = "on", key = "#written")
    void both(String written, @SplitKey String parameter) {}

    @FeatureToggle("on")
    void none() {}

    @FeatureToggle(flag = "on", key = "#user.fails()")
    void failing(User user) {}

    @FeatureToggle(flag = "on", key = "#map.id")
    void map(Map<String, Object> map) {}

    @FeatureToggle(
        flag = "on",
        key = "#user.id",
        attributes = {"plan=#user.plan", "age = 3 + 4", "vip=#user.plan == 'gold'"})
    void attributes(User user) {}

    @FeatureToggle(flag = "on", key = "'ann'", attributes = "#all")
    void wholeMap(@Nullable Map<String, Object> all) {}

    @FeatureToggle(flag = "on", key = "'ann'", attributes = "{plan: #plan, tags: {'a', 'b'}}")
    void literalMap(String plan) {}

    @FeatureToggle(flag = "on", key = "'ann'", attributes = "plan='written'")
    void attributeParameters(
        @SplitAttribute String city,
        @SplitAttribute("age") int years,
        @SplitAttribute("plan") String plan) {}

    @FeatureToggle(flag = "on", key = "'ann'", attributes = "#plan")
    void notAMap(String plan) {}
  }

  private static ApplicationContextRunner runner() {
    return Shop.with(Till.class, Keys.class);
  }

  private static Asked.Question ask(Consumer<Till> call) {
    return ask(runner(), call).get(0);
  }

  private static List<Asked.Question> ask(ApplicationContextRunner runner, Consumer<Till> call) {
    List<Asked.Question> questions = new ArrayList<>();
    Shop.open(
        runner,
        shop -> {
          call.accept(shop.bean(Till.class));
          questions.addAll(shop.asked().questions());
        });
    return questions;
  }

  @Test
  void aKeyIsAPropertyOfAnArgument() {
    assertThat(ask(till -> till.property(new User("ann", null))).key()).isEqualTo(Key.of("ann"));
  }

  @Test
  void aKeyIsTheAnswerOfAMethod() {
    assertThat(ask(till -> till.method(new User("ann", null))).key())
        .isEqualTo(Key.of("name of ann"));
  }

  @Test
  void aKeyIsTheAnswerOfABean() {
    assertThat(ask(till -> till.bean(new User("ann", null))).key()).isEqualTo(Key.of("key of ann"));
  }

  @Test
  void aKeyIsAnEntryOfAMap() {
    assertThat(ask(till -> till.map(Map.of("id", 5))).key()).isEqualTo(Key.of("5"));
  }

  @Test
  void aBucketingKeyGoesAlong() {
    assertThat(ask(till -> till.bucketed(new User("ann", null), "acme")).key())
        .isEqualTo(Key.of("ann", "acme"));
  }

  @Test
  void aBlankBucketingKeyIsLeftOut() {
    assertThat(ask(till -> till.bucketed(new User("ann", null), " ")).key())
        .isEqualTo(Key.of("ann"));
  }

  @Test
  void numbersAndTheLikeAreKeys() {
    assertThat(ask(till -> till.position(42)).key()).isEqualTo(Key.of("42"));
    assertThat(ask(till -> till.position(new BigDecimal("4.20"))).key()).isEqualTo(Key.of("4.20"));
    assertThat(ask(till -> till.position(new UUID(1, 2))).key().matchingKey())
        .isEqualTo("00000000-0000-0001-0000-000000000002");
    assertThat(ask(till -> till.position(WhenOff.SKIP)).key()).isEqualTo(Key.of("SKIP"));
    assertThat(ask(till -> till.position(Optional.of("ann"))).key()).isEqualTo(Key.of("ann"));
  }

  @Test
  void parametersAreKeys() {
    assertThat(ask(till -> till.parameter("ann")).key()).isEqualTo(Key.of("ann"));
    assertThat(ask(till -> till.numberParameter(7L)).key()).isEqualTo(Key.of("7"));
    assertThat(ask(till -> till.keyParameter(Key.of("ann", "acme"))).key())
        .isEqualTo(Key.of("ann", "acme"));
    assertThat(ask(till -> till.optionalParameter(Optional.of("ann"))).key())
        .isEqualTo(Key.of("ann"));
  }

  @Test
  void theExpressionComesBeforeTheParameterAndTheDefault() {
    var runner = runner().withPropertyValues("splitio.toggle.default-key=nobody");
    assertThat(ask(runner, till -> till.both("ann", "bob")).get(0).key()).isEqualTo(Key.of("ann"));
    assertThat(ask(runner, till -> till.both("", "bob")).get(0).key()).isEqualTo(Key.of("bob"));
    assertThat(ask(runner, till -> till.both("", " ")).get(0).key()).isEqualTo(Key.of("nobody"));
    assertThat(ask(runner, Till::none).get(0).key()).isEqualTo(Key.of("nobody"));
  }

  @Test
  void aCallWithoutAKeyIsUndecidedAndThatIsSaidOnce(CapturedOutput output) {
    var runner = runner().withPropertyValues("splitio.toggle.on-control=throw");
    Shop.open(
        runner,
        shop -> {
          Till till = shop.bean(Till.class);
          assertThat(refused(() -> till.property(new User(null, null)))).isTrue();
          assertThat(refused(() -> till.property(new User(" ", null)))).isTrue();
          assertThat(shop.asked().questions()).isEmpty();
        });
    assertThat(output.getAll().split("called without a key", -1)).hasSize(2);
    assertThat(output).contains("Till.property(User) was called without a key for flag 'on'");
  }

  private static boolean refused(Runnable call) {
    try {
      call.run();
      return false;
    } catch (FeatureDisabledException e) {
      return e.result().treatment().equals("control");
    }
  }

  @Test
  void aTooLongKeyIsUndecided() {
    var runner = runner().withPropertyValues("splitio.toggle.on-control=throw");
    Shop.open(
        runner,
        shop ->
            assertThat(refused(() -> shop.bean(Till.class).parameter("x".repeat(251)))).isTrue());
  }

  @Test
  void anExpressionThatFailsIsUndecidedAndSaysSoOnceWithoutTheUsersData(CapturedOutput output) {
    var runner = runner().withPropertyValues("splitio.toggle.on-control=throw");
    Shop.open(
        runner,
        shop -> {
          Till till = shop.bean(Till.class);
          assertThat(refused(() -> till.failing(new User("ann", null)))).isTrue();
          assertThat(refused(() -> till.failing(new User("ann", null)))).isTrue();
        });
    assertThat(output.getAll().split("could not be evaluated", -1)).hasSize(2);
    assertThat(output).doesNotContain("secret of");
  }

  @Test
  void somethingThatIsNoKeyIsUndecided() {
    var runner = runner().withPropertyValues("splitio.toggle.on-control=throw");
    Shop.open(
        runner,
        shop ->
            assertThat(refused(() -> shop.bean(Till.class).position(new User("ann", null))))
                .isTrue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "T(java.lang.Runtime).getRuntime().exec('touch /tmp/x')",
        "new java.io.File('x').createNewFile()",
        "#{T(java.lang.System).exit(1)}",
        "${splitio.api-key}",
        "@keys.of(null)",
        "#p0",
      })
  void whatAUserSendsIsNeverReadAsAnExpression(String hostile) {
    var asked = ask(till -> till.attributes(new User(hostile, hostile)));
    assertThat(asked.key().matchingKey()).isEqualTo(hostile);
    assertThat(asked.attributes()).containsEntry("plan", hostile);
  }

  @Test
  void aParameterIsPassedWithoutBeingLookedAt() {
    AtomicInteger touched = new AtomicInteger();
    Object hostile =
        new Object() {
          @Override
          public String toString() {
            touched.incrementAndGet();
            throw new IllegalStateException();
          }

          public String getPlan() {
            touched.incrementAndGet();
            return "gold";
          }
        };
    Shop.open(runner(), shop -> shop.bean(Till.class).position(hostile));
    assertThat(touched).hasValue(0);
  }

  @Test
  void attributesAreExpressionsByName() {
    assertThat(ask(till -> till.attributes(new User("ann", "gold"))).attributes())
        .isEqualTo(Map.of("plan", "gold", "age", 7, "vip", true));
  }

  @Test
  void anAttributeThatIsNullIsLeftOut() {
    assertThat(ask(till -> till.attributes(new User("ann", null))).attributes())
        .isEqualTo(Map.of("age", 7, "vip", false));
  }

  @Test
  void attributesMayBeAWholeMap() {
    Map<String, Object> all = new HashMap<>();
    all.put("plan", "gold");
    all.put("none", null);
    assertThat(ask(till -> till.wholeMap(all)).attributes()).isEqualTo(Map.of("plan", "gold"));
    assertThat(ask(till -> till.wholeMap(null)).attributes()).isEmpty();
    assertThat(ask(till -> till.literalMap("gold")).attributes())
        .isEqualTo(Map.of("plan", "gold", "tags", List.of("a", "b")));
  }

  @Test
  void parametersAreAttributesAndTheAnnotationWins() {
    assertThat(ask(till -> till.attributeParameters("Bern", 30, "parameter")).attributes())
        .isEqualTo(Map.of("city", "Bern", "age", 30, "plan", "written"));
  }

  @Test
  void attributesThatAreNoMapLeaveTheCallUndecided() {
    assertThat(ask(runner(), till -> till.notAMap("gold"))).isEmpty();
  }
}
