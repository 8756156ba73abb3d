package io.splitio.backend.localhost;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.testing.LoggedLines;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

/** Which files are read, and what is said of the others. */
class FileKindTest {
  @TempDir Path folder;

  private static LocalhostBench once(Path file) {
    return new LocalhostBench(LocalhostConnector.file(file)).settle();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  @Timeout(20)
  void aPipeIsNotOpened() throws Exception {
    Path pipe = folder.resolve("flags.yaml");
    Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
    assertThat(made.waitFor(10, TimeUnit.SECONDS)).isTrue();

    assertThat(once(pipe).problem()).startsWith(pipe + " is no regular file.");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  @Timeout(20)
  void aDeviceIsNotOpened() {
    assertThat(once(Path.of("/dev/zero")).problem()).startsWith("/dev/zero is no regular file.");
  }

  @Test
  void aDirectoryIsNotAFile() throws IOException {
    Path directory = Files.createDirectory(folder.resolve("flags.json"));

    assertThat(once(directory).problem()).startsWith(directory + " is a directory.");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aFileThatCannotBeOpenedIsNamedWithItsReasonAndItsTraceAtDebugOnly() throws IOException {
    Path loop = Files.createSymbolicLink(folder.resolve("f.yaml"), Path.of("f.yaml"));
    try (LoggedLines lines = new LoggedLines("splitio.sync")) {
      assertThat(once(loop).problem())
          .startsWith(loop + " cannot be read (java.nio.file.FileSystemException: ")
          .contains("Make it readable, or mend the path.");
      assertThat(lines.failuresAt(Level.ERROR)).isEmpty();
      assertThat(lines.failuresAt(Level.DEBUG))
          .containsExactly(UnreadableFileException.class.getName());
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFileThatBreaksOffWhileItIsReadIsNamed() {
    assertThat(once(Path.of("/proc/self/mem")).problem())
        .startsWith("/proc/self/mem cannot be read (java.io.IOException: ");
  }

  @Test
  void aDirectoryWithASplitFileMeansThatFile() throws IOException {
    Files.writeString(folder.resolve(".split"), "f on");

    assertThat(once(folder).treatment("k", "f")).isEqualTo("on");
    assertThat(once(folder.resolve(".split")).treatment("k", "f")).isEqualTo("on");
  }

  @Test
  void theFormatFollowsFromTheExtension() throws IOException {
    Path upper = Files.writeString(folder.resolve("FLAGS.YML"), "- f: {treatment: a}");
    Path json = Files.writeString(folder.resolve("x.Json"), "{\"splits\":[{\"name\":\"f\"}]}");
    Path other = Files.writeString(folder.resolve("flags.txt"), "f on");

    assertThat(once(upper).treatment("k", "f")).isEqualTo("a");
    assertThat(once(json).treatment("k", "f")).isEqualTo("off");
    assertThat(once(other).treatment("k", "f")).isEqualTo("on");
  }

  @Test
  void aFileLargerThanItMayBeIsRefused() throws IOException {
    Path file = Files.createFile(folder.resolve("flags.yaml"));
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.setLength(64L * 1024 * 1024 + 1);
    }

    assertThat(once(file).problem()).contains("is larger than 64 MiB");
  }

  @Test
  void utf16AndOtherEncodingsAreNamed() throws IOException {
    Path file = folder.resolve("flags.yaml");
    Files.write(file, "- f: {treatment: a}".getBytes(StandardCharsets.UTF_16));
    assertThat(once(file).problem()).contains("is encoded in UTF-16 or UTF-32. Save it in UTF-8.");

    Files.write(file, "- f: {treatment: a}".getBytes(StandardCharsets.UTF_16LE));
    assertThat(once(file).problem()).contains("UTF-16");

    Files.write(file, "#\n- f: {treatment: ñ}".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(once(file).problem()).contains(", line 2 is not UTF-8. Save it in UTF-8.");
  }
}
