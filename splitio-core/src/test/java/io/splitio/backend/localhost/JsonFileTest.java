package io.splitio.backend.localhost;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.keys.KeySet;
import io.splitio.testing.LoggedLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

/** Evaluation specification 12.4 to 12.6: JSON files, their segments and their changes. */
class JsonFileTest {
  private static final String IN_STAFF =
      "{'name':'f','conditions':[{'conditionType':'WHITELIST','matcherGroup':{'combiner':'AND',"
          + "'matchers':[{'matcherType':'IN_SEGMENT','userDefinedSegmentMatcherData':"
          + "{'segmentName':'staff'}}]},'partitions':[{'treatment':'on','size':100}]}]}";

  @TempDir Path folder;
  private Path file;
  private Path segments;

  @BeforeEach
  void makePlaces() throws IOException {
    file = folder.resolve("flags.json");
    segments = Files.createDirectory(folder.resolve("segments"));
  }

  private void write(String json) throws IOException {
    Files.writeString(file, json.replace('\'', '"'));
  }

  private void writeSegment(String json) throws IOException {
    Files.writeString(segments.resolve("staff.json"), json.replace('\'', '"'));
  }

  private static String flags(long till, String... flags) {
    return "{'ff':{'d':["
        + String.join(",", flags)
        + "],'s':-1,'t':"
        + till
        + "},'rbs':{'d':[],"
        + "'s':-1,'t':-1}}";
  }

  private LocalhostBench start() {
    return new LocalhostBench(
            LocalhostConnector.file(file).segments(segments).refresh(LocalhostBench.REFRESH))
        .settle()
        .settle();
  }

  @Test
  void flagsAndSegmentsAreReadAndReadinessFollows() throws IOException {
    write(flags(7, IN_STAFF));
    writeSegment("{'name':'staff','added':['ana','bob'],'removed':['bob'],'since':-1,'till':5}");
    LocalhostBench bench = start();

    assertThat(bench.ready).isCompleted();
    assertThat(bench.backend.mode()).isEqualTo("localhost");
    assertThat(bench.snapshot().flagsTill()).isEqualTo(7);
    assertThat(bench.snapshot().inSegment("staff", "ana")).isTrue();
    assertThat(bench.snapshot().inSegment("staff", "bob")).isTrue();
    assertThat(bench.segment("staff").changeNumber()).isEqualTo(5);
  }

