package io.splitio.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Equal short texts are one object. */
class SharedTextsTest {
  private final SharedTexts texts = new SharedTexts();

  private String read(String text) {
    return texts.of(("<" + text + ">").toCharArray(), 1, text.length());
  }

  @Test
  void equalTextsAreOneHoweverTheyCome() {
    String first = read("rollout");
    assertThat(first).isEqualTo("rollout");
    assertThat(read("rollout")).isSameAs(first);
    assertThat(texts.of("roll".concat("out"))).isSameAs(first);
    assertThat(read("")).isEmpty();
  }

  @Test
  void textsOfOneHashAreToldApart() {
    String first = read("Aa");
    assertThat(read("BB")).isEqualTo("BB");
    assertThat(read("Aa")).isSameAs(first);
  }

  @Test
  void whatFindsNoPlaceAmongItsNeighboursIsReadAllTheSame() {
    for (int i = 0; i < 1 << 5; i++) { // all of one hash
      StringBuilder text = new StringBuilder();
      for (int bit = 0; bit < 5; bit++) {
        text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      assertThat(read(text.toString())).isEqualTo(text.toString());
    }
  }

  @Test
  void itGrowsAndRemembersWhatItHad() {
    String first = read("flag-0");
    for (int i = 0; i < 10_000; i++) {
      assertThat(read("flag-" + i)).isEqualTo("flag-" + i);
    }
    assertThat(read("flag-0")).isSameAs(first);
  }

  @Test
  void longTextsAreNotKept() {
    String text = "x".repeat(65);
    String first = texts.of(text);
    assertThat(read(text)).isEqualTo(text).isNotSameAs(first);
    assertThat(texts.of("x".repeat(65))).isNotSameAs(first);
  }
}
