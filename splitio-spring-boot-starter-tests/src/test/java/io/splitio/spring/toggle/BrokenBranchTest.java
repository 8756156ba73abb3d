package io.splitio.spring.toggle;

import io.splitio.api.SplitResult;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

/** What shall run instead: fallback methods, variants, and empty answers that cannot be. */
@SuppressWarnings({"UnusedMethod", "EffectivelyPrivate"}) // annotations name methods
class BrokenBranchTest {

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
    @FeatureToggle(flag = "on", key = "'a'", fallbackMethod = "hidr::payOld")
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
        Arguments.of(UnknownBean.class, "bean 'hidr', which does not", "mean 'hider'?"),
        Arguments.of(PrivateOfOther.class, "payOld() of", "is private"),
        Arguments.of(
            UnknownVariantBean.class,
            "bean 'unknownVariantBeam', which does not",
            "mean 'unknownVariantBean'?"),
        Arguments.of(VariantBeanWithoutTheMethod.class, "pay() was not found in", "Hider"),
        Arguments.of(EmptyVariant.class, "variant [v2]", "neither a method nor a bean"),
        Arguments.of(TwoVariants.class, "two variants", "'v2'"),
        Arguments.of(EmptyPrimitive.class, "EmptyPrimitive.count(): returns int", "no empty value"),
        Arguments.of(SkippedPrimitive.class, "truth(): returns boolean", "no empty value"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void theStartFailsAndSaysWhy(Class<?> broken, String what, String cure) {
    BrokenShop.of(broken).saysWhy(broken.getName(), what, cure);
  }
}
