package io.splitio.spring.toggle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.splitio.api.SplitResult;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Scope;

/** A treatment chooses a method or a bean. */
@SuppressWarnings({"UnusedMethod", "EffectivelyPrivate"}) // annotations name methods
class ToggledVariantTest {

  static class Search {
    @FeatureToggle(
        flag = "search",
        key = "'ann'",
        variants = {
          @Variant(treatment = "v2", bean = "vectors"),
          @Variant(
              treatment = {"v3", "v4"},
              method = "hybrid"),
          @Variant(treatment = "v5", bean = "vectors", method = "deep")
        })
    String find(String words) {
      return "plain " + words;
    }

    private String hybrid(String words, SplitResult why) {
      return "hybrid " + why.treatment() + " " + words;
    }
  }

  static class Vectors {
    private final String prefix = "vectors ";

    String find(String words) {
      return prefix + words;
    }

    String deep(String words, SplitResult why) {
      return "deep " + prefix + words + " " + why.treatment();
    }
  }

  static class WithFallback {
    @FeatureToggle(
        flag = "search",
        key = "'ann'",
        fallbackMethod = "vectors::find",
        variants = @Variant(treatment = "v2", method = "second"))
    String find(String words) {
      return "plain " + words;
    }

    String second(String words) {
      return "second " + words;
    }
  }

  private static String find(String treatment) {
    String[] found = new String[1];
    Shop.open(
        shop -> {
          shop.set("search", treatment);
          found[0] = shop.bean(Search.class).find("tea");
          assertThat(shop.asked().questions()).hasSize(1);
        },
        Search.class,
        Vectors.class);
    return found[0];
  }

  @Test
  void aTreatmentChoosesTheSameMethodOfAnotherBean() {
    assertThat(find("v2")).isEqualTo("vectors tea");
  }

  @Test
  void aTreatmentChoosesAMethodOfTheSameClass() {
    assertThat(find("v3")).isEqualTo("hybrid v3 tea");
    assertThat(find("v4")).isEqualTo("hybrid v4 tea");
  }

  @Test
  void aTreatmentChoosesAnotherMethodOfAnotherBean() {
    assertThat(find("v5")).isEqualTo("deep vectors tea v5");
  }

  @Test
  void allOtherTreatmentsRunTheMethodItself() {
    assertThat(find("on")).isEqualTo("plain tea");
    assertThat(find("off")).isEqualTo("plain tea");
    assertThat(find("control")).isEqualTo("plain tea");
  }

  @Test
  void aFallbackOfAnotherBeanRunsForAllTreatmentsThatAreNeitherOnNorVariants() {
    Shop.open(
        shop -> {
          WithFallback search = shop.bean(WithFallback.class);
          shop.set("search", "off");
          assertThat(search.find("tea")).isEqualTo("vectors tea");
          shop.set("search", "on");
          assertThat(search.find("tea")).isEqualTo("plain tea");
          shop.set("search", "v2");
          assertThat(search.find("tea")).isEqualTo("second tea");
        },
        WithFallback.class,
        Vectors.class);
  }

  interface Engine {
    @FeatureToggle(
        flag = "search",
        key = "'ann'",
        variants = {
          @Variant(treatment = "v2", bean = "fast"),
          @Variant(treatment = "v3", bean = "slow")
        })
    String find(String words);
  }

  @Configuration(proxyBeanMethods = false)
  static class Engines {
    @Bean
    @Primary
    Engine slow() {
      return new Slow("slow");
    }

    @Bean({"fast", "quick"})
    Engine fast() {
      return new Slow("fast");
    }
  }

  static class Slow implements Engine {
    static final AtomicInteger made = new AtomicInteger();

    private final String name;
    private boolean fails;

    Slow(String name) {
      this.name = name;
      made.incrementAndGet();
    }

    void fails() {
      fails = true;
    }

    @Override
    public String find(String words) {
      if (fails) {
        throw new IllegalStateException(name);
      }
      return name + " " + words;
    }
  }

