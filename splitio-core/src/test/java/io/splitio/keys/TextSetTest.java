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
    assertThat(compact.contains("\u00ac")).isFalse(); // the same low byte
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

  /** Texts that are alike have hashes side by side; no question is to walk along all of them. */
  @Test
  void textsThatAreAlikeLieApart() {
    List<String> numbered = new ArrayList<>();
    List<String> codes = new ArrayList<>();
    for (int i = 0; i < 12_000; i++) {
      numbered.add("customer-" + i);
      codes.add(Integer.toString(36 * 36 * 36 + i, 36));
    }
    assertThat(longestRun(TextSet.of(numbered))).isLessThan(200); // of 16,384
    assertThat(longestRun(TextSet.of(codes))).isLessThan(200);
  }

  private static int longestRun(TextSet set) {
    int longest = 0;
    int run = 0;
    for (int place : set.places) {
      run = place == 0 ? 0 : run + 1;
      longest = Math.max(longest, run);
    }
    return longest;
  }

  @Test
  void equalIsWhatHoldsTheSameTexts() {
    TextSet one = TextSet.of(List.of("a", "b", "a"));
    assertThat(one).isEqualTo(TextSet.of(new HashSet<>(List.of("b", "a")))).hasToString("[a, b]");
    assertThat(one).hasSameHashCodeAs(TextSet.of(List.of("b", "a")));
    assertThat(one).isNotEqualTo(TextSet.of(List.of("ab")));
  }
}
