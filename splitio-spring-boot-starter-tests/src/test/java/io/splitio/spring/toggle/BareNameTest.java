package io.splitio.spring.toggle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A name without {@code #} belongs to nothing, unless it stands where a name may stand alone. */
@SuppressWarnings({"UnusedMethod", "EffectivelyPrivate"}) // annotations name methods
class BareNameTest {

  static class Attributes {
    @FeatureToggle(flag = "on", key = "'u'", attributes = "plan")
    void pay(String plan) {}
  }

  static class Attribute {
    @FeatureToggle(flag = "on", key = "'u'", attributes = "tier = plan.name")
    void pay(Map<String, String> plan) {}
  }

  static class KeyOfProperty {
    @FeatureToggle(flag = "on", key = "user")
    void pay(String user) {}
  }

  static class KeyOfMethod {
    @FeatureToggle(flag = "on", key = "currentUser()")
    void pay() {}
  }

  static class KeyOfAnIndex {
    @FeatureToggle(flag = "on", key = "[0]")
    void pay() {}
  }

  static class DeepInAnOperation {
    @FeatureToggle(flag = "on", key = "'u-' + user")
    void pay(String user) {}
  }

  static class ArgumentOfAMethod {
    @FeatureToggle(flag = "on", key = "#user.concat(shop)")
    void pay(String user, String shop) {}
  }

  static class ValueInAMap {
    @FeatureToggle(flag = "on", key = "'u'", attributes = "{plan: plan}")
    void pay(String plan) {}
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of(
            Attributes.class, "attributes = \"plan\" has plan at position 0", "'plan=#plan'"),
        Arguments.of(Attribute.class, "attribute tier = \"plan.name\"", "did you mean '#plan'?"),
        Arguments.of(KeyOfProperty.class, "key = \"user\"", "did you mean '#user'?"),
        Arguments.of(KeyOfMethod.class, "has currentUser() at", "arguments are written #name"),
        Arguments.of(KeyOfAnIndex.class, "key = \"[0]\"", "arguments are written #name"),
        Arguments.of(DeepInAnOperation.class, "has user at position 7", "did you mean '#user'?"),
        Arguments.of(ArgumentOfAMethod.class, "has shop at", "did you mean '#shop'?"),
        Arguments.of(ValueInAMap.class, "has plan at position 7", "#plan"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void theStartFailsAndSaysWhatWasMeant(Class<?> broken, String what, String cure) {
    BrokenShop.of(broken).saysWhy(broken.getName(), what, cure);
  }

  static class Working {
    @FeatureToggle(flag = "on", key = "#users[first].concat(#users['last'])")
    String entryOfAMap(Map<String, String> users) {
      return "new";
    }

    @FeatureToggle(flag = "on", key = "#users.?[length() > 3][0]")
    String elementOfAList(List<String> users) {
      return "new";
    }

    @FeatureToggle(
        flag = "on",
        key = "#users.![toUpperCase()][0]",
        attributes = "{size: #users.size()}")
    String keyOfAWrittenMap(List<String> users) {
      return "new";
    }
  }

  @Test
  void namesOfEntriesAndOfElementsStandAlone() {
    Shop.open(
        shop -> {
          Working working = shop.bean(Working.class);
          assertThat(working.entryOfAMap(Map.of("first", "ann", "last", "lee"))).isEqualTo("new");
          assertThat(working.elementOfAList(List.of("bob", "anna"))).isEqualTo("new");
          assertThat(working.keyOfAWrittenMap(List.of("eve"))).isEqualTo("new");
          assertThat(shop.asked().questions().toString()).contains("annlee", "anna", "EVE");
        },
        Working.class);
  }
}
