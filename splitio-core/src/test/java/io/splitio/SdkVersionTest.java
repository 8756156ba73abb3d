package io.splitio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SdkVersionTest {
  private static InputStream resource(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void theVersionIsThatOfTheResource() {
    assertThat(SdkVersion.version(resource("1.2.3-SNAPSHOT\n"))).isEqualTo("1.2.3-SNAPSHOT");
  }

  @Test
  void withoutAVersionItIsUnknown() {
    assertThat(SdkVersion.version(null)).isEqualTo("unknown");
    assertThat(SdkVersion.version(resource(""))).isEqualTo("unknown");
    assertThat(SdkVersion.version(resource("${project.version}"))).isEqualTo("unknown");
  }

  @Test
  void theBuildPutsTheVersionIn() {
    String built = System.getProperty("surefire.test.class.path", ""); // only Maven filters
    assertThat(SdkVersion.TEXT).matches(built.isEmpty() ? "java-.+" : "java-\\d+\\.\\d+.*");
  }
}
