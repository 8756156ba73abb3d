package io.splitio.fake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConsoleTest {
  private final SplitCloud cloud = SplitCloud.start();
  private final Console console = new Console(cloud);

  @AfterEach
  void close() {
    cloud.close();
  }

  @Test
  void flagsAreMadeKilledAndArchived() {
    assertThat(console.answer("flag banner on")).startsWith("{\"changeNumber\":");
    console.answer("kill banner off");
    assertThat(cloud.flags().get("banner"))
        .hasValueSatisfying(
            json -> assertThat(json).contains("\"killed\":true", "\"defaultTreatment\":\"off\""));
    console.answer("archive banner");
    assertThat(cloud.flags().names()).isEmpty();
  }

  @Test
  void aFlagIsMadeOfJson() {
    console.answer("flag {\"name\": \"banner\"}");
    assertThat(cloud.flags().names()).containsExactly("banner");
  }

  @Test
  void keysEnterAndLeaveSegments() {
    console.answer("segment beta +a +b -a");
    assertThat(cloud.segment("beta").members()).containsExactly("b");
  }

  @Test
  void ruleBasedSegmentsAreMade() {
    console.answer("rbs vip a b");
    assertThat(cloud.ruleBasedSegments().get("vip"))
        .hasValueSatisfying(json -> assertThat(json).contains("[\"a\",\"b\"]"));
  }

  @Test
  void streamingIsTurnedOff() {
    console.answer("streaming disable");
    assertThat(cloud.authentication().answer()).contains("\"pushEnabled\":false");
  }

  @Test
  void whatIsNotUnderstoodIsSaid() {
    assertThat(console.answer("dance")).isEqualTo("{\"error\":\"unknown command dance\"}");
    assertThat(console.answer("kill nothing off"))
        .isEqualTo("{\"error\":\"nothing is not known; put it first\"}");
    assertThat(console.answer("inline loud")).startsWith("{\"error\":");
    assertThat(console.answer("flag banner")).startsWith("{\"error\":");
  }
}
