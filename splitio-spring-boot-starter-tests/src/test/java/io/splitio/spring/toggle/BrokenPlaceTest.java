package io.splitio.spring.toggle;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Where an annotation stands: places that no proxy sees. */
@SuppressWarnings({"UnusedMethod", "EffectivelyPrivate"}) // annotations name methods
class BrokenPlaceTest {

  record Order(String customer) {}

  @FeatureToggle(flag = "on", key = "'a'")
  @Retention(RetentionPolicy.RUNTIME)
  @interface One {}

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

  static class TwoAtOnePlace {
    @One
    @FeatureToggle(flag = "off", key = "'a'")
    void pay() {}
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of(FinalMethod.class, "FinalMethod.pay(Order) (bean 'finalMethod')", "final"),
        Arguments.of(FinalMethodOfAClass.class, "FinalMethodOfAClass.pay()", "is final"),
        Arguments.of(PrivateMethod.class, "PrivateMethod.pay()", "is private"),
        Arguments.of(StaticMethod.class, "StaticMethod.pay()", "is static"),
        Arguments.of(TwoAtOnePlace.class, "TwoAtOnePlace.pay()", "two @FeatureToggle"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void theStartFailsAndSaysWhy(Class<?> broken, String what, String cure) {
    BrokenShop.of(broken).saysWhy(broken.getName(), what, cure);
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
