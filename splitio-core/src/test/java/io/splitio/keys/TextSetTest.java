package io.splitio.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** Texts that are kept as one are those that were given, and only those. */
class TextSetTest {

  @Property(tries = 300)
  void holdsWhatASetHolds(
      @ForAll @Size(max = 80) List<@StringLength(max = 9) String> texts,
      @ForAll @StringLength(max = 9) String other) {
    TextSet compact = TextSet.of(texts);
    assertThat(texts).allMatch(compact::contains);
    assertThat(compact.contains(other)).isEqualTo(texts.contains(other));
    assertThat(TextList.of(texts).strings()).isEqualTo(texts);
  }

  /** Texts of few characters, so that some are there twice and some begin as others do. */
  @Property(tries = 300)
  void tellsTextsApartThatAreAlike(
      @ForAll @Size(max = 60)
          List<@CharRange(from = 'a', to = 'b') @StringLength(max = 4) String> in,
      @ForAll @CharRange(from = 'a', to = 'b') @StringLength(max = 4) String other) {
    assertThat(TextSet.of(in).contains(other)).isEqualTo(in.contains(other));
  }

  @Test
  void textsOfOneHashAreToldApart() {
    List<String> alike = List.of("AaAa", "AaBB", "BBAa"); // and BBBB
    assertThat(alike).extracting(String::hashCode).containsOnly("BBBB".hashCode());
    TextSet compact = TextSet.of(alike);
    assertThat(alike).allMatch(compact::contains);
    assertThat(compact.contains("BBBB")).isFalse();
  }

  @Test
  void oneWideCharacterSpoilsNoText() {
    List<String> texts = List.of("caf\u00e9", "", "\u20ac", "last", "\ud83d\ude00");
    TextSet compact = TextSet.of(texts);
    assertThat(TextList.of(texts).strings()).isEqualTo(texts);
    assertThat(texts).allMatch(compact::contains);
    assertThat(compact.contains("caf\u01e9")).isFalse(); // the same low bytes
    assertThat(compact.contains("\u00ac")).isFalse();
  }

  @Test
  void aBuilderBeginsAnewAfterEachList() {
    TextList.Builder builder = new TextList.Builder();
    builder.add("\u20ac");
    assertThat(builder.build().strings()).containsExactly("\u20ac");
    builder.add("[on]".toCharArray(), 1, 2);
    assertThat(builder.build().strings()).containsExactly("on");
    assertThat(builder.build().size()).isZero();
  }

  @Test
  void thousandsOfTextsFindTheirPlaces() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      texts.add("customer-" + i);
    }
    TextSet compact = TextSet.of(texts);
    assertThat(texts).allMatch(compact::contains);
    for (int i = 5_000; i < 10_000; i++) {
      assertThat(compact.contains("customer-" + i)).isFalse();
    }
  }

  @Test
  void equalIsWhatHoldsTheSameTexts() {
    TextSet one = TextSet.of(List.of("a", "b", "a"));
    assertThat(one).isEqualTo(TextSet.of(new HashSet<>(List.of("b", "a")))).hasToString("[a, b]");
    assertThat(one).hasSameHashCodeAs(TextSet.of(List.of("b", "a")));
    assertThat(one).isNotEqualTo(TextSet.of(List.of("ab")));
    assertThat(TextList.of(List.of("a", "bc"))).isNotEqualTo(TextList.of(List.of("ab", "c")));
  }
}