  @Test
  void aSegmentIsKnownByTheNameItIsAskedForWhateverTheFileSays() throws IOException {
    write(flags(7, IN_STAFF));
    writeSegment("{'name':'other','added':['ana']}");

    assertThat(start().snapshot().inSegment("staff", "ana")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'added':['ana']}", "{'name':'','added':['ana']}"})
  void aSegmentFileWithoutANameIsRefused(String segment) throws IOException {
    write(flags(7, IN_STAFF));
    writeSegment(segment);
    LocalhostBench bench = start();

    assertThat(bench.ready).isNotDone();
    assertThat(bench.problem()).contains("staff.json has no name. Add \"name\"");
  }

  @Test
  void aSegmentFileThatIsMissingKeepsEverythingWaitingUntilItIsThere() throws IOException {
    write(flags(7, IN_STAFF));
    LocalhostBench bench = start();
    assertThat(bench.ready).isNotDone();
    assertThat(bench.problem()).contains("staff.json does not exist. Create it");

    writeSegment("{'name':'staff','added':['ana']}");
    bench.refreshed();

    assertThat(bench.ready).isCompleted();
    assertThat(bench.problem()).isEqualTo("none");
  }

  @Test
  void withoutADirectorySegmentsHaveNoMembers() throws IOException {
    write(flags(7, IN_STAFF));
    LocalhostBench bench = new LocalhostBench(LocalhostConnector.file(file)).settle();

    assertThat(bench.ready).isCompleted();
    assertThat(bench.snapshot().inSegment("staff", "ana")).isFalse();
  }

  @Test
  void keysOfASegmentVanishOnlyWhenTheyAreRemoved() throws IOException {
    write(flags(7, IN_STAFF));
    writeSegment("{'name':'staff','added':['ana','bob'],'till':5}");
    LocalhostBench bench = start();

    writeSegment("{'name':'staff','added':['carl'],'removed':['bob'],'till':6}");
    bench.refreshed();

    assertThat(bench.segment("staff").keys()).isEqualTo(KeySet.of(Set.of("ana", "carl")));
    assertThat(bench.segment("staff").changeNumber()).isEqualTo(6);
  }

  @Test
  void anOlderSegmentFileIsIgnoredWithAWarning() throws IOException {
    write(flags(7, IN_STAFF));
    writeSegment("{'name':'staff','added':['ana'],'till':5}");
    LocalhostBench bench = start();

    try (LoggedLines lines = new LoggedLines("splitio.sync")) {
      writeSegment("{'name':'staff','added':['eve'],'till':4}");
      bench.refreshed();

      assertThat(bench.segment("staff").keys()).isEqualTo(KeySet.of(Set.of("ana")));
      assertThat(lines.at(Level.WARN)).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"-1,5", "0,5", "5,5", "9,9"})
  void theVersionOfASegmentStaysWhenTheFileHasNone(long till, long expected) throws IOException {
    write(flags(7, IN_STAFF));
    writeSegment("{'name':'staff','added':['ana'],'till':5}");
    LocalhostBench bench = start();

    writeSegment("{'name':'staff','added':['eve'],'till':" + till + "}");
    bench.refreshed();

    assertThat(bench.segment("staff").contains("eve")).isTrue();
    assertThat(bench.segment("staff").changeNumber()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../secret",
        "/etc/passwd",
        "a/b",
        "a\\\\b",
        "..",
        ".",
        "",
        " ",
        "a\\u0000b",
        "C:x",
        "..\\\\x"
      })
  void aSegmentNameThatIsNoFileNameIsRefused(String name) throws IOException {
    Files.writeString(folder.resolve("secret.json"), "{\"name\":\"secret\",\"added\":[\"ana\"]}");
    write(flags(7, IN_STAFF.replace("'staff'", "'" + name + "'")));
    LocalhostBench bench = start();

    assertThat(bench.ready).isNotDone();
    assertThat(bench.snapshot().segmentCount()).isZero();
    assertThat(bench.problem()).contains("cannot be the name of a file. Rename the segment");
  }

  @Test
  void aFlagThatVanishesStaysUntilItIsArchived() throws IOException {
    write(flags(1, "{'name':'a'}", "{'name':'b'}"));
    LocalhostBench bench = start();

    write(flags(2, "{'name':'b','killed':true}"));
    bench.refreshed();
    assertThat(bench.snapshot().flag("a")).isNotNull();
    assertThat(bench.flag("b").killed()).isTrue();

    write(flags(3, "{'name':'a','status':'ARCHIVED'}"));
    bench.refreshed();
    assertThat(bench.snapshot().flag("a")).isNull();
    assertThat(bench.snapshot().flag("b")).isNotNull();
  }

  @Test
  void aLowerChangeNumberIsIgnoredWithOneWarning() throws IOException {
    write(flags(5, "{'name':'a'}"));
    LocalhostBench bench = start();

    try (LoggedLines lines = new LoggedLines("splitio.sync")) {
      write(flags(4, "{'name':'a','killed':true}"));
      bench.refreshed().refreshed();

      assertThat(bench.flag("a").killed()).isFalse();
      assertThat(bench.snapshot().flagsTill()).isEqualTo(5);
      assertThat(lines.at(Level.WARN))
          .hasSize(1)
          .allSatisfy(line -> assertThat(line).contains("change number 4").contains("than 5"));
    }
  }

  @Test
  void aLowerChangeNumberOfRuleBasedSegmentsIsIgnoredToo() throws IOException {
    write("{'ff':{'d':[],'s':-1,'t':5},'rbs':{'d':[{'name':'r'}],'s':-1,'t':5}}");
    LocalhostBench bench = start();

    write("{'ff':{'d':[{'name':'a'}],'s':-1,'t':6},'rbs':{'d':[],'s':-1,'t':4}}");
    bench.refreshed();

    assertThat(bench.snapshot().flag("a")).isNull();
    assertThat(bench.problem()).contains("rule-based segments with change number 4");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0})
  void withoutAChangeNumberTheContentIsAppliedAndTheNumberStays(long till) throws IOException {
    write(flags(5, "{'name':'a'}"));
    LocalhostBench bench = start();

    write(flags(till, "{'name':'a','killed':true}"));
    bench.refreshed();

    assertThat(bench.flag("a").killed()).isTrue();
    assertThat(bench.snapshot().flagsTill()).isEqualTo(5);
  }

