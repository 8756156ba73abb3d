package io.splitio.benchmarks.size;

import io.splitio.fake.data.Flag;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

/** Flags with a list of keys, a rollout and a configuration each: about 2 KB of JSON. */
final class ManyDefinitions {
  private static final int LISTED = 25;

  private ManyDefinitions() {}

  /** One definition, as the protocol's JSON. */
  static String flag(int number, long version) {
    String[] keys =
        IntStream.range(0, LISTED)
            .mapToObj(key -> "customer-of-flag-" + number + "-number-" + key)
            .toArray(String[]::new);
    return Flag.named("flag-" + number)
        .forKeys("on", keys)
        .split("on", 50, "off", 50)
        .configuration("on", "{\"color\":\"blue\",\"size\":" + number % 100 + "}")
        .with("changeNumber", version)
        .json();
  }

  /** Writes a change document of so many flags. */
  static Path file(int flags) throws Exception {
    Path file = Files.createTempFile("definitions", ".json");
    file.toFile().deleteOnExit();
    try (var out = Files.newBufferedWriter(file)) {
      out.write("{\"ff\":{\"s\":-1,\"t\":1,\"d\":[");
      for (int number = 0; number < flags; number++) {
        out.write((number == 0 ? "" : ",") + flag(number, 1));
      }
      out.write("]},\"rbs\":{\"s\":-1,\"t\":-1,\"d\":[]}}");
    }
    return file;
  }

  /** A document of one flag, as a notification carries it. */
  static byte[] document(int number, long version) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(flag(number, version).getBytes(StandardCharsets.UTF_8));
    return bytes.toByteArray();
  }
}
