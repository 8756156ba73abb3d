package io.splitio.spring.toggle;

import static io.splitio.spring.toggle.WhenOff.THROW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.splitio.api.SplitResult;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.annotation.AliasFor;

/** The annotation as its design shows it to users, word for word. */
class ToggledExampleTest {

  record User(String id, String plan) {}

  record Cart(int total) {}

  record Receipt(String text) {}

  record Hit(String text) {}

  static class Checkout {
    @FeatureToggle(
        flag = "new-checkout",
        key = "#user.id",
        attributes = "plan=#user.plan",
        fallbackMethod = "payOld")
    public Receipt pay(User user, Cart cart) {
      return new Receipt("new for " + user.id());
    }

    Receipt payOld(User user, Cart cart, SplitResult why) {
      return new Receipt("old for " + user.id() + ", because " + why.treatment());
    }
  }

  static class Search {
    @FeatureToggle(
        flag = "search",
        key = "'ann'",
        variants = {
          @Variant(treatment = "v2", bean = "vectorSearch"),
          @Variant(treatment = "v3", method = "hybrid")
        })
    public List<Hit> search(String q) {
      return List.of(new Hit("plain " + q));
    }

    List<Hit> hybrid(String q) {
      return List.of(new Hit("hybrid " + q));
    }
  }

  static class VectorSearch {
    public List<Hit> search(String q) {
      return List.of(new Hit("vectors " + q));
    }
  }

  @Target({ElementType.METHOD, ElementType.TYPE})
  @Retention(RetentionPolicy.RUNTIME)
  @FeatureToggle(flag = "beta-api", whenOff = THROW)
  public @interface Beta {
    @AliasFor(annotation = FeatureToggle.class, attribute = "key")
    String user() default "";
  }

  static class Api {
    @Beta(user = "#name")
    public String hello(String name) {
      return "hello " + name;
    }
  }

  @Test
  void aFallbackMethodRunsWhenTheFlagIsOff() {
    Shop.open(
        shop -> {
          User ann = new User("ann", "gold");
          shop.set("new-checkout", "on");
          assertThat(shop.bean(Checkout.class).pay(ann, new Cart(1)).text())
              .isEqualTo("new for ann");
          assertThat(shop.asked().only().attributes()).isEqualTo(Map.of("plan", "gold"));
          shop.set("new-checkout", "off");
          assertThat(shop.bean(Checkout.class).pay(ann, new Cart(1)).text())
              .isEqualTo("old for ann, because off");
        },
        Checkout.class);
  }

  @Test
  void variantsChooseABeanOrAMethodAndOtherTreatmentsTheMethodItself() {
    Shop.open(
        shop -> {
          Search search = shop.bean(Search.class);
          shop.set("search", "v2");
          assertThat(search.search("tea")).containsExactly(new Hit("vectors tea"));
          shop.set("search", "v3");
          assertThat(search.search("tea")).containsExactly(new Hit("hybrid tea"));
          shop.set("search", "off");
          assertThat(search.search("tea")).containsExactly(new Hit("plain tea"));
        },
        Search.class,
        VectorSearch.class);
  }

  @Test
  void anAnnotationOfOnesOwnRefuses() {
    Shop.open(
        shop -> {
          shop.set("beta-api", "on");
          assertThat(shop.bean(Api.class).hello("ann")).isEqualTo("hello ann");
          shop.set("beta-api", "off");
          assertThatThrownBy(() -> shop.bean(Api.class).hello("ann"))
              .isInstanceOf(FeatureDisabledException.class);
        },
        Api.class);
  }
}
