package io.splitio.spring.toggle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.springframework.core.annotation.AliasFor;

/** Where the annotation may stand. */
@SuppressWarnings({"UnusedMethod", "EffectivelyPrivate"}) // annotations name methods
class ToggledPlaceTest {

  @FeatureToggle(flag = "off", key = "'ann'", whenOff = WhenOff.THROW)
  static class WholeClass {
    String one() {
      return "one";
    }

    @FeatureToggle(flag = "on", key = "'ann'")
    String two() {
      return "two";
    }

    @Override
    public String toString() {
      return "whole";
    }
  }

  static class Subclass extends WholeClass {
    String three() {
      return "three";
    }
  }

  @Target({ElementType.METHOD, ElementType.TYPE})
  @Retention(RetentionPolicy.RUNTIME)
  @FeatureToggle(flag = "v2", treatments = "v2", whenOff = WhenOff.THROW)
  @interface Beta {
    @AliasFor(annotation = FeatureToggle.class, attribute = "key")
    String user() default "";
  }

  static class Meta {
    @Beta(user = "#user")
    String one(String user) {
      return "one for " + user;
    }
  }

  @Beta(user = "'all'")
  static class MetaClass {
    String one() {
      return "one";
    }
  }

  interface Priced<T> {
    @FeatureToggle(flag = "off", key = "#p0", fallbackMethod = "oldPrice")
    String price(T item);
  }

  static class Prices implements Priced<Integer> {
    @Override
    public String price(Integer item) {
      return "new " + item;
    }

    private String oldPrice(Integer item) {
      return "old " + item;
    }
  }

  abstract static class Base<T> {
    @FeatureToggle(flag = "off", key = "#item", fallbackMethod = "oldPrice")
    public String price(T item) {
      return "new " + item;
    }

    protected String oldPrice(T item) {
      return "old " + item;
    }
  }

  static class Inherited extends Base<String> {}

  static class Overridden extends Base<String> {
    @Override
    public String price(String item) {
      return "newer " + item;
    }
  }

  interface Tagged {
    @FeatureToggle(flag = "off", key = "'ann'", fallbackMethod = "untagged")
    String tag();

    default String untagged() {
      return "untagged";
    }
  }

  static class Plain {
    public String tag() {
      return "tag";
    }
  }

  static class LateTagged extends Plain implements Tagged {}

  interface Keyed {
    @FeatureToggle("on")
    String find(@SplitKey String user, @SplitAttribute("plan") String plan);
  }

  static class KeyedBean implements Keyed {
    @Override
    public String find(String user, String plan) {
      return user + plan;
    }
  }

  @FeatureToggle(flag = "off", key = "'ann'")
  interface WholeInterface {
    String one();
  }

  static class OfWholeInterface implements WholeInterface {
    @Override
    public String one() {
      return "one";
    }
  }

  static class DefaultMethods implements Tagged {
    @Override
    public String tag() {
      return "tag";
    }
  }

  @Test
  void aClassHoldsForItsMethodsAndAMethodWins() {
    Shop.open(
        shop -> {
          WholeClass bean = shop.bean(WholeClass.class);
          assertThatThrownBy(bean::one).isInstanceOf(FeatureDisabledException.class);
          assertThat(bean.two()).isEqualTo("two");
        },
        WholeClass.class);
  }

  @Test
  void classAndMethodDoNotStack() {
    Shop.open(
        shop -> {
          shop.bean(WholeClass.class).two();
          assertThat(shop.asked().only().flag()).isEqualTo("on");
        },
        WholeClass.class);
  }

  @Test
  void aClassDoesNotHoldForToString() {
    Shop.open(
        shop -> {
          WholeClass bean = shop.bean(WholeClass.class);
          assertThat(bean.toString()).isEqualTo("whole");
          assertThat(shop.asked().questions()).isEmpty();
        },
        WholeClass.class);
  }

  @Test
  void aSubclassInheritsTheAnnotationForItsOwnMethodsToo() {
    Shop.open(
        shop -> {
          Subclass bean = shop.bean(Subclass.class);
          assertThatThrownBy(bean::three).isInstanceOf(FeatureDisabledException.class);
          assertThatThrownBy(bean::one).isInstanceOf(FeatureDisabledException.class);
          assertThat(bean.two()).isEqualTo("two");
        },
        Subclass.class);
  }

  @Test
  void anAnnotationOfOnesOwnMayCarryIt() {
    Shop.open(
        shop -> {
          assertThat(shop.bean(Meta.class).one("ann")).isEqualTo("one for ann");
          assertThat(shop.asked().only().key().matchingKey()).isEqualTo("ann");
          shop.set("v2", "on");
          assertThatThrownBy(() -> shop.bean(Meta.class).one("ann"))
              .isInstanceOf(FeatureDisabledException.class);
        },
        Meta.class);
  }

  @Test
  void anAnnotationOfOnesOwnMayStandOnAClass() {
    Shop.open(
        shop -> assertThat(shop.bean(MetaClass.class).one()).isEqualTo("one"), MetaClass.class);
  }

  @Test
  void anInterfaceHoldsForItsImplementationsAlsoWhenGeneric() {
    Shop.open(
        shop -> {
          assertThat(shop.bean(Prices.class).price(5)).isEqualTo("old 5");
          assertThat(price(shop.bean(Prices.class))).isEqualTo("old 6");
          assertThat(shop.asked().questions()).hasSize(2);
        },
        Prices.class);
  }

  /** Calls the bridge method. */
  private static String price(Priced<Integer> prices) {
    return prices.price(6);
  }

  @Test
  void aGenericSuperclassHoldsForInheritedAndOverriddenMethods() {
    Shop.open(
        shop -> {
          assertThat(shop.bean(Inherited.class).price("tea")).isEqualTo("old tea");
          assertThat(shop.bean(Overridden.class).price("tea")).isEqualTo("old tea");
          Base<String> base = shop.bean(Overridden.class);
          assertThat(base.price("milk")).isEqualTo("old milk");
          assertThat(shop.asked().questions()).hasSize(3);
        },
        Inherited.class,
        Overridden.class);
  }

  @Test
  void anInterfaceHoldsForAMethodThatItsSubclassInherits() {
    Shop.open(
        shop -> {
          assertThat(shop.bean(LateTagged.class).tag()).isEqualTo("untagged");
          Plain plain = shop.bean(LateTagged.class);
          assertThat(plain.tag()).isEqualTo("untagged");
        },
        LateTagged.class);
  }

  @Test
  void aFallbackMayBeADefaultMethodOfAnInterface() {
    Shop.open(
        shop -> assertThat(shop.bean(DefaultMethods.class).tag()).isEqualTo("untagged"),
        DefaultMethods.class);
  }

  @Test
  void parametersOfAnInterfaceMayBeKeysAndAttributes() {
    Shop.open(
        shop -> {
          shop.bean(KeyedBean.class).find("ann", "gold");
          assertThat(shop.asked().only().key().matchingKey()).isEqualTo("ann");
          assertThat(shop.asked().only().attributes()).containsEntry("plan", "gold");
        },
        KeyedBean.class);
  }

  @Test
  void anAnnotatedInterfaceHoldsForAllItsMethods() {
    Shop.open(
        shop ->
            assertThatThrownBy(shop.bean(OfWholeInterface.class)::one)
                .isInstanceOf(FeatureDisabledException.class),
        OfWholeInterface.class);
  }
}
