package io.splitio.spring.toggle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.splitio.api.SplitResult;
import io.splitio.backend.localhost.InMemoryTreatments;
import java.io.IOException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.ResponseStatus;

/** What happens to a call when its flag is on, off, or undecided. */
@SuppressWarnings({"UnusedMethod", "EffectivelyPrivate"}) // annotations name methods
class ToggledCallTest {

  static class Till {
    @FeatureToggle(flag = "on", key = "#user")
    String whenOn(String user) {
      return "new for " + user;
    }

    @FeatureToggle(flag = "off", key = "#user")
    String whenOff(String user) {
      return "new for " + user;
    }

    @FeatureToggle(flag = "off", key = "#user", fallbackMethod = "payOld")
    String pay(String user) {
      return "new for " + user;
    }

    private String payOld(String user) {
      return "old for " + user;
    }

    @FeatureToggle(flag = "off", key = "#user", fallbackMethod = "payWhy")
    String payAndSay(String user) {
      return "new for " + user;
    }

    String payWhy(String user, SplitResult why) {
      return "old for " + user + " because " + why.treatment() + " " + why.config();
    }

    @FeatureToggle(flag = "off", key = "#user", fallbackMethod = "payExplained")
    String payAndExplain(String user) {
      return "new for " + user;
    }

    String payExplained(String user, FeatureDisabledException why) {
      return "old for " + user + " because " + why.getMessage();
    }

    @FeatureToggle(
        flag = "v2",
        treatments = {"v2", "v3"},
        key = "#user")
    String ofTreatments(String user) {
      return "new for " + user;
    }

    @FeatureToggle(flag = "${shop.flag:v2}", treatments = "${shop.treatments:v1,v2}", key = "#user")
    String ofPlaceholders(String user) {
      return "new for " + user;
    }

    @FeatureToggle(flag = "on", key = "#user")
    String failing(String user) throws IOException {
      throw new IOException("no paper for " + user);
    }

    @FeatureToggle(flag = "off", key = "#user", fallbackMethod = "failingOld")
    String fallbackFailing(String user) throws IOException {
      return user;
    }

    private String failingOld(String user) throws IOException {
      throw new IOException("no ink for " + user);
    }

    @FeatureToggle(flag = "absent", key = "#user")
    String absent(String user) {
      return "new for " + user;
    }

    @FeatureToggle(flag = "absent", key = "#user", onControl = OnControl.ON)
    String absentIsOn(String user) {
      return "new for " + user;
    }

    @FeatureToggle(
        flag = "absent",
        key = "#user",
        fallbackMethod = "payOld",
        onControl = OnControl.THROW)
    String absentThrows(String user) {
      return "new for " + user;
    }

    @FeatureToggle(flag = "off", key = "#user", whenOff = WhenOff.PROCEED)
    String proceeds(String user) {
      return "new for " + user;
    }
  }

  private static void till(Consumer<Till> visit) {
    Shop.open(shop -> visit.accept(shop.bean(Till.class)), Till.class);
  }

  @Test
  void theMethodRunsWhenTheFlagIsOn() {
    till(till -> assertThat(till.whenOn("ann")).isEqualTo("new for ann"));
  }

  @Test
  void theCallIsRefusedWhenTheFlagIsOff() {
    till(
        till ->
            assertThatExceptionOfType(FeatureDisabledException.class)
                .isThrownBy(() -> till.whenOff("ann"))
                .withMessage("feature flag 'off' is off: its treatment is 'off'")
                .satisfies(e -> assertThat(e.flag()).isEqualTo("off"))
                .satisfies(e -> assertThat(e.result()).isEqualTo(new SplitResult("off", null))));
  }

  @Test
  void aRefusedCallIsNotFoundOnTheWeb() {
    assertThat(FeatureDisabledException.class.getAnnotation(ResponseStatus.class).value().value())
        .isEqualTo(404);
  }

  @Test
  void aPrivateFallbackRunsOnTheObjectItself() {
    till(till -> assertThat(till.pay("ann")).isEqualTo("old for ann"));
  }

  @Test
  void aFallbackMayAskForTheResult() {
    Shop.open(
        shop -> {
          shop.bean(InMemoryTreatments.class).set("off", new SplitResult("no", "{\"why\":1}"));
          assertThat(shop.bean(Till.class).payAndSay("ann"))
              .isEqualTo("old for ann because no {\"why\":1}");
        },
        Till.class);
  }