  @Test
  void beansThatShareTheAnnotationAreEvaluatedOnceForACall() {
    Shop.open(
        Shop.with(Engines.class),
        shop -> {
          Engine slow = shop.context().getBean("slow", Engine.class);
          shop.set("search", "v2");
          assertThat(slow.find("tea")).isEqualTo("fast tea");
          assertThat(shop.asked().questions()).hasSize(1);
        });
  }

  @Test
  void aBeanThatIsItsOwnVariantRunsItself() {
    Shop.open(
        Shop.with(Engines.class),
        shop -> {
          Engine slow = shop.context().getBean("slow", Engine.class);
          Engine fast = shop.context().getBean("fast", Engine.class);
          shop.set("search", "v3");
          assertThat(slow.find("tea")).isEqualTo("slow tea");
          assertThat(fast.find("tea")).isEqualTo("slow tea");
          shop.set("search", "v2");
          assertThat(fast.find("tea")).isEqualTo("fast tea");
          assertThat(shop.asked().questions()).hasSize(3);
        });
  }

  @Test
  void aCallThatWasSentOnLeavesNoTraceForTheNextOne() {
    Shop.open(
        Shop.with(Engines.class),
        shop -> {
          Engine slow = shop.context().getBean("slow", Engine.class);
          Engine fast = shop.context().getBean("fast", Engine.class);
          shop.set("search", "v2");
          ((Slow) unwrapped(fast)).fails();
          assertThatThrownBy(() -> slow.find("tea")).hasMessage("fast");
          shop.set("search", "v3");
          assertThat(fast.find("tea")).isEqualTo("slow tea");
          assertThat(shop.asked().questions()).hasSize(2);
        });
  }

  private static Object unwrapped(Object proxy) {
    return Objects.requireNonNull(AopProxyUtils.getSingletonTarget(proxy));
  }

  @Configuration(proxyBeanMethods = false)
  static class Prototypes {
    @Bean
    @Scope("prototype")
    Slow slow() {
      return new Slow("slow");
    }

    @Bean
    @Scope("prototype")
    Slow fast() {
      return new Slow("fast");
    }
  }

  @Test
  void aPrototypeThatIsItsOwnVariantRunsItself() {
    Shop.open(
        Shop.with(Prototypes.class),
        shop -> {
          shop.set("search", "v2");
          int before = Slow.made.get();
          assertThat(shop.context().getBean("fast", Slow.class).find("tea")).isEqualTo("fast tea");
          assertThat(shop.context().getBean("slow", Slow.class).find("tea")).isEqualTo("fast tea");
          assertThat(Slow.made).hasValue(before + 3);
          assertThat(shop.asked().questions()).hasSize(2);
        });
  }

  static class Circle {
    @FeatureToggle(flag = "off", key = "'ann'", fallbackMethod = "circle::old")
    String pay() {
      return "new";
    }

    String old() {
      return "old";
    }
  }

  @Test
  void aFallbackOfTheOwnBeanIsCalledOnTheObjectItself() {
    Shop.open(shop -> assertThat(shop.bean(Circle.class).pay()).isEqualTo("old"), Circle.class);
  }

  static class Advised {
    @FeatureToggle(flag = "v2", treatments = "v2", key = "'ann'")
    String find(String words) {
      return "advised " + words;
    }
  }

  static class ToAdvised {
    @FeatureToggle(
        flag = "search",
        key = "'ann'",
        variants = @Variant(treatment = "v2", bean = "advised"))
    String find(String words) {
      return "plain " + words;
    }
  }

  @Test
  void anotherBeanIsCalledThroughItsProxySoItsOwnFlagCounts() {
    Shop.open(
        shop -> {
          shop.set("search", "v2");
          shop.set("v2", "off");
          assertThatThrownBy(() -> shop.bean(ToAdvised.class).find("tea"))
              .isInstanceOf(FeatureDisabledException.class)
              .hasMessageContaining("'v2'");
          assertThat(shop.asked().questions())
              .extracting(Asked.Question::flag)
              .isEqualTo(List.of("search", "v2"));
        },
        ToAdvised.class,
        Advised.class);
  }
}
