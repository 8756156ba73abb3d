package io.splitio.fake.featbit;

import static io.splitio.fake.featbit.FeatBitCalls.LIMIT;
import static io.splitio.fake.featbit.FeatBitCalls.SECRET;
import static io.splitio.fake.featbit.FeatBitCalls.connect;
import static io.splitio.fake.featbit.FeatBitCalls.control;
import static io.splitio.fake.featbit.FeatBitCalls.track;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.splitio.fake.featbit.FeatBitCalls.Talk;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Commands, posted or typed. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FeatBitConsoleTest {
  private static final int ENDED_WITHOUT_A_WORD = 1006;

  private final FeatBitServer server = FeatBitServer.start(SECRET);

  @AfterEach
  void close() {
    server.close();
  }

  private String obey(String command) {
    return control(server, command).body();
  }

  @Test
  void flagsAreMadeTurnedAndArchived() {
    obey("flag {\"key\":\"banner\",\"isEnabled\":true}");
    obey("off banner");
    assertThat(server.flag("banner")).contains("\"isEnabled\":false");
    obey("on banner");
    assertThat(server.flag("banner")).contains("\"isEnabled\":true");
    assertThat(obey("archive banner")).isEqualTo("{\"version\":" + server.version() + "}");
    assertThat(server.flag("banner")).contains("\"isArchived\":true");
  }

  @Test
  void segmentsAreMadeAndMessagesLoaded() {
    obey("segment {\"id\":\"beta\"}");
    obey("load {\"data\":{\"featureFlags\":[{\"key\":\"loaded\"}]}}");
    assertThat(server.segment("beta")).contains("beta");
    assertThat(server.flag("loaded")).contains("loaded");
  }

  @Test
  void connectionsAreSpokenToAndClosed() {
    Talk talk = connect(server);
    server.awaitConnected(1, LIMIT);
    obey("send hello");
    assertThat(talk.hear()).isEqualTo("hello");
    obey("mute");
    obey("speak");
    obey("close 1001");
    assertThat(talk.closed()).succeedsWithin(LIMIT).isEqualTo(1001);
    Talk other = connect(server);
    server.awaitConnected(1, LIMIT);
    obey("cut");
    assertThat(other.closed()).succeedsWithin(LIMIT).isEqualTo(ENDED_WITHOUT_A_WORD);
  }

  @Test
  void anEndpointFailsUntilFaultsAreCleared() {
    obey("fault insights 503");
    assertThat(track(server, "[]").statusCode()).isEqualTo(503);
    obey("fault clear");
    assertThat(track(server, "[]").statusCode()).isEqualTo(200);
  }

  @Test
  void whatArrivedIsCounted() {
    track(server, "[{\"user\":{\"keyId\":\"ana\"}}]");
    assertThat(obey("received")).contains("\"events\":1", "\"connected\":0");
    assertThat(obey("requests")).isEqualTo("{\"INSIGHTS\":1,\"LATEST_ALL\":0,\"STREAMING\":0}");
  }

  @Test
  void whatIsNotUnderstoodIsSaidAndABadRequest() {
    assertThat(control(server, "dance").statusCode()).isEqualTo(400);
    assertThat(obey("dance")).isEqualTo("{\"error\":\"unknown command dance\"}");
    assertThat(obey("close now")).startsWith("{\"error\":");
    assertThat(obey("fault insights")).startsWith("{\"error\":");
  }

  @Test
  void itRunsAsAProcessAndEndsWithItsStandardInput() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                FeatBitMain.class.getName(),
                "--secret",
                SECRET)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        var input = process.outputWriter(StandardCharsets.UTF_8)) {
      assertThat(output.readLine()).startsWith("http://127.0.0.1:");
      input.write("flag {\"key\":\"typed\"}\n");
      input.flush();
      assertThat(output.readLine()).startsWith("{\"version\":");
      input.close();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void optionsThatAreWrongAreNamed() {
    assertThatThrownBy(() -> FeatBitMain.options("--fast", "1")).hasMessageContaining("--fast");
    assertThatThrownBy(() -> FeatBitMain.options("--port", "1")).hasMessageContaining("--secret");
    assertThatThrownBy(() -> FeatBitMain.options("--secret")).hasMessageContaining("missing");
  }
}
