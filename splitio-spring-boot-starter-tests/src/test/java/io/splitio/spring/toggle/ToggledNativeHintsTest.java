package io.splitio.spring.toggle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.TypeHint;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.javapoet.ClassName;

/** A native image may call what only an annotation names. */
@SuppressWarnings({"UnusedMethod", "EffectivelyPrivate"}) // annotations name methods
class ToggledNativeHintsTest {

  static class Till {
    @FeatureToggle(
        flag = "${set.later}",
        key = "'a'",
        fallbackMethod = "payOld",
        variants = {
          @Variant(treatment = "${set.later.too}", method = "payFirst"),
          @Variant(treatment = "v2", method = "paySecond"),
          @Variant(treatment = "v3", bean = "other")
        })
    String pay() {
      return "new";
    }

    private String payOld() {
      return "old";
    }

    String payFirst() {
      return "first";
    }

    String paySecond() {
      return "second";
    }

    String payNever() {
      return "never";
    }
  }

  static class Other {
    String pay() {
      return "other";
    }
  }

  interface Payment {
    @FeatureToggle(
        flag = "off",
        key = "'a'",
        fallbackMethod = "payOld",
        variants = @Variant(treatment = "v2", bean = "second"))
    String pay();

    default String payOld() {
      return "old";
    }
  }

  static class Card implements Payment {
    @Override
    public String pay() {
      return "card";
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Interfaces {
    @Bean
    Payment first() {
      return new Card();
    }

    @Bean
    Payment second() {
      return new Card();
    }
  }

  private static boolean invocable(Class<?> type, String name) {
    GenericApplicationContext context = new GenericApplicationContext();
    AnnotatedBeanDefinitionReader reader = new AnnotatedBeanDefinitionReader(context);
    reader.registerBean(Till.class, "till");
    reader.registerBean(Other.class, "other");
    reader.registerBean(Interfaces.class, "interfaces");
    DefaultGenerationContext generation =
        new DefaultGenerationContext(
            new ClassNameGenerator(ClassName.get(ToggledNativeHintsTest.class)),
            new InMemoryGeneratedFiles());
    new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
    TypeHint hint = generation.getRuntimeHints().reflection().getTypeHint(type);
    return hint != null
        && hint.methods()
            .anyMatch(
                method ->
                    method.getName().equals(name) && method.getMode() == ExecutableMode.INVOKE);
  }

  @Test
  void fallbackAndVariantMethodsMayBeCalled() {
    assertThat(invocable(Till.class, "payOld")).isTrue();
    assertThat(invocable(Till.class, "paySecond")).isTrue();
    assertThat(invocable(Other.class, "pay")).isTrue();
  }

  @Test
  void aPlaceholderThatStandsForNothingYetTakesNoHintAway() {
    assertThat(invocable(Till.class, "payFirst")).isTrue();
    assertThat(invocable(Till.class, "paySecond")).isTrue();
    assertThat(invocable(Till.class, "payOld")).isTrue();
  }

  @Test
  void methodsOfABeanThatIsDeclaredAsAnInterfaceMayBeCalled() {
    assertThat(invocable(Payment.class, "payOld")).isTrue();
    assertThat(invocable(Payment.class, "pay")).isTrue();
  }

  @Test
  void otherMethodsNeedNoHint() {
    assertThat(invocable(Till.class, "payNever")).isFalse();
  }
}
