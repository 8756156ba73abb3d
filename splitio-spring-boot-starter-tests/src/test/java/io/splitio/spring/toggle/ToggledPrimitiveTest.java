package io.splitio.spring.toggle;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.SplitResult;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;

/** A variant that wraps what it replaces, where arguments are boxed anew at each proxy. */
class ToggledPrimitiveTest {

  static class Till {
    @FeatureToggle(
        flag = "v2",
        key = "#user",
        variants = @Variant(treatment = "v2", bean = "wrapping"))
    String pay(String user, long cents) {
      return cents + " cents of " + user;
    }

    @FeatureToggle(
        flag = "v2",
        key = "#user",
        variants = @Variant(treatment = "v2", bean = "wrapping"))
    String weigh(String user, double grams) {
      return grams + " grams for " + user;
    }

    @FeatureToggle(
        flag = "v2",
        key = "#user",
        variants = @Variant(treatment = "v2", bean = "wrapping"))
    String greet(String user) {
      return "hello " + user;
    }
  }

  static class Wrapping {
    private final ObjectProvider<Till> till;

    Wrapping(ObjectProvider<Till> till) {
      this.till = till;
    }

    String pay(String user, long cents) {
      return "wrapped " + till.getObject().pay(user, cents);
    }

    String weigh(String user, double grams) {
      return "wrapped " + till.getObject().weigh(user, grams);
    }

    String greet(String user, SplitResult result) {
      Till wrapped = till.getObject();
      return result.treatment() + " " + wrapped.greet(user) + ", " + wrapped.greet(user);
    }
  }

  @Test
  void anEqualLongReachesTheMethodItself() {
    Shop.open(
        shop -> {
          assertThat(shop.bean(Till.class).pay("ana", 1000)).isEqualTo("wrapped 1000 cents of ana");
          assertThat(shop.asked().questions()).hasSize(1);
        },
        Till.class,
        Wrapping.class);
  }

  @Test
  void anEqualDoubleReachesTheMethodItself() {
    Shop.open(
        shop -> {
          assertThat(shop.bean(Till.class).weigh("ana", 2.5))
              .isEqualTo("wrapped 2.5 grams for ana");
          assertThat(shop.asked().questions()).hasSize(1);
        },
        Till.class,
        Wrapping.class);
  }

  @Test
  void aVariantThatTakesTheResultMayCallBackAndDoSoTwice() {
    Shop.open(
        shop -> {
          assertThat(shop.bean(Till.class).greet("ana")).isEqualTo("v2 hello ana, hello ana");
          assertThat(shop.asked().questions()).hasSize(1);
        },
        Till.class,
        Wrapping.class);
  }
}
