package io.splitio.spring.toggle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.SimpleThreadScope;
import org.springframework.core.PriorityOrdered;

/** Every kind of proxy, and every way a bean comes to be. */
@ExtendWith(OutputCaptureExtension.class)
@SuppressWarnings({"UnusedMethod", "EffectivelyPrivate"}) // annotations name methods
class ToggledProxyTest {

  interface Payment {
    String pay(String user);
  }

  static class CardPayment implements Payment {
    private final String field = "old";

    @Override
    @FeatureToggle(flag = "off", key = "#user", fallbackMethod = "payOld")
    public String pay(String user) {
      return "new for " + user;
    }

    private String payOld(String user) {
      return field + " for " + user;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spring.aop.proxy-target-class=true",
        "spring.aop.proxy-target-class=false",
        "spring.aop.auto=false",
      })
  void flagsDecideWhateverKindOfProxyIsAskedFor(String property) {
    Shop.open(
        Shop.with(CardPayment.class).withPropertyValues(property),
        shop -> {
          Payment payment = shop.bean(Payment.class);
          assertThat(AopUtils.isJdkDynamicProxy(payment))
              .isEqualTo(property.equals("spring.aop.proxy-target-class=false"));
          assertThat(payment.pay("ann")).isEqualTo("old for ann");
          shop.set("off", "on");
          assertThat(payment.pay("ann")).isEqualTo("new for ann");
        });
  }

  @Test
  void flagsDecideOnInterfaceProxiesWithoutSpringBootsProxies() {
    Shop.open(
        Shop.with(CardPayment.class)
            .withPropertyValues("spring.aop.auto=false", "spring.aop.proxy-target-class=false"),
        shop -> {
          assertThat(AopUtils.isJdkDynamicProxy(shop.bean(Payment.class))).isTrue();
          assertThat(shop.bean(Payment.class).pay("ann")).isEqualTo("old for ann");
        });
  }

  @Configuration(proxyBeanMethods = false)
  static class Kinds {
    static final AtomicInteger lazyMade = new AtomicInteger();

    @Bean
    @Lazy
    CardPayment lazy() {
      lazyMade.incrementAndGet();
      return new CardPayment();
    }

    @Bean
    @Scope("prototype")
    CardPayment prototype() {
      return new CardPayment();
    }

    @Bean
    @Scope(scopeName = "thread", proxyMode = ScopedProxyMode.TARGET_CLASS)
    CardPayment scoped() {
      return new CardPayment();
    }

    @Bean
    FactoryBean<Payment> made() {
      return new FactoryBean<>() {
        @Override
        public Payment getObject() {
          return new CardPayment();
        }

        @Override
        public Class<?> getObjectType() {
          return Payment.class;
        }
      };
    }
  }

  private static ApplicationContextRunner kinds() {
    return Shop.with(Kinds.class)
        .withInitializer(
            context -> context.getBeanFactory().registerScope("thread", new SimpleThreadScope()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lazy", "prototype", "scoped", "made"})
  void flagsDecideHoweverABeanComesToBe(String name) {
    Shop.open(
        kinds(),
        shop -> {
          Payment payment = shop.context().getBean(name, Payment.class);
          assertThat(payment.pay("ann")).isEqualTo("old for ann");
          assertThat(shop.asked().questions()).hasSize(1);
        });
  }

  @Test
  void theCheckAtStartMakesNoLazyBean() {
    int before = Kinds.lazyMade.get();
    Shop.open(kinds(), shop -> assertThat(Kinds.lazyMade).hasValue(before));
  }

  static class One {
    One(ObjectProvider<Two> two) {
      this.two = two;
    }

    private final ObjectProvider<Two> two;

    @FeatureToggle(flag = "off", key = "'ann'", fallbackMethod = "old")
    String say() {
      return "new";
    }

    private String old() {
      return "old and " + two.getObject().heard();
    }
  }

  static class Two {
    private final One one;

    Two(One one) {
      this.one = one;
    }

    String heard() {
      return AopUtils.isAopProxy(one) ? "through a proxy" : "past the proxy";
    }
  }

  @Test
  void beansThatNeedOneAnotherAreToggled() {
    Shop.open(
        shop -> {
          assertThat(shop.bean(One.class).say()).isEqualTo("old and through a proxy");
        },
        One.class,
        Two.class);
  }

  static class Left {
    @Autowired Right right;

    @FeatureToggle(flag = "v2", key = "'ann'", variants = @Variant(treatment = "v2", bean = "left"))
    String say() {
      return "left";
    }
  }

  static class Right {
    @Autowired Left left;
  }

  @Test
  void aBeanThatIsReferredToEarlyKnowsItsName() {
    Shop.open(
        Shop.with(Left.class, Right.class).withAllowCircularReferences(true),
        shop -> {
          assertThat(shop.bean(Right.class).left.say()).isEqualTo("left");
          assertThat(shop.asked().questions()).hasSize(1);
        });
  }

  /** Made before proxies can be. */
  static class Early implements BeanPostProcessor, PriorityOrdered {
    @Override
    public int getOrder() {
      return 0;
    }

    @FeatureToggle(flag = "off", key = "'ann'")
    String say() {
      return "said";
    }
  }

  @Test
  void aBeanThatCannotHaveAProxyIsWarnedOf(CapturedOutput output) {
    Shop.open(shop -> assertThat(shop.bean(Early.class).say()).isEqualTo("said"), Early.class);
    assertThat(output).contains("@FeatureToggle has no effect on bean 'early' of");
  }

  @Test
  void noBeanOfTheStarterComesTooEarlyForItsProcessors(CapturedOutput output) {
    Shop.open(shop -> shop.bean(Payment.class).pay("ann"), CardPayment.class);
    assertThat(output).doesNotContain("is not eligible for getting processed");
  }

  static class Eager {
    Eager(Payment payment) {
      said = payment.pay("ann");
    }

    final String said;
  }

  @Test
  void aCallDuringTheStartIsDecidedToo() {
    Shop.open(
        shop -> assertThat(shop.bean(Eager.class).said).isEqualTo("old for ann"),
        Eager.class,
        CardPayment.class);
  }

  static class Itself {
    @FeatureToggle(flag = "off", key = "'ann'")
    String toggled() {
      return "new";
    }

    String outer() {
      return toggled();
    }
  }

  @Test
  void aCallFromWithinTheObjectIsNotSeen() {
    Shop.open(
        shop -> {
          assertThat(shop.bean(Itself.class).outer()).isEqualTo("new");
          assertThatThrownBy(() -> shop.bean(Itself.class).toggled())
              .isInstanceOf(FeatureDisabledException.class);
        },
        Itself.class);
  }
}
