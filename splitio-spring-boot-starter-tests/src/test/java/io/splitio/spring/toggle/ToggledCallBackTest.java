package io.splitio.spring.toggle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;

/** A variant bean that itself calls the method in whose place it runs. */
class ToggledCallBackTest {

  static class Till {
    @FeatureToggle(
        flag = "search",
        key = "#user",
        variants = {
          @Variant(treatment = "v2", bean = "legacy"),
          @Variant(treatment = "v3", bean = "wrapping")
        })
    String pay(String user) {
      return "new for " + user;
    }
  }

  static class Legacy {
    private final ObjectProvider<Till> till;

    Legacy(ObjectProvider<Till> till) {
      this.till = till;
    }

    String pay(String user) {
      return user.equals("ana")
          ? "legacy for ana, " + till.getObject().pay("ben")
          : "legacy for " + user;
    }
  }

  static class Wrapping {
    private final ObjectProvider<Till> till;

    Wrapping(ObjectProvider<Till> till) {
      this.till = till;
    }

    String pay(String user) {
      return "wrapped " + till.getObject().pay(user);
    }
  }

  @Test
  void aCallForSomebodyElseIsEvaluatedAnew() {
    Shop.open(
        shop -> {
          shop.set("search", "v2");
          assertThat(shop.bean(Till.class).pay("ana")).isEqualTo("legacy for ana, legacy for ben");
          assertThat(shop.asked().questions())
              .extracting(question -> question.key().matchingKey())
              .containsExactly("ana", "ben");
        },
        Till.class,
        Wrapping.class,
        Legacy.class);
  }

  @Test
  void aCallWithTheSameArgumentsReachesTheMethodItself() {
    Shop.open(
        shop -> {
          shop.set("search", "v3");
          assertThat(shop.bean(Till.class).pay("ana")).isEqualTo("wrapped new for ana");
          assertThat(shop.asked().questions()).hasSize(1);
        },
        Till.class,
        Wrapping.class,
        Legacy.class);
  }

  @Test
  void aCallAfterwardsIsEvaluatedAnewWithTheSameArgumentsToo() {
    Shop.open(
        shop -> {
          shop.set("search", "v2");
          shop.bean(Till.class).pay("carl");
          shop.set("search", "on");
          assertThat(shop.bean(Till.class).pay("carl")).isEqualTo("new for carl");
          assertThat(shop.asked().questions()).hasSize(2);
        },
        Till.class,
        Wrapping.class,
        Legacy.class);
  }
}