  @Test
  void aBadDefinitionIsPassedOverAndItsEarlierVersionStays() throws IOException {
    write(flags(1, "{'name':'a'}", "{'name':'b'}"));
    LocalhostBench bench = start();

    try (LoggedLines lines = new LoggedLines("splitio.sync")) {
      write(flags(2, "{'name':'a','seed':{}}", "{'name':'b','killed':true}"));
      bench.refreshed();

      assertThat(bench.snapshot().flag("a")).isNotNull();
      assertThat(bench.flag("b").killed()).isTrue();
      assertThat(lines.at(Level.ERROR))
          .hasSize(1)
          .allSatisfy(
              line ->
                  assertThat(line)
                      .contains("flags.json, line 1: flag 'a' is not valid: seed is an object"));
    }
  }

  @Test
  void aBadDefinitionIsToldWithItsLineAndOnceThereIsNoEarlierOneWithoutPromises()
      throws IOException {
    write("{'ff':{'t':1,'d':[\n\n  {'name':'a',\n   'seed':{}},\n  5\n]}}");

    try (LoggedLines lines = new LoggedLines("splitio.sync")) {
      LocalhostBench unused = start();

      assertThat(lines.at(Level.ERROR)).hasSize(2);
      assertThat(lines.at(Level.ERROR).get(0))
          .contains("flags.json, line 3: flag 'a' is not valid")
          .endsWith("It is passed over.");
      assertThat(lines.at(Level.ERROR).get(1)).contains("flags.json, line 5: flag without a name");
    }
  }

  @Test
  void aFieldTwiceInOneObjectFailsTheFile() throws IOException {
    write("{'ff':{'t':1,'d':[\n{'name':'a',\n'name':'b'}]}}");

    assertThat(start().problem()).contains("flags.json").contains("line 3").contains("name");
  }

  @Test
  void aFlagWithAnUnknownMatcherIsNamed() throws IOException {
    write(
        flags(
            1,
            "{'name':'a','conditions':[{'matcherGroup':{'combiner':'AND','matchers':"
                + "[{'matcherType':'NEW'}]}}]}"));

    try (LoggedLines lines = new LoggedLines("splitio.sync")) {
      start();

      assertThat(lines.at(Level.ERROR))
          .hasSize(1)
          .allSatisfy(line -> assertThat(line).contains("flag 'a' has matcherType NEW"));
    }
  }

  @Test
  void onlyFlagsOfTheConfiguredSetsAreInForce() throws IOException {
    write(flags(1, "{'name':'a','sets':['web','x']}", "{'name':'b','sets':['y']}", "{'name':'c'}"));
    LocalhostBench bench =
        new LocalhostBench(
                LocalhostConnector.file(file).refresh(LocalhostBench.REFRESH), Set.of("web"))
            .settle();
    assertThat(bench.snapshot().flagCount()).isEqualTo(1);
    assertThat(bench.snapshot().flag("a")).isNotNull();

    write(flags(2, "{'name':'a','sets':['x']}", "{'name':'b','sets':['web']}"));
    bench.refreshed();

    assertThat(bench.snapshot().flag("a")).isNull();
    assertThat(bench.snapshot().flag("b")).isNotNull();
  }

  @Test
  void aJsonErrorNamesFileLineAndCure() throws IOException {
    write("{'ff':\n{'d':[\n{'name':'a',}]}}");
    LocalhostBench bench = start();

    assertThat(bench.problem())
        .startsWith(file + ", line 3, column ")
        .contains("Mend the JSON there. No flags are served until it is mended");
  }

  @Test
  void aJsonErrorSpeaksOfLinesNotOfTheParser() throws IOException {
    write("{'ff':\n{'d':[");

    assertThat(start().problem())
        .contains("expected close marker for Array (start marker at line 2, column 6). Mend")
        .doesNotContain("Source");
  }

  @Test
  void aJsonTextBeyondALimitIsNamedWithItsPlace() throws IOException {
    write("{'ff':\n{'" + "x".repeat(60_000) + "':1}}");

    assertThat(start().problem())
        .startsWith(file + ", line 2, column ")
        .contains("Name length (60000) exceeds the maximum allowed (50000). Mend the JSON there.");
  }

  @Test
  void theOlderLayoutIsReadToo() throws IOException {
    write("{'splits':[{'name':'a'}],'since':-1,'till':3}");

    assertThat(start().snapshot().flagsTill()).isEqualTo(3);
  }
}
