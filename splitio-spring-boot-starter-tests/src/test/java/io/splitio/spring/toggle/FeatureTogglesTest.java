package io.splitio.spring.toggle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.splitio.api.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.StandardEnvironment;

/** Toggles without an annotation. */
@ExtendWith(OutputCaptureExtension.class)
class FeatureTogglesTest {

  @Test
  void oneOfTwoPiecesOfCodeRuns() {
    Shop.open(
        shop -> {
          FeatureToggles toggles = shop.bean(FeatureToggles.class);
          assertThat(toggles.<String>run("on", "ann", () -> "new", () -> "old")).isEqualTo("new");
          assertThat(toggles.<String>run("off", "ann", () -> "new", () -> "old")).isEqualTo("old");
          assertThat(toggles.<String>run("absent", "ann", () -> "new", () -> "old"))
              .isEqualTo("old");
          assertThat(shop.asked().questions()).hasSize(3);
        });
  }

  @Test
  void codeThatReturnsNothingRunsToo() {
    Shop.open(
        shop -> {
          List<String> ran = new ArrayList<>();
          Runnable on = () -> ran.add("new");
          Runnable off = () -> ran.add("old");
          shop.bean(FeatureToggles.class).run("on", "ann", on, off);
          shop.bean(FeatureToggles.class).run("off", "ann", on, off);
          assertThat(ran).containsExactly("new", "old");
        });
  }

  @Test
  void attributesGoAlong() {
    Shop.open(
        shop -> {
          Key key = Key.of("ann", "acme");
          String ran =
              shop.bean(FeatureToggles.class)
                  .run("on", key, Map.of("plan", "gold"), () -> "new", () -> "old");
          assertThat(ran).isEqualTo("new");
          assertThat(shop.asked().only().key()).isEqualTo(key);
          assertThat(shop.asked().only().attributes()).isEqualTo(Map.of("plan", "gold"));
        });
  }

  @Test
  void noDecisionIsAsThePropertySays() {
    Shop.open(
        Shop.runner().withPropertyValues("splitio.toggle.on-control=on"),
        shop -> assertThat(shop.bean(FeatureToggles.class).isOn("absent", "ann")).isTrue());
    Shop.open(
        Shop.runner().withPropertyValues("splitio.toggle.on-control=throw"),
        shop ->
            assertThatThrownBy(() -> shop.bean(FeatureToggles.class).isOn("absent", "ann"))
                .isInstanceOf(FeatureDisabledException.class));
  }

  @Test
  void withoutAClientThereIsNoDecision() {
    assertThat(withoutClient().isOn("on", "ann")).isFalse();
  }

  @Test
  void whatKeepsTheClientAwayIsSaidInTheSentence(CapturedOutput output) {
    withoutClient().isOn("on", "ann");

    assertThat(output)
        .contains("is treated as control: java.lang.IllegalStateException")
        .doesNotContain("{}");
  }

  private static FeatureToggles withoutClient() {
    return new FeatureToggles(
        () -> {
          throw new IllegalStateException("no client");
        },
        ToggleProperties.from(new StandardEnvironment()));
  }
}
