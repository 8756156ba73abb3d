package io.splitio.spring.toggle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.splitio.SplitFactory;
import io.splitio.api.AsyncSplitClient;
import io.splitio.api.SplitClient;
import io.splitio.api.SplitResult;
import io.splitio.spring.toggle.read.InvalidToggleException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.io.support.SpringFactoriesLoader;
import reactor.core.publisher.Mono;

/** An annotation that cannot work stops the application, with a message that says why. */
@ExtendWith(OutputCaptureExtension.class)
@SuppressWarnings({"UnusedMethod", "EffectivelyPrivate"}) // annotations name methods
class BrokenToggleTest {

  record Order(String customer) {}

  static class MissingFallback {
    @FeatureToggle(flag = "on", key = "'a'", fallbackMethod = "payOld")
    String pay(Order order) {
      return "new";
    }

    String payOld(Order order, String reason) {
      return reason;
    }
  }

  static class MisspeltFallback {
    @FeatureToggle(flag = "on", key = "'a'", fallbackMethod = "payOdl")
    String pay(Order order) {
      return "new";
    }

    String payOld(Order order) {
      return "old";
    }
  }

  static class AmbiguousFallback {
    @FeatureToggle(flag = "on", key = "'a'", fallbackMethod = "payOld")
    String pay(Order order) {
      return "new";
    }

    String payOld(Order order) {
      return "old";
    }

    String payOld(Order order, SplitResult why) {
      return "old";
    }
  }

  static class FallbackToItself {
    @FeatureToggle(flag = "on", key = "'a'", fallbackMethod = "pay")
    String pay(Order order) {
      return "new";
    }
  }

  static class FallbackOfOtherType {
    @FeatureToggle(flag = "on", key = "'a'", fallbackMethod = "payOld")
    Mono<String> pay(Order order) {
      return Mono.just("new");
    }

    String payOld(Order order) {
      return "old";
    }
  }

  static class FallbackNeverCalled {
    @FeatureToggle(flag = "on", key = "'a'", fallbackMethod = "payOld", whenOff = WhenOff.THROW)
    String pay() {
      return "new";
    }

    String payOld() {
      return "old";
    }
  }

  static class UnknownBean {
    @FeatureToggle(flag = "on", key = "'a'", fallbackMethod = "missinFallback::payOld")
    String pay(Order order) {
      return "new";
    }
  }

  static class PrivateOfOther {
    @FeatureToggle(flag = "on", key = "'a'", fallbackMethod = "hider::payOld")
    String pay() {
      return "new";
    }
  }

  static class Hider {
    private String payOld() {
      return "old";
    }
  }

  static class UnknownVariantBean {
    @FeatureToggle(
        flag = "on",
        key = "'a'",
        variants = @Variant(treatment = "v2", bean = "unknownVariantBeam"))
    String pay() {
      return "new";
    }
  }

  static class VariantBeanWithoutTheMethod {
    @FeatureToggle(flag = "on", key = "'a'", variants = @Variant(treatment = "v2", bean = "hider"))
    String pay() {
      return "new";
    }
  }

  static class EmptyVariant {
    @FeatureToggle(flag = "on", key = "'a'", variants = @Variant(treatment = "v2"))
    String pay() {
      return "new";
    }
  }

  static class TwoVariants {
    @FeatureToggle(
        flag = "on",
        key = "'a'",
        variants = {
          @Variant(treatment = "v2", method = "other"),
          @Variant(
              treatment = {"v3", "v2"},
              method = "other")
        })
    String pay() {
      return "new";
    }

    String other() {
      return "other";
    }
  }

  static class FinalMethod {
    @FeatureToggle(flag = "on", key = "'a'")
    final String pay(Order order) {
      return "new";
    }
  }

  @FeatureToggle(flag = "on", key = "'a'")
  static class FinalMethodOfAClass {
    public final String pay() {
      return "new";
    }
  }

  static class PrivateMethod {
    @FeatureToggle(flag = "on", key = "'a'")
    private String pay() {
      return "new";
    }
  }

