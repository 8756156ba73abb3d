package io.splitio.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What came from outside cannot forge a log. */
class LogSafeTest {

  @ParameterizedTest
  @ValueSource(
      ints = {0, '\n', '\r', '\t', 0x1B, 0x7F, 0x85, 0x9B, 0x2028, 0x2029, 0x202E, 0x200B, 0xD800})
  void whatCouldForgeALineIsWrittenAsItsNumber(int character) {
    String text = "a" + (char) character + "b";
    String escape = String.format("\\u%04x", character);

    assertThat(LogSafe.quote(text)).isEqualTo("'a" + escape + "b'");
    assertThat(LogSafe.part(text)).isEqualTo("a" + escape + "b");
    assertThat(LogSafe.line(text)).isEqualTo("a" + escape + "b");
  }

  @Test
  void whatIsHarmlessStaysAsItIs() {
    assertThat(LogSafe.quote("Grüße, 世界 😀 ${jndi}")).isEqualTo("'Grüße, 世界 😀 ${jndi}'");
    assertThat(LogSafe.quote(null)).isEqualTo("null");
  }

  @Test
  void aNameHasAtMost256CharactersAndALine2000() {
    assertThat(LogSafe.quote("x".repeat(256))).isEqualTo("'" + "x".repeat(256) + "'");
    assertThat(LogSafe.quote("x".repeat(257))).isEqualTo("'" + "x".repeat(256) + "…'");
    assertThat(LogSafe.part("x".repeat(257))).isEqualTo("x".repeat(256) + "…");
    assertThat(LogSafe.line("x".repeat(2_000))).isEqualTo("x".repeat(2_000));
    assertThat(LogSafe.line("x".repeat(2_001))).isEqualTo("x".repeat(2_000) + "…");
  }

  @Test
  void aPairOfSurrogatesIsNotParted() {
    assertThat(LogSafe.part("x".repeat(255) + "😀")).isEqualTo("x".repeat(255) + "…");
  }

  @Test
  void ofManyNamesTheFirstTenAreShown() {
    List<Integer> names = IntStream.range(0, 11).boxed().toList();

    assertThat(LogSafe.quoteAll(names.subList(0, 2))).isEqualTo("'0', '1'");
    assertThat(LogSafe.quoteAll(names)).endsWith("'9', …");
    assertThat(LogSafe.quoteAll("a\nb")).isEqualTo("'a\\u000ab'");
    assertThat(LogSafe.quoteAll(null)).isEqualTo("null");
  }
}
