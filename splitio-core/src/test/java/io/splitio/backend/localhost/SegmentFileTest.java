package io.splitio.backend.localhost;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.keys.KeySet;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What may happen to the file of a segment while it is looked at. */
class SegmentFileTest {
  private static final FileTime TIME = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

  @TempDir Path folder;

  private LocalhostBench start(Path segments) throws IOException {
    Path flags =
        Files.writeString(folder.resolve("flags.json"), JsonSegments.flagAskingFor("staff"));
    LocalhostConnector connector = LocalhostConnector.file(flags).segments(segments);
    return new LocalhostBench(connector.refresh(LocalhostBench.REFRESH)).settle();
  }

  private static Path write(Path file, String key) throws IOException {
    Files.writeString(file, "{\"name\":\"staff\",\"added\":[\"" + key + "\"],\"till\":-1}");
    Files.setLastModifiedTime(file, TIME);
    return file;
  }

  @Test
  void aDirectoryInItsPlaceIsNamed() throws IOException {
    Path place = Files.createDirectory(folder.resolve("staff.json"));

    assertThat(start(folder).problem()).startsWith(place + " is a directory.");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void oneThatCannotBeOpenedIsNamed() throws IOException {
    Path loop = Files.createSymbolicLink(folder.resolve("staff.json"), Path.of("staff.json"));

    assertThat(start(folder).problem()).startsWith(loop + " cannot be read (");
  }

  @Test
  void oneThatIsLargerThanItMayBeIsNamed() throws IOException {
    Path file = folder.resolve("staff.json");
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.setLength(64L * 1024 * 1024 + 1);
    }

    assertThat(start(folder).problem()).startsWith(file + " is larger than 64 MiB.");
  }

  @Test
  void oneThatIsHalfWrittenIsNotBelieved() throws IOException {
    Path file = write(folder.resolve("staff.json"), "ana");
    LocalhostBench bench = start(folder);

    Files.writeString(file, "{\"name\":\"staff\",\"added\":[\"eve\"");
    bench.nextLook();
    assertThat(bench.problem()).isEqualTo("none");
    write(file, "eve");
    bench.settle();

    assertThat(bench.treatment("k", "f")).isEqualTo("off");
    assertThat(bench.segment("staff").keys()).isEqualTo(KeySet.of(Set.of("ana", "eve")));
    assertThat(bench.problem()).isEqualTo("none");
  }

  @Test
  void oneThatIsReplacedAtomicallyIsNoticed() throws IOException {
    Path file = write(folder.resolve("staff.json"), "ana");
    LocalhostBench bench = start(folder);

    Files.move(write(folder.resolve("new"), "eve"), file, StandardCopyOption.ATOMIC_MOVE);
    bench.refreshed();

    assertThat(bench.snapshot().inSegment("staff", "eve")).isTrue();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aDirectoryThatIsSwappedAsKubernetesDoesIsNoticed() throws IOException {
    Path first = Files.createDirectory(folder.resolve("..first"));
    Path second = Files.createDirectory(folder.resolve("..second"));
    write(first.resolve("staff.json"), "ana");
    write(second.resolve("staff.json"), "eve");
    Path data = Files.createSymbolicLink(folder.resolve("..data"), first.getFileName());
    Files.createSymbolicLink(folder.resolve("staff.json"), Path.of("..data", "staff.json"));
    LocalhostBench bench = start(folder);
    assertThat(bench.snapshot().inSegment("staff", "ana")).isTrue();

    Path swap = Files.createSymbolicLink(folder.resolve("..tmp"), second.getFileName());
    Files.move(swap, data, StandardCopyOption.ATOMIC_MOVE);
    bench.refreshed();

    assertThat(bench.snapshot().inSegment("staff", "eve")).isTrue();
  }
}
