package io.splitio.spring.toggle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.shop.TwoFlags;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** When annotations are checked, and what comes of it. */
@ExtendWith(OutputCaptureExtension.class)
@SuppressWarnings({"UnusedMethod", "EffectivelyPrivate"}) // annotations name methods
class ToggleValidationTest {

  static class MissingFallback {
    @FeatureToggle(flag = "on", key = "'a'", fallbackMethod = "payOld")
    String pay(String item) {
      return "new";
    }

    String payOld(String item, String reason) {
      return reason;
    }
  }

  static class BlankFlag {
    @FeatureToggle(flag = " ", key = "'a'")
    void pay() {}
  }

  @Test
  void allProblemsAreToldAtOnceByTheAnalyzer() {
    Shop.with(MissingFallback.class, BlankFlag.class)
        .run(
            context -> {
              FailureAnalysis analysis = analyze(BrokenShop.cause(context));
              assertThat(analysis.getDescription())
                  .contains("MissingFallback.pay(String)", "did you mean", "BlankFlag.pay()");
              assertThat(analysis.getAction()).contains("splitio.toggle.validation");
            });
  }

  @Test
  void twoFlagsInOneAnnotationAreToldByTheAnalyzer() {
    Shop.with(TwoFlags.class)
        .run(
            context -> {
              FailureAnalysis analysis =
                  analyze(Objects.requireNonNull(context.getStartupFailure()));
              assertThat(analysis.getDescription()).contains("TwoFlags", "pay", "[on]", "[off]");
              assertThat(analysis.getAction()).contains("keep flag or value");
            });
  }

  @Configuration(proxyBeanMethods = false)
  static class LazyTwoFlags {
    @Bean
    @Lazy
    TwoFlags lazy() {
      throw new AssertionError("made by the check");
    }
  }

  @Test
  void twoFlagsInTheAnnotationOfALazyBeanStopTheStart() {
    BrokenShop.of(LazyTwoFlags.class).saysWhy("TwoFlags", "[on]", "[off]");
  }

  private static FailureAnalysis analyze(Throwable failure) {
    List<FailureAnalyzer> analyzers =
        SpringFactoriesLoader.forDefaultResourceLocation(
                ToggleValidationTest.class.getClassLoader())
            .load(FailureAnalyzer.class, (type, name, thrown) -> {});
    return analyzers.stream()
        .map(analyzer -> analyzer.analyze(failure))
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow();
  }

  @Configuration(proxyBeanMethods = false)
  static class LazyBroken {
    @Bean
    @Lazy
    MissingFallback lazy() {
      throw new AssertionError("made by the check");
    }
  }

  @Test
  void aLazyBeanIsCheckedWithoutBeingMade() {
    BrokenShop.of(LazyBroken.class).saysWhy("MissingFallback.pay(String)");
  }

  @Test
  void withWarningsOnlyTheApplicationStartsAndCallsAreRefused(CapturedOutput output) {
    Shop.open(
        Shop.with(MissingFallback.class).withPropertyValues("splitio.toggle.validation=warn"),
        shop ->
            assertThatThrownBy(() -> shop.bean(MissingFallback.class).pay("tea"))
                .isInstanceOf(FeatureDisabledException.class));
    assertThat(output).contains("@FeatureToggle cannot work").contains("did you mean");
  }

  @Test
  void withoutTheCheckTheFirstCallSaysWhatIsWrong(CapturedOutput output) {
    Shop.open(
        Shop.with(MissingFallback.class).withPropertyValues("splitio.toggle.validation=off"),
        shop -> {
          assertThat(output).doesNotContain("did you mean");
          assertThatThrownBy(() -> shop.bean(MissingFallback.class).pay("tea"))
              .isInstanceOf(FeatureDisabledException.class);
        });
    assertThat(output).contains("did you mean 'payOld(String, String)'?");
  }

  @Test
  void aPropertyThatIsMisspeltStopsTheStart() {
    Shop.runner()
        .withPropertyValues("splitio.toggle.odrer=5")
        .run(
            context ->
                assertThat(BrokenShop.cause(context)).hasMessageContaining("splitio.toggle.odrer"));
  }

  @Test
  void theDefaultOfADefaultStopsTheStart() {
    Shop.runner()
        .withPropertyValues("splitio.toggle.on-control=default")
        .run(
            context ->
                assertThat(BrokenShop.cause(context))
                    .hasMessageContaining("must be OFF, ON or THROW"));
  }
}
