package io.splitio.spring.toggle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.function.Consumer;
import kotlinx.coroutines.flow.Flow;
import org.junit.jupiter.api.Test;

/** Kotlin's suspending functions and flows. */
class ToggledCoroutineTest {

  private static void live(String treatment, Consumer<Greetings> visit) {
    Shop.open(
        shop -> {
          shop.set("live", treatment);
          visit.accept(shop.bean(Greetings.class));
          assertThat(shop.asked().only().key().matchingKey()).isEqualTo("ann");
        },
        Greetings.class,
        OtherGreetings.class);
  }

  @Test
  void aSuspendingFunctionRunsWhenTheFlagIsOn() {
    live("on", bean -> assertThat(Coroutines.greet(bean)).isEqualTo("new for ann"));
    live("on", bean -> assertThat(Coroutines.number(bean)).isEqualTo(2));
  }

  @Test
  void aPrivateSuspendingFallbackRunsWhenTheFlagIsOff() {
    live("off", bean -> assertThat(Coroutines.greet(bean)).isEqualTo("old for ann"));
    live("off", bean -> assertThat(Coroutines.number(bean)).isEqualTo(1));
  }

  @Test
  void aSuspendingFallbackMayAskForTheResult() {
    live("off", bean -> assertThat(Coroutines.explain(bean)).isEqualTo("old for ann because off"));
  }

  @Test
  void aSuspendingFunctionIsRefused() {
    live(
        "off",
        bean ->
            assertThatThrownBy(() -> Coroutines.refuse(bean))
                .isInstanceOf(FeatureDisabledException.class));
  }

  @Test
  void aSuspendingFunctionThatReturnsNothingIsLeftOut() {
    live(
        "off",
        bean -> {
          Coroutines.leave(bean);
          assertThat(bean.getLeft()).isZero();
        });
  }

  @Test
  void emptyMeansNull() {
    live("off", bean -> assertThat(Coroutines.find(bean)).isNull());
  }

  @Test
  void exceptionsPassUnchanged() {
    live(
        "on",
        bean ->
            assertThatThrownBy(() -> Coroutines.fail(bean))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("new for ann"));
    live(
        "off",
        bean ->
            assertThatThrownBy(() -> Coroutines.fail(bean))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("old for ann"));
  }

  @Test
  void anotherBeansSuspendingFunctionIsCalled() {
    live("v2", bean -> assertThat(Coroutines.choose(bean)).isEqualTo("other for ann"));
  }

  @Test
  void aFlowIsDecidedWhenItIsCollected() {
    Shop.open(
        shop -> {
          shop.set("live", "on");
          Flow<String> many = shop.bean(Greetings.class).many("ann");
          assertThat(shop.asked().questions()).isEmpty();
          assertThat(Coroutines.all(many)).containsExactly("new", "ann");
          shop.set("live", "off");
          assertThat(Coroutines.all(many)).containsExactly("old", "ann");
        },
        Greetings.class,
        OtherGreetings.class);
  }
}
