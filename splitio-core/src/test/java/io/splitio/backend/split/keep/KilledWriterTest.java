package io.splitio.backend.split.keep;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.backend.split.keep.KeptFile.Found;
import java.io.BufferedReader;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that writes is killed at any moment, 10 times, or as often as the system property
 * {@code splitio.test.kills} says.
 */
class KilledWriterTest {
  private static final int KILLS = Integer.getInteger("splitio.test.kills", 10);

  @TempDir private Path folder;

  private Process writer() throws Exception {
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                Writing.class.getName(),
                folder.resolve("flags").toString(),
                "1000000")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said = writer.inputReader(StandardCharsets.UTF_8)) {
      assertThat(said.readLine()).isEqualTo("wrote");
    }
    return writer;
  }

  @Test
  void aCompleteSetIsThereAtAnyMoment() throws Exception {
    Random random = new Random(1);
    int changes = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      Process writer = writer();
      boolean ended = writer.waitFor(random.nextInt(60_000), TimeUnit.MICROSECONDS);
      writer.destroyForcibly().waitFor();
      assertThat(ended).isFalse();
      List<Entry> entries = new ArrayList<>();
      Found found =
          new KeptFile(folder.resolve("flags"), Writing.OWNER, 1 << 20).read(entries::add);
      assertThat(found).isIn(Found.WHOLE, Found.DAMAGED);
      assertThat(entries.get(1).kind()).isEqualTo(Entry.Kind.COMPLETE);
      changes += entries.size() - 2;
    }
    assertThat(changes).as("entries that were appended to complete sets").isPositive();
    Writing.write(folder.resolve("flags"), 1);
    assertThat(names()).as("nothing is left behind").containsExactly("flags");
  }

  @Test
  void twoProcessesOnOnePathLeaveACompleteSetAtAnyMoment() throws Exception {
    Process first = writer();
    Process second = writer();
    try {
      for (int look = 0; look < 200; look++) {
        Found found =
            new KeptFile(folder.resolve("flags"), Writing.OWNER, 1 << 20).read(entry -> {});
        assertThat(found).isIn(Found.WHOLE, Found.DAMAGED);
      }
      assertThat(first.isAlive() && second.isAlive()).isTrue();
    } finally {
      first.destroyForcibly().waitFor();
      second.destroyForcibly().waitFor();
    }
  }

  private String[] names() {
    String[] names = new File(folder.toString()).list();
    return names == null ? new String[0] : names;
  }
}