  @Test
  void aFallbackMayAskForTheException() {
    till(
        till ->
            assertThat(till.payAndExplain("ann"))
                .isEqualTo(
                    "old for ann because feature flag 'off' is off: its treatment is 'off'"));
  }

  @Test
  void onlyTheNamedTreatmentsLetTheMethodRun() {
    Shop.open(
        Shop.with(Till.class),
        shop -> {
          Till till = shop.bean(Till.class);
          assertThat(till.ofTreatments("ann")).isEqualTo("new for ann");
          shop.set("v2", "on");
          assertThatThrownBy(() -> till.ofTreatments("ann"))
              .isInstanceOf(FeatureDisabledException.class);
        });
  }

  @Test
  void aPlaceholderMayStandForTheFlagAndForSeveralTreatments() {
    Shop.open(
        Shop.with(Till.class).withPropertyValues("shop.flag=off", "shop.treatments=v7, off"),
        shop -> assertThat(shop.bean(Till.class).ofPlaceholders("ann")).isEqualTo("new for ann"));
  }

  @Test
  void aCheckedExceptionOfTheMethodPassesUnchanged() {
    till(
        till ->
            assertThatThrownBy(() -> till.failing("ann"))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("no paper for ann"));
  }

  @Test
  void aCheckedExceptionOfTheFallbackPassesUnchanged() {
    till(
        till ->
            assertThatThrownBy(() -> till.fallbackFailing("ann"))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("no ink for ann"));
  }

  @Test
  void anUnknownFlagIsOff() {
    till(
        till ->
            assertThatExceptionOfType(FeatureDisabledException.class)
                .isThrownBy(() -> till.absent("ann"))
                .satisfies(e -> assertThat(e.result().treatment()).isEqualTo("control")));
  }

  @Test
  void anUnknownFlagIsOnWhereTheAnnotationSaysSo() {
    till(till -> assertThat(till.absentIsOn("ann")).isEqualTo("new for ann"));
  }

  @Test
  void anUnknownFlagRefusesWhereTheAnnotationSaysSoWhateverTheFallback() {
    till(
        till ->
            assertThatThrownBy(() -> till.absentThrows("ann"))
                .isInstanceOf(FeatureDisabledException.class));
  }

  @Test
  void anUnknownFlagIsAsThePropertySays() {
    Shop.open(
        Shop.with(Till.class).withPropertyValues("splitio.toggle.on-control=on"),
        shop -> assertThat(shop.bean(Till.class).absent("ann")).isEqualTo("new for ann"));
  }

  @Test
  void theMethodMayRunWhenTheFlagIsOff() {
    till(till -> assertThat(till.proceeds("ann")).isEqualTo("new for ann"));
  }

  @Test
  void theTreatmentsThatMeanOnAreAProperty() {
    Shop.open(
        Shop.with(Till.class).withPropertyValues("splitio.toggle.on-treatments=off,v2"),
        shop -> {
          assertThat(shop.bean(Till.class).whenOff("ann")).isEqualTo("new for ann");
          assertThatThrownBy(() -> shop.bean(Till.class).whenOn("ann"))
              .isInstanceOf(FeatureDisabledException.class);
        });
  }

  @Test
  void aCallMakesOneEvaluation() {
    Shop.open(
        Shop.with(Till.class),
        shop -> {
          shop.bean(Till.class).pay("ann");
          assertThat(shop.asked().only().flag()).isEqualTo("off");
        });
  }

  @Test
  void annotationsHaveNoEffectWhenSwitchedOff() {
    Shop.open(
        Shop.with(Till.class).withPropertyValues("splitio.toggle.enabled=false"),
        shop -> assertThat(shop.bean(Till.class).whenOff("ann")).isEqualTo("new for ann"));
  }

  @Test
  void withoutTheSdkEveryFlagIsUndecided() {
    new org.springframework.boot.test.context.runner.ApplicationContextRunner()
        .withConfiguration(
            org.springframework.boot.autoconfigure.AutoConfigurations.of(
                org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration
                    .class,
                io.splitio.spring.autoconfigure.SplitioAutoConfiguration.class,
                io.splitio.spring.toggle.autoconfigure.SplitioToggleAutoConfiguration.class))
        .withPropertyValues("splitio.enabled=false")
        .withBean(Till.class)
        .run(
            context -> {
              assertThat(context.getBean(Till.class).pay("ann")).isEqualTo("old for ann");
              assertThat(context.getBean(Till.class).absentIsOn("ann")).isEqualTo("new for ann");
            });
  }
}
