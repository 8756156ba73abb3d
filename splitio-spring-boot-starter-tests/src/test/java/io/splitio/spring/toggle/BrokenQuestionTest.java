package io.splitio.spring.toggle;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.SplitFactory;
import io.splitio.api.SplitClient;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is asked: flag, key, attributes and client. */
@SuppressWarnings({"UnusedMethod", "EffectivelyPrivate"}) // annotations name methods
class BrokenQuestionTest {

  record Order(String customer) {}

  static class BlankFlag {
    @FeatureToggle(flag = " ", key = "'a'")
    void pay() {}
  }

  static class UnknownPlaceholder {
    @FeatureToggle(flag = "${shop.flg}", key = "'a'")
    void pay() {}
  }

  static class FlagThatCannotExist {
    @FeatureToggle(flag = "a b", key = "'a'")
    void pay() {}
  }

  static class PlaceholderForAFlagThatCannotExist {
    @FeatureToggle(flag = "${shop.flag:-beta}", key = "'a'")
    void pay() {}
  }

  static class BadExpression {
    @FeatureToggle(flag = "on", key = "#order..customer")
    void pay(Order order) {}
  }

  static class UnknownParameter {
    @FeatureToggle(flag = "on", key = "#ordr.customer")
    void pay(Order order) {}
  }

  static class UnknownBeanInExpression {
    @FeatureToggle(flag = "on", key = "@hidr.of(#order)")
    void pay(Order order) {}
  }

  static class TypeInExpression {
    @FeatureToggle(flag = "on", key = "T(java.lang.System).getProperty('user.name')")
    void pay() {}
  }

  static class TypeDeepInExpression {
    @FeatureToggle(flag = "on", key = "'a'", attributes = "x={1,2}.![T(java.lang.Math).abs(#this)]")
    void pay() {}
  }

  static class ConstructorInExpression {
    @FeatureToggle(flag = "on", key = "'a'", attributes = "file=new java.io.File('x')")
    void pay() {}
  }

  static class AssignmentInExpression {
    @FeatureToggle(flag = "on", key = "#order.customer = 'a'")
    void pay(Order order) {}
  }

  static class KeyOfWrongType {
    @FeatureToggle("on")
    void pay(@SplitKey Order order) {}
  }

  static class TwoKeys {
    @FeatureToggle("on")
    void pay(@SplitKey String one, @SplitKey String two) {}
  }

  static class UnknownClient {
    @FeatureToggle(flag = "on", key = "'a'", client = "splitClint")
    void pay() {}
  }

  static class ClientOfWrongType {
    @FeatureToggle(flag = "on", key = "'a'", client = "hider")
    void pay() {}
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of(BlankFlag.class, "BlankFlag.pay()", "flag is blank"),
        Arguments.of(UnknownPlaceholder.class, "flag = \"${shop.flg}\"", "shop.flg"),
        Arguments.of(FlagThatCannotExist.class, "flag = \"a b\" cannot name a flag", "1 to 100"),
        Arguments.of(
            PlaceholderForAFlagThatCannotExist.class, "stands for \"-beta\"", "letter or digit"),
        Arguments.of(BadExpression.class, "key = \"#order..customer\"", "at position 6"),
        Arguments.of(UnknownParameter.class, "uses #ordr at position 0", "mean 'order'?"),
        Arguments.of(UnknownBeanInExpression.class, "bean 'hidr', which does not", "mean 'hider'?"),
        Arguments.of(TypeInExpression.class, "key = \"T(java.lang.System)", "has a type T(...)"),
        Arguments.of(TypeDeepInExpression.class, "attribute x", "has a type T(...)"),
        Arguments.of(ConstructorInExpression.class, "attribute file", "has a constructor"),
        Arguments.of(AssignmentInExpression.class, "key = ", "has an assignment"),
        Arguments.of(KeyOfWrongType.class, "@SplitKey on a Order", "cannot be a key"),
        Arguments.of(TwoKeys.class, "several parameters with @SplitKey", "keep one"),
        Arguments.of(UnknownClient.class, "client = \"splitClint\"", "did you mean 'splitClient'?"),
        Arguments.of(ClientOfWrongType.class, "client = \"hider\"", "not a SplitClient"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void theStartFailsAndSaysWhy(Class<?> broken, String what, String cure) {
    BrokenShop.of(broken).saysWhy(broken.getName(), what, cure);
  }

  @Configuration(proxyBeanMethods = false)
  static class SecondClient {
    @Bean(destroyMethod = "")
    SplitClient second(SplitFactory factory) {
      return factory.client();
    }
  }

  static class NoClientNamed {
    @FeatureToggle(flag = "on", key = "'a'")
    void pay() {}
  }

  static class ClientNamed {
    @FeatureToggle(flag = "on", key = "'a'", client = "second")
    String pay() {
      return "new";
    }
  }

  @Test
  void severalClientsNeedAName() {
    BrokenShop.of(SecondClient.class, NoClientNamed.class)
        .saysWhy(
            "NoClientNamed.pay()",
            "several SplitClient beans (",
            "splitClient",
            "second",
            "@Primary");
  }

  @Test
  void aNamedClientIsAsked() {
    Shop.open(
        shop -> {
          assertThat(shop.bean(ClientNamed.class).pay()).isEqualTo("new");
          assertThat(shop.asked().questions()).isEmpty();
        },
        SecondClient.class,
        ClientNamed.class);
  }
}