  static class StaticMethod {
    @FeatureToggle(flag = "on", key = "'a'")
    static String pay() {
      return "new";
    }
  }

  static class EmptyPrimitive {
    @FeatureToggle(flag = "on", key = "'a'", whenOff = WhenOff.EMPTY)
    int count() {
      return 1;
    }
  }

  static class SkippedPrimitive {
    @FeatureToggle(flag = "on", key = "'a'", whenOff = WhenOff.SKIP)
    boolean truth() {
      return true;
    }
  }

  static class BlankFlag {
    @FeatureToggle(flag = " ", key = "'a'")
    void pay() {}
  }

  static class UnknownPlaceholder {
    @FeatureToggle(flag = "${shop.flg}", key = "'a'")
    void pay() {}
  }

  static class BadExpression {
    @FeatureToggle(flag = "on", key = "#order..customer")
    void pay(Order order) {}
  }

  static class UnknownParameter {
    @FeatureToggle(flag = "on", key = "#ordr.customer")
    void pay(Order order) {}
  }

  static class UnknownBeanInExpression {
    @FeatureToggle(flag = "on", key = "@hidr.of(#order)")
    void pay(Order order) {}
  }

  static class TypeInExpression {
    @FeatureToggle(flag = "on", key = "T(java.lang.System).getProperty('user.name')")
    void pay() {}
  }

  static class TypeDeepInExpression {
    @FeatureToggle(flag = "on", key = "'a'", attributes = "x={1,2}.![T(java.lang.Math).abs(#this)]")
    void pay() {}
  }

  static class ConstructorInExpression {
    @FeatureToggle(flag = "on", key = "'a'", attributes = "file=new java.io.File('x')")
    void pay() {}
  }

  static class AssignmentInExpression {
    @FeatureToggle(flag = "on", key = "#order.customer = 'a'")
    void pay(Order order) {}
  }

  static class KeyOfWrongType {
    @FeatureToggle("on")
    void pay(@SplitKey Order order) {}
  }

  static class TwoKeys {
    @FeatureToggle("on")
    void pay(@SplitKey String one, @SplitKey String two) {}
  }

  static class UnknownClient {
    @FeatureToggle(flag = "on", key = "'a'", client = "splitClint")
    void pay() {}
  }

  static class ClientOfWrongType {
    @FeatureToggle(flag = "on", key = "'a'", client = "hider")
    void pay() {}
  }

  @FeatureToggle(flag = "on", key = "'a'")
  @Retention(RetentionPolicy.RUNTIME)
  @interface One {}

