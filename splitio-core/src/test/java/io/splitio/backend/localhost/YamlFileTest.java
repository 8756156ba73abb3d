package io.splitio.backend.localhost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.splitio.api.DateUnit;
import io.splitio.flag.Condition;
import io.splitio.flag.FeatureFlag;
import io.splitio.testing.LoggedLines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

/** Every rule of evaluation specification 12.3, and what hostile YAML may not do. */
class YamlFileTest {
  private static final String EXAMPLE =
      """
      - price_page:
          treatment: "blue"
          keys: ["ana", "bob"]
          config: "{\\"size\\": 3}"
      - price_page:
          treatment: "gray"
      - beta_banner:
          treatment: "on"
          keys: "qa-1"
      """;

  private static LocalhostBench read(String text) {
    return new LocalhostBench(LocalhostConnector.content("flags.yaml", text)).settle();
  }

  private static void parse(String text) throws UnreadableFileException {
    Format.YAML.read(new Text("flags.yaml", text), DateUnit.MILLISECONDS);
  }

  @Test
  void entriesWithKeysAreForThemAndOthersForEverybody() {
    LocalhostBench bench = read(EXAMPLE);

    assertThat(bench.treatment("ana", "price_page")).isEqualTo("blue");
    assertThat(bench.treatment("eve", "price_page")).isEqualTo("gray");
    assertThat(bench.treatment("qa-1", "beta_banner")).isEqualTo("on");
    assertThat(bench.treatment("eve", "beta_banner")).isEqualTo("control");
  }

  @Test
  void theFlagHasTheSpecifiedProperties() {
    FeatureFlag flag = read(EXAMPLE).flag("price_page");

    assertThat(flag.configs()).containsOnlyKeys("blue").containsEntry("blue", "{\"size\": 3}");
    assertThat(flag.defaultTreatment()).isEqualTo("control");
    assertThat(flag.changeNumber()).isZero();
    assertThat(flag.trafficType()).isEqualTo("user");
    assertThat(flag.conditions())
        .extracting(Condition::label)
        .containsExactly("default rule", "default rule");
  }

  @Test
  void laterEntriesWithKeysComeFirstAndOfThoseForEverybodyTheFirstWins() {
    LocalhostBench bench =
        read(
            """
            - f: {treatment: a}
            - f: {treatment: b, keys: ana}
            - f: {treatment: c, keys: [ana, bob]}
            - f: {treatment: d}
            """);

    assertThat(bench.treatment("ana", "f")).isEqualTo("c");
    assertThat(bench.treatment("eve", "f")).isEqualTo("a");
  }

  @Test
  void aConfigBelongsToItsTreatment() {
    FeatureFlag flag =
        read("""
                - f: {treatment: on, config: first, keys: ana}
                - f: {treatment: on, config: second}
                """)
            .flag("f");

    assertThat(flag.configs()).containsEntry("on", "second");
  }

  @ParameterizedTest
  @CsvSource({"on,on", "off,off", "yes,yes", "No,No", "true,true", "7,7", "1.50,1.50", "0x1F,0x1F"})
  void bareTreatmentsAreTheTextTheyWereWrittenAs(String written, String treatment) {
    assertThat(read("- f:\n    treatment: " + written).treatment("k", "f")).isEqualTo(treatment);
  }

  @Test
  void bareKeysAreTheTextTheyWereWrittenAs() {
    LocalhostBench bench =
        read("- f: {treatment: a, keys: [12, true, 1.0]}\n- g: {treatment: b, keys: 7}");

    assertThat(bench.treatment("12", "f")).isEqualTo("a");
    assertThat(bench.treatment("true", "f")).isEqualTo("a");
    assertThat(bench.treatment("1.0", "f")).isEqualTo("a");
    assertThat(bench.treatment("7", "g")).isEqualTo("b");
  }

