package io.splitio.backend.localhost;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.testing.LoggedLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

/** Whatever a file says, it writes no line of its own into the log, and no endless one. */
class ForgedLogTest {
  /** A line feed, a next-line, both separators, an escape, as JSON and quoted YAML write them. */
  private static final String EVIL = "x\\n\\r\\u0085\\u2028\\u2029\\u001b[2JERROR forged";

  private static final String HUGE = "y".repeat(100_000);

  @TempDir Path folder;

  /** What is logged about a text, which must be something. */
  private static List<String> logged(String fileName, String text) {
    return logged(bench -> {}, LocalhostConnector.content(fileName, text));
  }

  private static List<String> logged(Consumer<LocalhostBench> then, LocalhostConnector connector) {
    try (LoggedLines lines = new LoggedLines("splitio.sync")) {
      LocalhostBench bench = new LocalhostBench(connector).settle().settle();
      then.accept(bench);
      List<String> all = new ArrayList<>(List.of(bench.problem()));
      for (Level level : Level.values()) {
        all.addAll(lines.at(level));
      }
      all.addAll(lines.failureMessages());
      return all;
    }
  }

  private static void assertHarmless(List<String> lines, String told) {
    assertThat(lines).anyMatch(line -> line.contains(told));
    for (String line : lines) {
      assertThat(line).hasSizeLessThan(5_000);
      assertThat(line).doesNotContainPattern("[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029]");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {EVIL, "HUGE"})
  void namesAndReasonsFromJson(String given) {
    String evil = given.equals("HUGE") ? HUGE : given;
    String json =
        "{\"splits\":[{\"name\":\"EVIL\",\"seed\":{}},{\"name\":\"f\",\"seed\":\"EVIL\"},"
            + "{\"name\":\"EVIL1\",\"conditions\":[{\"matcherGroup\":{\"combiner\":\"AND\","
            + "\"matchers\":[{\"matcherType\":\"EVIL\"}]}}]}]}";
    List<String> lines = logged("f.json", json.replace("EVIL", evil));

    assertHarmless(lines, "is not valid: seed is an object");
    assertHarmless(lines, "has matcherType");
  }

  @Test
  void aRegularExpressionThatIsNone() {
    String flag =
        "{\"name\":\"f\",\"conditions\":[{\"matcherGroup\":{\"combiner\":\"AND\",\"matchers\":"
            + "[{\"matcherType\":\"MATCHES_STRING\",\"stringMatcherData\":\"("
            + EVIL
            + "\"}]},\"partitions\":[{\"treatment\":\"on\",\"size\":100}]}]}";

    assertHarmless(logged("f.json", "{\"splits\":[" + flag + "]}"), "flag 'f'");
  }

  @Test
  void jsonThatIsNone() {
    assertHarmless(logged("f.json", "{\"splits\":[\u0085" + HUGE), "f.json, line 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {EVIL, "HUGE"})
  void aFieldThatOccursTwiceInJson(String given) {
    String name = given.equals("HUGE") ? HUGE : given;
    String json = "{\"splits\":[],\"EVIL\":1,\"EVIL\":2}".replace("EVIL", name);

    assertHarmless(logged("f.json", json), "f.json, line 1, column ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- \"EVIL\": {keys: a}",
        "- f: {treatment: on, \"EVIL\": a, \"EVIL\": b}",
        "- \"EVIL\": {treatment: on, config: [x]}",
        "- \"EVIL\": {treatment: on, keys: {}}",
        "- f: *HUGE",
        "- f: !<tag:HUGE> x",
        "- f: {treatment: on, HUGE: a, HUGE: b}",
      })
  void namesFromYaml(String text) {
    assertHarmless(logged("f.yaml", text.replace("EVIL", EVIL).replace("HUGE", HUGE)), "line 1: ");
  }

  @Test
  void aHugeNameLeavesRoomForTheCure() {
    assertHarmless(logged("f.yaml", "- f: *" + HUGE), "Mend the YAML of this line, or above it.");
    assertHarmless(logged("f.yaml", "- f: !<tag:" + HUGE + "> x"), "is not accepted. Remove it.");
  }

  @Test
  void theNameOfATextOfFlags() {
    assertHarmless(logged("f\n\u2028\u001b.json", "["), "f\\u000a\\u2028\\u001b.json, line 1");
  }

  @Test
  void theNameOfAFile() {
    Path file = folder.resolve("f\n\u2028.json");

    assertHarmless(logged(bench -> {}, LocalhostConnector.file(file)), "f\\u000a\\u2028.json");
  }

  @Test
  void namesOfSegments() throws IOException {
    String flag = JsonSegments.flagAskingFor("s\\u2028\\u0085");
    Path file = Files.writeString(folder.resolve("f.json"), flag);
    Path segment = folder.resolve("s\u2028\u0085.json");
    Files.writeString(segment, "{\"name\":\"s\",\"added\":[\"ana\"],\"till\":5}");

    List<String> lines =
        logged(
            bench -> {
              rewrite(segment, "{\"name\":\"s\",\"added\":[\"eve\"],\"till\":4}");
              bench.refreshed();
              rewrite(segment, "{\"name\":");
              bench.refreshed();
            },
            LocalhostConnector.file(file).segments(folder).refresh(LocalhostBench.REFRESH));

    assertHarmless(lines, "The file of segment 's\\u2028\\u0085' has change number 4");
    assertHarmless(lines, "s\\u2028\\u0085.json, line 1");
  }

  @Test
  void theNameOfASegmentThatIsNoFileName() {
    LocalhostConnector connector =
        LocalhostConnector.content("f.json", JsonSegments.flagAskingFor("/\\u2028\\u0085\\n"))
            .segments(folder);

    assertHarmless(logged(bench -> {}, connector), "the segment '/\\u2028\\u0085\\u000a'");
  }

  private static void rewrite(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
