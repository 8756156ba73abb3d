package io.splitio.benchmarks.contest;

import io.splitio.fake.data.Flag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The rollouts of the contest in the format of each contestant that reads them from a file. */
final class Documents {
  private static final String LAUNCHDARKLY =
      """
      "%s":{"key":"%1$s","version":1,"on":true,"salt":"%1$s","variations":["on","off"],
      "fallthrough":{"rollout":{"variations":[
      {"variation":0,"weight":50000},{"variation":1,"weight":50000}]}},"offVariation":1}\
      """;
  private static final String UNLEASH =
      """
      {"name":"%s","type":"release","enabled":true,"strategies":[{"name":"flexibleRollout",
      "parameters":{"rollout":"50","stickiness":"userId","groupId":"%1$s"}}]}\
      """;
  private static final String CONFIGCAT =
      """
      "%s":{"t":1,"v":{"s":"off"},"p":[{"p":50,"v":{"s":"on"}},{"p":50,"v":{"s":"off"}}]}\
      """;

  private Documents() {}

  /** Split's change document, for localhost mode. */
  static Path localhostFile() throws IOException {
    return file(
        "{\"ff\":{\"s\":-1,\"t\":1,\"d\":["
            + rollouts(number -> with(number).json())
            + "]},\"rbs\":{\"s\":-1,\"t\":-1,\"d\":[]}}");
  }

  private static Flag with(int number) {
    return Contest.rolloutFlag(number).with("changeNumber", 1);
  }

  static Path launchDarklyFile() throws IOException {
    return file(
        "{\"flags\":{"
            + rollouts(number -> LAUNCHDARKLY.formatted(Contest.rollout(number)))
            + "}}");
  }

  static String unleash() {
    return "{\"version\":1,\"features\":["
        + rollouts(number -> UNLEASH.formatted(Contest.rollout(number)))
        + "]}";
  }

  static Path configCatFile() throws IOException {
    return file(
        "{\"p\":{\"u\":\"\",\"r\":0,\"s\":\"salt\"},\"f\":{"
            + rollouts(number -> CONFIGCAT.formatted(Contest.rollout(number)))
            + "}}");
  }

  private static String rollouts(IntFunction<String> definition) {
    return IntStream.range(0, Contest.ROLLOUTS)
        .mapToObj(definition)
        .collect(Collectors.joining(","));
  }

  private static Path file(String text) throws IOException {
    Path file = Files.createTempFile("contest", ".json");
    file.toFile().deleteOnExit();
    return Files.writeString(file, text);
  }
}
