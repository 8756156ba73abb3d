package io.splitio.fake;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.fake.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server as a process of its own. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SplitCloudMainTest {
  private Process process;
  private BufferedReader output;
  private HttpCalls http;

  @BeforeEach
  void start() throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SplitCloudMain.class.getName(),
                "--flags",
                "7",
                "--segments",
                "2",
                "--segment-size",
                "30")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    output = process.inputReader(StandardCharsets.UTF_8);
    http = new HttpCalls(Objects.requireNonNull(output.readLine(), "it printed no address"));
  }

  @AfterEach
  void stop() {
    process.destroyForcibly();
  }

  @Test
  void flagsHaveThreeConditionsEach() {
    Map<?, ?> block =
        (Map<?, ?>)
            Objects.requireNonNull(
                http.json("/api/splitChanges?s=1.3&since=-1&rbSince=-1").get("ff"));
    assertThat((List<?>) block.get("d"))
        .hasSize(7)
        .allSatisfy(
            flag ->
                assertThat((List<?>) ((Map<?, ?>) flag).get("conditions"))
                    .as("conditions of %s", flag)
                    .hasSize(3));
  }

  @Test
  void segmentsHaveTheirKeys() {
    assertThat((List<?>) http.json("/api/segmentChanges/segment-1?since=-1").get("added"))
        .hasSize(30)
        .first()
        .isEqualTo("segment-1-user-0");
  }

  @Test
  void obeysWhatIsPostedAndWhatIsTyped() throws IOException {
    long posted = changeNumber(http.post("/control", "flag posted on").body());
    try (var input = process.outputWriter(StandardCharsets.UTF_8)) {
      input.write("flag typed on\n");
      input.flush();
      assertThat(changeNumber(output.readLine())).isGreaterThan(posted);
    }
  }

  @Test
  void endsWithItsStandardInput() throws IOException, InterruptedException {
    process.getOutputStream().close();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  private static long changeNumber(String answer) {
    return (Long) Objects.requireNonNull(Json.object(answer).get("changeNumber"), answer);
  }
}
