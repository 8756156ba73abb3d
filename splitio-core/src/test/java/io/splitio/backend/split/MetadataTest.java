package io.splitio.backend.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.splitio.backend.Services.Machine;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataTest {
  private static Map<String, String> headers(
      String key, @Nullable String name, @Nullable String address) {
    return new Metadata(key, () -> new Machine("java-1.0.0", name, address)).get();
  }

  @Test
  void theServiceLearnsWhoAsks() {
    assertThat(headers("abcdwxyz", "host-1", "10.0.0.5"))
        .containsExactly(
            entry("SplitSDKVersion", "java-1.0.0"),
            entry("SplitSDKMachineIP", "10.0.0.5"),
            entry("SplitSDKMachineName", "host-1"),
            entry("SplitSDKClientKey", "wxyz"));
  }

  @Test
  void aShortKeyIsShownWhole() {
    assertThat(headers("abc", null, null)).containsEntry("SplitSDKClientKey", "abc");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "NA", "unknown", " NA ", "сервер", "主机"})
  void whatIsUnknownOrCannotBeSaidIsLeftOut(String name) {
    assertThat(headers("key", name, name)).containsOnlyKeys("SplitSDKVersion", "SplitSDKClientKey");
  }

  @Test
  void aNameCannotAddAHeader() {
    assertThat(headers("key", "host\r\nX-Evil: 1\u0000\u007f", null))
        .containsEntry("SplitSDKMachineName", "hostX-Evil: 1");
  }

  @Test
  void theMachineIsAskedOnce() {
    int[] asked = new int[1];
    Metadata metadata =
        new Metadata(
            "key",
            () -> {
              asked[0]++;
              return new Machine("java-1.0.0", "a", "b");
            });
    metadata.get();
    metadata.get();
    assertThat(asked[0]).isEqualTo(1);
  }
}
