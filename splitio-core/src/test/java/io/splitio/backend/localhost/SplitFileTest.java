package io.splitio.backend.localhost;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.Evaluation;
import io.splitio.flag.Condition;
import io.splitio.flag.FeatureFlag;
import io.splitio.testing.LoggedLines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

/** Every rule of evaluation specification 12.2. */
class SplitFileTest {

  private static LocalhostBench read(String text) {
    return new LocalhostBench(LocalhostConnector.content(".split", text)).settle();
  }

  @Test
  void aLineOfTwoColumnsIsForEverybodyAndOneOfThreeForAKey() {
    LocalhostBench bench = read("checkout v2\ncheckout v3 ana\n");

    assertThat(bench.treatment("bob", "checkout")).isEqualTo("v2");
    assertThat(bench.treatment("ana", "checkout")).isEqualTo("v3");
  }

  @Test
  void blankLinesAndCommentsAndBlanksAroundColumnsCountForNothing() {
    LocalhostBench bench =
        read("\n# comment\n   #another one here\n \t checkout \t\t v2  \r\n\r\n");

    assertThat(bench.snapshot().flagCount()).isEqualTo(1);
    assertThat(bench.treatment("k", "checkout")).isEqualTo("v2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a on\r\nb off\r\n", "a on\rb off", "\uFEFFa on\nb off"})
  void everyLineEndingAndAByteOrderMarkAreAccepted(String text) {
    assertThat(read(text).treatment("k", "a")).isEqualTo("on");
    assertThat(read(text).treatment("k", "b")).isEqualTo("off");
  }

  @Test
  void theFirstLineForEverybodyWinsAndTheLastOneGivesTheDefaultTreatment() {
    LocalhostBench bench = read("f first\nf second\nf third\n");
    FeatureFlag flag = bench.flag("f");

    assertThat(bench.treatment("k", "f")).isEqualTo("first");
    assertThat(flag.defaultTreatment()).isEqualTo("third");
  }

  @Test
  void theLastLineForAKeyWinsAndLinesForKeysComeFirst() {
    LocalhostBench bench = read("f all\nf one ana\nf two ana\n");
    FeatureFlag flag = bench.flag("f");

    assertThat(bench.treatment("ana", "f")).isEqualTo("two");
    assertThat(flag.conditions())
        .extracting(Condition::type)
        .containsExactly(
            Condition.Type.WHITELIST, Condition.Type.WHITELIST, Condition.Type.ROLLOUT);
    assertThat(flag.defaultTreatment()).isEqualTo("two");
  }

  @Test
  void theFlagHasTheSpecifiedProperties() {
    FeatureFlag flag = read("f on\n").flag("f");

    assertThat(flag.trafficType()).isEqualTo("user");
    assertThat(flag.killed()).isFalse();
    assertThat(flag.changeNumber()).isZero();
    assertThat(flag.allocation().percent()).isEqualTo(100);
    assertThat(flag.configs()).isEmpty();
    assertThat(flag.conditions().get(0).label()).isEqualTo("default rule");
    assertThat(flag.conditions().get(0).rollout().outcomes())
        .extracting(Evaluation::treatment)
        .containsExactly("on");
  }

  @Test
  void aLineWithOtherColumnsIsPassedOverAndNamed() {
    try (LoggedLines lines = new LoggedLines("splitio.sync")) {
      LocalhostBench bench = read("alone\nf on\na b c d\n");

      assertThat(bench.snapshot().flagCount()).isEqualTo(1);
      assertThat(lines.at(Level.INFO))
          .anySatisfy(line -> assertThat(line).startsWith(".split, line 1 has 1 columns"))
          .anySatisfy(line -> assertThat(line).startsWith(".split, line 3 has 4 columns"));
    }
  }

  @Test
  void anEmptyFileHasNoFlags() {
    LocalhostBench bench = read("");

    assertThat(bench.ready).isCompleted();
    assertThat(bench.snapshot().flagCount()).isZero();
  }
}
