package io.splitio.spring.toggle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.RequestScope;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Variants that are made for each request, or for each use. */
class ToggledScopeTest {

  interface Engine {
    String find(String words);
  }

  static class Plain implements Engine {
    @Override
    @FeatureToggle(
        flag = "search",
        key = "'ann'",
        variants = {
          @Variant(treatment = "v2", bean = "ofTheRequest"),
          @Variant(treatment = "v3", bean = "ofTheUse")
        })
    public String find(String words) {
      return "plain " + words;
    }
  }

  static class Scoped extends Plain {
    private final String name;

    Scoped(String name) {
      this.name = name;
    }

    @Override
    public String find(String words) {
      return name + " " + words;
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Engines {
    private final AtomicInteger made = new AtomicInteger();

    @Bean
    Plain plain() {
      return new Plain();
    }

    @Bean
    @Scope(scopeName = "request", proxyMode = ScopedProxyMode.TARGET_CLASS)
    Scoped ofTheRequest() {
      return new Scoped("request " + made.incrementAndGet());
    }

    @Bean
    @Scope(scopeName = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
    Scoped ofTheUse() {
      return new Scoped("use " + made.incrementAndGet());
    }
  }

  private static ApplicationContextRunner engines() {
    return Shop.with(Engines.class)
        .withInitializer(
            context -> context.getBeanFactory().registerScope("request", new RequestScope()));
  }

  private static String inARequest(Engine engine) {
    RequestContextHolder.setRequestAttributes(
        new ServletRequestAttributes(new MockHttpServletRequest()));
    try {
      return engine.find("tea") + ", " + engine.find("tea");
    } finally {
      RequestContextHolder.resetRequestAttributes();
    }
  }

  @Test
  void aVariantOfTheRequestIsTheSameWithinIt() {
    Shop.open(
        engines(),
        shop -> {
          shop.set("search", "v2");
          Engine plain = shop.context().getBean("plain", Engine.class);
          assertThat(inARequest(plain)).isEqualTo("request 1 tea, request 1 tea");
          assertThat(inARequest(plain)).isEqualTo("request 2 tea, request 2 tea");
          assertThat(shop.asked().questions()).hasSize(4);
        });
  }

  @Test
  void aVariantOfTheUseIsNewForEachCall() {
    Shop.open(
        engines(),
        shop -> {
          shop.set("search", "v3");
          Engine plain = shop.context().getBean("plain", Engine.class);
          assertThat(plain.find("tea")).isEqualTo("use 1 tea");
          assertThat(plain.find("tea")).isEqualTo("use 2 tea");
          assertThat(shop.asked().questions()).hasSize(2);
        });
  }

  @Test
  void aBeanOfTheRequestThatIsItsOwnVariantRunsItself() {
    Shop.open(
        engines(),
        shop -> {
          shop.set("search", "v2");
          Engine own = shop.context().getBean("ofTheRequest", Engine.class);
          assertThat(inARequest(own)).isEqualTo("request 1 tea, request 1 tea");
          assertThat(shop.asked().questions()).hasSize(2);
        });
  }
}
