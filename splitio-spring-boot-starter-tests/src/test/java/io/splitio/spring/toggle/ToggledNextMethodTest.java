package io.splitio.spring.toggle;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;

/** Calls of other methods with an equal annotation, made by a variant bean. */
class ToggledNextMethodTest {

  @Retention(RetentionPolicy.RUNTIME)
  @FeatureToggle(flag = "v2", key = "#user", variants = @Variant(treatment = "v2", bean = "other"))
  @interface Moved {}

  static class Till {
    @Moved
    String a(String user) {
      return "a of till";
    }

    @Moved
    String b(String user) {
      return "b of till";
    }

    @Moved
    String c(String user) {
      return "c of till";
    }
  }

  /** Has no annotation of its own. */
  static class Other {
    private final ObjectProvider<Till> till;
    private final ObjectProvider<Express> express;

    Other(ObjectProvider<Till> till, ObjectProvider<Express> express) {
      this.till = till;
      this.express = express;
    }

    String a(String user) {
      return "a of other, " + till.getObject().b(user);
    }

    String b(String user) {
      return "b of other";
    }

    String c(String user) {
      return "c of other, " + express.getObject().c(user);
    }
  }

  static class Express {
    @Moved
    String c(String user) {
      return "c of express";
    }
  }

  @Test
  void anotherMethodOfTheSameBeanIsDecided() {
    Shop.open(
        shop -> {
          assertThat(shop.bean(Till.class).a("ana")).isEqualTo("a of other, b of other");
          assertThat(shop.asked().questions()).hasSize(2);
        },
        Till.class,
        Other.class,
        Express.class);
  }

  @Test
  void theSameMethodOfAThirdBeanIsDecidedWhereTheOtherBeanHasNoAnnotation() {
    Shop.open(
        shop -> {
          assertThat(shop.bean(Till.class).c("ana"))
              .isEqualTo("c of other, c of other, c of express");
          assertThat(shop.asked().questions()).hasSize(2);
        },
        Till.class,
        Other.class,
        Express.class);
  }
}
