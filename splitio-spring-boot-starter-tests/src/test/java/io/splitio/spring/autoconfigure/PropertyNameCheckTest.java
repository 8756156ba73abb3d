package io.splitio.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.shop.ShopSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

@ExtendWith(OutputCaptureExtension.class)
class PropertyNameCheckTest {
  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(SplitioAutoConfiguration.class))
          .withPropertyValues("splitio.mode=localhost", "splitio.localhost.flags.checkout=v2");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "splitio.apiKey=localhost",
        "splitio.api_key=localhost",
        "splitio.flagSetsFilter[0]=backend",
        "splitio.localhost.flags.[1.Check_Out]=on",
        "splitio.fallback.flags.checkout.treatment=v1",
        "splitio.toggle.order=7",
        "splitio.sync.featuresRefreshRate=30s",
        "splitio.http.headers.X-Any_Thing=1",
        "splitio.http.max-payload=1MB",
        "splitio.endpoints.sdk=https://split.example.com"
      })
  void propertyThatExistsIsAccepted(String property) {
    runner.withPropertyValues(property).run(context -> assertThat(context).hasNotFailed());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "splitio.reddy.block=background",
        "splitio.ready=background",
        "splitio.ready.block.now=1",
        "splitio.health.stale-afterwards=1m",
        "splitio.toggle.odrer=5",
        "splitio.sync.feature-refresh-rate=30s",
        "splitio.http.proxy.hots=proxy",
        "splitio.endpoints.sdk.url=https://split.example.com",
        "splitio.impressions.refresh-rates=5m"
      })
  void misspeltPropertyStopsTheStart(String property) {
    runner
        .withPropertyValues(property)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .isInstanceOf(SplitioStartException.class)
                    .hasMessageStartingWith(
                        "There is no property " + property.substring(0, property.indexOf('='))));
  }

  @Test
  void environmentVariablesAreLeftAlone() {
    PropertySource<?> variables =
        new SystemEnvironmentPropertySource(
            "test-systemEnvironment",
            Map.of("SPLITIO_SERVICE_HOST", "10.0.0.7", "SPLITIO_READY_TIMEOUT", "7s"));

    runner
        .withInitializer(
            context -> context.getEnvironment().getPropertySources().addFirst(variables))
        .run(
            context ->
                assertThat(context.getBean(SplitioProperties.class).ready().timeout())
                    .hasSeconds(7));
  }

  @Test
  void propertiesOfAnotherPartAreCheckedToo() {
    runner
        .withUserConfiguration(Part.class)
        .withPropertyValues("splitio.part.speeed=1")
        .run(
            context -> {
              assertThat(context).hasFailed();
              SplitioStartException failure = (SplitioStartException) context.getStartupFailure();
              assertThat(failure)
                  .hasMessageStartingWith("There is no property splitio.part.speeed");
              assertThat(failure.action()).isEqualTo("Did you mean splitio.part.speed?");
            });
  }

  @Test
  void propertiesThatAreNearNoneOfTheSdkAreWarnedOfOnce(CapturedOutput output) {
    runner
        .withPropertyValues("splitio.my-app.color=green", "splitio.quux=2")
        .run(context -> assertThat(context).hasNotFailed());

    assertThat(output)
        .containsOnlyOnce("The SDK has no such properties and ignores them")
        .contains("[splitio.my-app.color, splitio.quux]");
  }

  @Test
  void propertiesThatTheApplicationItselfTakesAreNoConcernOfTheSdk(CapturedOutput output) {
    runner
        .withUserConfiguration(OfTheApplication.class)
        .withPropertyValues(
            "splitio.my-app.color=green",
            "splitio.my-app.nested.any=1",
            "splitio.method.shade=2",
            "splitio.bean-name.tone=3")
        .run(context -> assertThat(context).hasNotFailed());

    assertThat(output).doesNotContain("The SDK has no such properties");
  }

  @Test
  void recordOfTheApplicationMayBeBoundByAConverter(CapturedOutput output) {
    withSettingsOfTheApplication("splitio.my-app.color=#fff000");

    assertThat(output).doesNotContain("The SDK has no such properties");
  }

  @Test
  void componentOfARecordOfTheApplicationMayHaveAnotherName(CapturedOutput output) {
    withSettingsOfTheApplication("splitio.named.import=yes");

    assertThat(output).doesNotContain("The SDK has no such properties");
  }

  @Test
  void recordOfTheApplicationMayHaveItselfForAComponent(CapturedOutput output) {
    withSettingsOfTheApplication("splitio.tree.name=root", "splitio.tree.child.name=leaf");

    assertThat(output).doesNotContain("The SDK has no such properties");
  }

  private void withSettingsOfTheApplication(String... properties) {
    runner
        .withUserConfiguration(ShopSettings.class)
        .withPropertyValues(properties)
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void propertiesOfTheToggleAreKnownWhereItIsSwitchedOff(CapturedOutput output) {
    runner
        .withPropertyValues("splitio.toggle.enabled=false", "splitio.toggle.default-key=nobody")
        .run(context -> assertThat(context).hasNotFailed());

    assertThat(output).doesNotContain("The SDK has no such properties");
  }

  @Test
  void nothingIsCheckedWhenTheSdkIsSwitchedOff() {
    runner
        .withPropertyValues("splitio.enabled=false", "splitio.quux=1")
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(PartProperties.class)
  static class Part {}

  @ConfigurationProperties("splitio.part")
  record PartProperties(int speed) {}

  /** Takes its properties by setters, from a method, and under a name that tells no prefix. */
  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(Setters.class)
  static class OfTheApplication {
    @Bean
    @ConfigurationProperties("splitio.method")
    Setters method() {
      return new Setters();
    }

    @Bean
    Tone someName() {
      return new Tone();
    }
  }

  @ConfigurationProperties("splitio.my-app")
  static class Setters {}

  @ConfigurationProperties("splitio.bean-name")
  static class Tone {}
}