  static class TwoAtOnePlace {
    @One
    @FeatureToggle(flag = "off", key = "'a'")
    void pay() {}
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of(
            MissingFallback.class,
            "MissingFallback.pay(Order): fallbackMethod = \"payOld\": payOld(Order) was not found",
            "did you mean 'payOld(Order, String)'?"),
        Arguments.of(MisspeltFallback.class, "payOdl(Order) was not found", "mean 'payOld'?"),
        Arguments.of(
            AmbiguousFallback.class,
            "is ambiguous",
            "payOld(Order) and payOld(Order, SplitResult) fit"),
        Arguments.of(FallbackToItself.class, "pay(Order) was not found", "pay(Order)"),
        Arguments.of(
            FallbackOfOtherType.class, "payOld(Order) returns String", "which is not a Mono"),
        Arguments.of(FallbackNeverCalled.class, "never called", "whenOff = THROW"),
        Arguments.of(
            UnknownBean.class, "bean 'missinFallback', which does not", "mean 'missingFallback'?"),
        Arguments.of(PrivateOfOther.class, "payOld() of", "is private"),
        Arguments.of(
            UnknownVariantBean.class,
            "bean 'unknownVariantBeam', which does not",
            "mean 'unknownVariantBean'?"),
        Arguments.of(VariantBeanWithoutTheMethod.class, "pay() was not found in", "Hider"),
        Arguments.of(EmptyVariant.class, "variant [v2]", "neither a method nor a bean"),
        Arguments.of(TwoVariants.class, "two variants", "'v2'"),
        Arguments.of(FinalMethod.class, "FinalMethod.pay(Order) (bean 'finalMethod')", "final"),
        Arguments.of(FinalMethodOfAClass.class, "FinalMethodOfAClass.pay()", "is final"),
        Arguments.of(PrivateMethod.class, "PrivateMethod.pay()", "is private"),
        Arguments.of(StaticMethod.class, "StaticMethod.pay()", "is static"),
        Arguments.of(EmptyPrimitive.class, "EmptyPrimitive.count(): returns int", "no empty value"),
        Arguments.of(SkippedPrimitive.class, "truth(): returns boolean", "no empty value"),
        Arguments.of(BlankFlag.class, "BlankFlag.pay()", "flag is blank"),
        Arguments.of(UnknownPlaceholder.class, "flag = \"${shop.flg}\"", "shop.flg"),
        Arguments.of(BadExpression.class, "key = \"#order..customer\"", "at position 6"),
        Arguments.of(UnknownParameter.class, "uses #ordr at position 0", "mean 'order'?"),
        Arguments.of(UnknownBeanInExpression.class, "bean 'hidr', which does not", "mean 'hider'?"),
        Arguments.of(TypeInExpression.class, "key = \"T(java.lang.System)", "has a type T(...)"),
        Arguments.of(TypeDeepInExpression.class, "attribute x", "has a type T(...)"),
        Arguments.of(ConstructorInExpression.class, "attribute file", "has a constructor"),
        Arguments.of(AssignmentInExpression.class, "key = ", "has an assignment"),
        Arguments.of(KeyOfWrongType.class, "@SplitKey on a Order", "cannot be a key"),
        Arguments.of(TwoKeys.class, "several parameters with @SplitKey", "keep one"),
        Arguments.of(UnknownClient.class, "client = \"splitClint\"", "did you mean 'splitClient'?"),
        Arguments.of(ClientOfWrongType.class, "client = \"hider\"", "not a SplitClient"),
        Arguments.of(TwoAtOnePlace.class, "TwoAtOnePlace.pay()", "two @FeatureToggle"));
  }

  private static Throwable cause(AssertableApplicationContext context) {
    Throwable failure = Objects.requireNonNull(context.getStartupFailure(), "it started");
    return NestedExceptionUtils.getMostSpecificCause(failure);
  }

  private static ApplicationContextRunner with(Class<?> broken) {
    return Shop.with(broken, MissingFallbackStandIn.class, Hider.class);
  }

  /** Gives the suggestions something to find. */
  @Configuration(proxyBeanMethods = false)
  static class MissingFallbackStandIn {
    @Bean
    Hider missingFallback() {
      return new Hider();
    }
  }

  @ParameterizedTest
  @MethodSource("broken")
  void theStartFailsAndSaysWhy(Class<?> broken, String what, String cure) {
    ApplicationContextRunner runner =
        broken == MissingFallback.class ? Shop.with(broken) : with(broken);
    runner.run(
        context -> {
          assertThat(context).hasFailed();
          assertThat(cause(context))
              .isInstanceOf(InvalidToggleException.class)
              .hasMessageContaining(broken.getName())
              .hasMessageContaining(what)
              .hasMessageContaining(cure);
        });
  }

  @Test
  void allProblemsAreToldAtOnceByTheAnalyzer() {
    Shop.with(MissingFallback.class, BlankFlag.class)
        .run(
            context -> {
              FailureAnalysis analysis = analyze(cause(context));
              assertThat(analysis.getDescription())
                  .contains("MissingFallback.pay(Order)", "did you mean", "BlankFlag.pay()");
              assertThat(analysis.getAction()).contains("splitio.toggle.validation");
            });
  }

  private static FailureAnalysis analyze(Throwable failure) {
    List<FailureAnalyzer> analyzers =
        SpringFactoriesLoader.forDefaultResourceLocation(BrokenToggleTest.class.getClassLoader())
            .load(FailureAnalyzer.class, (type, name, thrown) -> {});
    return analyzers.stream()
        .map(analyzer -> analyzer.analyze(failure))
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow();
  }

  @Configuration(proxyBeanMethods = false)
  static class LazyBroken {
    @Bean
    @Lazy
    MissingFallback lazy() {
      throw new AssertionError("made by the check");
    }
  }

  @Test
  void aLazyBeanIsCheckedWithoutBeingMade() {
    Shop.with(LazyBroken.class)
        .run(
            context ->
                assertThat(cause(context))
                    .isInstanceOf(InvalidToggleException.class)
                    .hasMessageContaining("MissingFallback.pay(Order)"));
  }

  @Configuration(proxyBeanMethods = false)
  static class SecondClient {
    @Bean(destroyMethod = "")
    SplitClient second(SplitFactory factory) {
      return factory.client();
    }

    @Bean
    AsyncSplitClient async(SplitFactory factory) {
      return factory.client().async();
    }
  }

  static class NoClientNamed {
    @FeatureToggle(flag = "on", key = "'a'")
    void pay() {}
  }

  static class ClientNamed {
    @FeatureToggle(flag = "on", key = "'a'", client = "second")
    String pay() {
      return "new";
    }
  }

  @Test
  void severalClientsNeedAName() {
    Shop.with(SecondClient.class, NoClientNamed.class)
        .run(
            context ->
                assertThat(cause(context))
                    .hasMessageContaining("NoClientNamed.pay()")
                    .hasMessageContaining("several SplitClient beans")
                    .hasMessageContaining("second"));
  }

  @Test
  void aNamedClientIsAsked() {
    Shop.open(
        shop -> {
          assertThat(shop.bean(ClientNamed.class).pay()).isEqualTo("new");
          assertThat(shop.asked().questions()).isEmpty();
        },
        SecondClient.class,
        ClientNamed.class);
  }

  @Test
  void withWarningsOnlyTheApplicationStartsAndCallsAreRefused(CapturedOutput output) {
    Shop.open(
        Shop.with(MissingFallback.class).withPropertyValues("splitio.toggle.validation=warn"),
        shop ->
            assertThatThrownBy(() -> shop.bean(MissingFallback.class).pay(new Order("ann")))
                .isInstanceOf(FeatureDisabledException.class));
    assertThat(output).contains("@FeatureToggle cannot work").contains("did you mean");
  }

  @Test
  void withoutTheCheckTheFirstCallSaysWhatIsWrong(CapturedOutput output) {
    Shop.open(
        Shop.with(MissingFallback.class).withPropertyValues("splitio.toggle.validation=off"),
        shop -> {
          assertThat(output).doesNotContain("did you mean");
          assertThatThrownBy(() -> shop.bean(MissingFallback.class).pay(new Order("ann")))
              .isInstanceOf(FeatureDisabledException.class);
        });
    assertThat(output).contains("did you mean 'payOld(Order, String)'?");
  }

  @Test
  void aPropertyThatIsMisspeltStopsTheStart() {
    Shop.runner()
        .withPropertyValues("splitio.toggle.odrer=5")
        .run(context -> assertThat(cause(context)).hasMessageContaining("splitio.toggle.odrer"));
  }

  @Test
  void theDefaultOfADefaultStopsTheStart() {
    Shop.runner()
        .withPropertyValues("splitio.toggle.on-control=default")
        .run(
            context -> assertThat(cause(context)).hasMessageContaining("must be OFF, ON or THROW"));
  }

  interface Payment {
    String pay();
  }

  static class FinalBehindAnInterface implements Payment {
    @Override
    @FeatureToggle(flag = "off", key = "'a'", fallbackMethod = "old")
    public final String pay() {
      return "new";
    }

    private String old() {
      return "old";
    }
  }

  @Test
  void aFinalMethodIsSeenByAnInterfaceProxy() {
    Shop.open(
        Shop.with(FinalBehindAnInterface.class)
            .withPropertyValues("spring.aop.proxy-target-class=false"),
        shop -> assertThat(shop.bean(Payment.class).pay()).isEqualTo("old"));
  }
}
