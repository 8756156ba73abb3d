package io.splitio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@link Example} as a user would: in a directory with its files, to its end. */
class ExampleTest {
  private static final String FLAGS =
      """
      {"splits": [
        {"name": "checkout", "trafficTypeName": "user", "status": "ACTIVE", "killed": false,
         "defaultTreatment": "off", "changeNumber": 7, "seed": 1, "algo": 2,
         "trafficAllocation": 100, "sets": ["backend"], "configurations": {"v1": "{}"},
         "conditions": [
          {"conditionType": "ROLLOUT", "label": "gold plan", "matcherGroup": {"combiner": "AND",
            "matchers": [{"matcherType": "WHITELIST", "negate": false, "keySelector":
              {"trafficType": "user", "attribute": "plan"},
              "whitelistMatcherData": {"whitelist": ["gold"]}}]},
           "partitions": [{"treatment": "v2", "size": 100}]},
          {"conditionType": "ROLLOUT", "label": "in segment staff", "matcherGroup":
            {"combiner": "AND", "matchers": [{"matcherType": "IN_SEGMENT", "negate": false,
              "userDefinedSegmentMatcherData": {"segmentName": "staff"}}]},
           "partitions": [{"treatment": "v1", "size": 100}]}]}],
       "since": -1, "till": 7}
      """;

  @TempDir Path folder;

  @Test
  void thePromisedShapeCompilesRunsAndEnds() throws Exception {
    Files.writeString(folder.resolve("splits.json"), FLAGS);
    Path segments = Files.createDirectory(folder.resolve("segments"));
    Files.writeString(
        segments.resolve("staff.json"), "{\"name\": \"staff\", \"added\": [\"user-1\"]}");
    Files.writeString(folder.resolve(".split"), "reserved on\n");

    assertThat(run())
        .contains(
            "treatment: v2",
            "withConfig: v1 {}",
            "many: v1 control",
            "bySet: [checkout]",
            "why: gold plan 7 v2",
            "trace: true",
            "all: [checkout]",
            "queued: true",
            "later: v1",
            "flags: 1",
            "local: on");
  }

  private List<String> run() throws Exception {
    Path output = folder.resolve("output.txt");
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.home=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                Example.class.getName())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(program.waitFor(60, TimeUnit.SECONDS)).as("it ends by itself").isTrue();
    } finally {
      program.destroyForcibly();
    }
    List<String> lines = Files.readAllLines(output);
    assertThat(program.exitValue()).as(String.join("\n", lines)).isZero();
    return lines;
  }
}