  @Test
  void onlyTheFirstFlagOfAnEntryIsRead() {
    LocalhostBench bench = read("- f: {treatment: a}\n  g: {treatment: b}");

    assertThat(bench.treatment("k", "f")).isEqualTo("a");
    assertThat(bench.treatment("k", "g")).isEqualTo("unknown");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "f",
        "[f]",
        "{}",
        "f: on",
        "f: {keys: a}",
        "f: {treatment: }",
        "f: {treatment: [on]}",
        "f: {treatment: on, keys: {a: b}}",
        "f: {treatment: on, keys: [[a]]}",
        "f: {treatment: on, config: {a: 1}}",
        "f: {treatment: a, treatment: b}",
        "f: {treatment: a, ~: b}",
        "f: {treatment: a, [b]: c}",
        "~: {treatment: a}",
        "{f: {treatment: a}, f: {treatment: b}}",
        "{f: {treatment: a}, ~: {treatment: b}}"
      })
  void anEntryThatIsNotValidIsPassedOverAndNamed(String entry) {
    try (LoggedLines lines = new LoggedLines("splitio.sync")) {
      LocalhostBench bench =
          read("- good: {treatment: on}\n- " + entry + "\n- last: {treatment: b}");

      assertThat(bench.snapshot().flagCount()).isEqualTo(2);
      assertThat(lines.at(Level.ERROR))
          .hasSize(1)
          .allSatisfy(line -> assertThat(line).startsWith("flags.yaml, line 2: "));
    }
  }

  @Test
  void aFieldThatOccursTwiceIsNamedWithItsLineAndTheOtherEntriesCount() {
    try (LoggedLines lines = new LoggedLines("splitio.sync")) {
      LocalhostBench bench = read("- f:\n    treatment: a\n    treatment: b\n- f: {treatment: c}");

      assertThat(bench.ready).isCompleted();
      assertThat(bench.treatment("k", "f")).isEqualTo("c");
      assertThat(lines.at(Level.ERROR))
          .containsExactly(
              "flags.yaml, line 3: 'treatment' occurs twice in one entry; remove one; it is passed"
                  + " over");
    }
  }

  @Test
  void noKeysAtAllAreForNobody() {
    assertThat(read("- f: {treatment: on, keys: []}").treatment("k", "f")).isEqualTo("control");
    assertThat(read("- f: {treatment: on, keys: }").treatment("k", "f")).isEqualTo("on");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "# nothing\n", "---\n", "[]", "---\n...\n"})
  void anEmptyFileHasNoFlags(String text) {
    LocalhostBench bench = read(text);

    assertThat(bench.ready).isCompleted();
    assertThat(bench.snapshot().flagCount()).isZero();
  }

  @Test
  void whatAnEntrySaysItselfWinsOverWhatItMerges() {
    LocalhostBench bench = read("- f: &base {treatment: a}\n- g: {treatment: b, <<: *base}\n");

    assertThat(bench.treatment("k", "g")).isEqualTo("b");
  }

  @Test
  void carriageReturnsAByteOrderMarkAndAnchorsAreAccepted() {
    LocalhostBench bench =
        read(
            "\uFEFF- f: &base\r\n    treatment: a\r\n- g:\r\n    <<: *base\r\n    keys: ana\r\n- h: *base\r\n");

    assertThat(bench.treatment("k", "f")).isEqualTo("a");
    assertThat(bench.treatment("ana", "g")).isEqualTo("a");
    assertThat(bench.treatment("k", "h")).isEqualTo("a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "f: {treatment: on}|line 1: the file is no list of flags",
        "text|line 1: the file is no list of flags",
        "`- f:\n\ttreatment: on`|line 2: found character '\\t(TAB)'",
        "`- f: {treatment: a`|line 1: expected ',' or '}'",
        "`- f:\n    treatment: !!javax.script.ScriptEngineManager [x]`|line 2: Global tag is not allowed",
        "`- f: {treatment: on}\n- !!java.net.URL [\"http://localhost\"]`|line 2: Global tag is not allowed",
        "`- !own {f: {treatment: on}}`|line 1: the tag '!own'",
        "`- f: *nowhere`|line 1: found undefined alias nowhere",
        "`- a: {treatment: b}\n---\n- c: {treatment: d}`|line 2: but found another document"
      })
  void whatIsNoListOfFlagsIsAnErrorWithItsLine(String text, String message) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageStartingWith("flags.yaml, " + message);
  }

  @Test
  void aliasesThatMultiplyAreRefused() {
    StringBuilder bomb = new StringBuilder("- &a0 [x, x]\n");
    for (int i = 1; i < 60; i++) {
      bomb.append("- &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]\n");
    }

    assertThatThrownBy(() -> parse(bomb.toString()))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining("aliases");
  }

  @Test
  void deepNestingIsRefused() {
    assertThatThrownBy(() -> parse("- ".repeat(60) + "x"))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining("Nesting Depth exceeded max 50");
  }

  @Test
  void aHugeFileIsRefused() {
    String huge = "- f: {treatment: on}\n" + ("#" + "x".repeat(999) + "\n").repeat(17_000);

    assertThatThrownBy(() -> parse(huge))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining("16 MiB");
  }

  @Test
  void aHugeLineIsRefused() {
    assertThatThrownBy(() -> parse("- f: {treatment: on}\n#" + "x".repeat(1024 * 1024)))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageStartingWith("flags.yaml, line 2: ");
  }

  @Test
  void aMapThatContainsItselfIsNoTrap() {
    LocalhostBench bench =
        read("- f: &f\n    treatment: on\n    <<: *f\n    keys: *f\n- g: {treatment: b}");

    assertThat(bench.treatment("k", "g")).isEqualTo("b");
  }
}
