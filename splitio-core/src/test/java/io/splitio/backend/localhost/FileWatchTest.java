package io.splitio.backend.localhost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.splitio.testing.LoggedLines;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

/** When files are looked at, and what is believed of them. */
class FileWatchTest {
  @TempDir Path folder;

  private Path yaml(String text) throws IOException {
    return Files.writeString(folder.resolve("flags.yaml"), text);
  }

  private static LocalhostBench watch(Path file) {
    return new LocalhostBench(LocalhostConnector.file(file).refresh(LocalhostBench.REFRESH));
  }

  private static LocalhostBench once(Path file) {
    return new LocalhostBench(LocalhostConnector.file(file)).settle();
  }

  @Test
  void withoutRefreshAFileIsReadOnceAndNothingWaitsAfterwards() throws IOException {
    Path file = yaml("- f: {treatment: a}");
    LocalhostBench bench = once(file);
    assertThat(bench.report.latest().complete()).isTrue();

    Files.writeString(file, "- f: {treatment: b}");
    bench.scheduler.advance(Duration.ofHours(1));

    assertThat(bench.treatment("k", "f")).isEqualTo("a");
    assertThat(bench.scheduler.waiting()).isZero();
  }

  @Test
  void whileSuspendedNothingWaitsAndAfterwardsWhatChangedIsRead() throws IOException {
    Path file = yaml("- f: {treatment: a}");
    LocalhostBench bench = watch(file).settle();
    assertThat(bench.scheduler.waiting()).isPositive();

    CompletableFuture<Void> suspended = bench.suspend();
    bench.scheduler.advance(Duration.ZERO);

    assertThat(suspended).isCompleted();
    assertThat(bench.scheduler.waiting()).isZero();

    Files.writeString(file, "- f: {treatment: b}");
    bench.resume();
    bench.refreshed();

    assertThat(bench.treatment("k", "f")).isEqualTo("b");
  }

  @Test
  void aFileThatIsReadOnceIsNotReadAgainAfterASuspension() throws IOException {
    Path file = yaml("- f: {treatment: a}");
    LocalhostBench bench = once(file);
    CompletableFuture<Void> unused = bench.suspend();
    Files.writeString(file, "- f: {treatment: b}");

    bench.resume();
    bench.scheduler.advance(Duration.ofHours(1));

    assertThat(bench.treatment("k", "f")).isEqualTo("a");
    assertThat(bench.scheduler.waiting()).isZero();
  }

  @Test
  void aFileThatWasNotYetReadIsReadAfterASuspension() throws IOException {
    LocalhostBench bench = new LocalhostBench(LocalhostConnector.file(yaml("- f: {treatment: a}")));
    CompletableFuture<Void> unused = bench.suspend();
    bench.scheduler.advance(Duration.ofHours(1));
    assertThat(bench.snapshot().flagCount()).isZero();

    bench.resume();
    bench.settle();

    assertThat(bench.treatment("k", "f")).isEqualTo("a");
  }

  @Test
  void aChangeIsInForceAfterTheNextLookAndListenersHearWhatChanged() throws IOException {
    Path file = yaml("- f: {treatment: a}\n- g: {treatment: a}");
    LocalhostBench bench = watch(file).settle();
    bench.changes.clear();

    Files.writeString(file, "- f: {treatment: b}\n- g: {treatment: a}");
    bench.refreshed();

    assertThat(bench.treatment("k", "f")).isEqualTo("b");
    assertThat(bench.changes).containsExactly(Set.of("f"));
  }

  @Test
  void aYamlFileIsAllThereIs() throws IOException {
    Path file = yaml("- f: {treatment: a}\n- g: {treatment: a}");
    LocalhostBench bench = watch(file).settle();

    Files.writeString(file, "- g: {treatment: a}");
    bench.refreshed();

    assertThat(bench.treatment("k", "f")).isEqualTo("unknown");
    assertThat(bench.treatment("k", "g")).isEqualTo("a");
  }

  @Test
  void nothingIsAppliedWhileAFileGrows() throws IOException {
    Path file = yaml("- f: {treatment: a}\n- g: {treatment: a}\n");
    LocalhostBench bench = watch(file).settle();
    bench.changes.clear();

    Files.writeString(file, "");
    bench.nextLook();
    Files.writeString(file, "- f: {treatment: b}\n");
    bench.scheduler.advance(LocalhostFeed.SETTLING);
    Files.writeString(file, "- g: {treatment: b}\n", StandardOpenOption.APPEND);
    bench.scheduler.advance(LocalhostFeed.SETTLING);
    assertThat(bench.changes).isEmpty();

    bench.scheduler.advance(LocalhostFeed.SETTLING);
    assertThat(bench.changes).containsExactly(Set.of("f", "g"));
    assertThat(bench.treatment("k", "g")).isEqualTo("b");
  }

  @Test
  void nothingIsAppliedAtTheStartBeforeTheFileIsWhole() throws IOException {
    Path file = yaml("- f: {treatment: a}\n");
    LocalhostBench bench = new LocalhostBench(LocalhostConnector.file(file));
    bench.scheduler.runDue();
    assertThat(bench.ready).isNotDone();

    Files.writeString(file, "- g: {treatment: a}\n", StandardOpenOption.APPEND);
    bench.scheduler.advance(LocalhostFeed.SETTLING);
    assertThat(bench.ready).isNotDone();

    bench.scheduler.advance(LocalhostFeed.SETTLING);
    assertThat(bench.ready).isCompleted();
    assertThat(bench.snapshot().flagCount()).isEqualTo(2);
  }

  @Test
  void aHalfWrittenErrorIsNotReported() throws IOException {
    Path file = yaml("- f: {treatment: a}");
    LocalhostBench bench = watch(file).settle();

    try (LoggedLines lines = new LoggedLines("splitio.sync")) {
      Files.writeString(file, "- f: {treatm");
      bench.nextLook();
      Files.writeString(file, "- f: {treatment: b}");
      bench.settle();

      assertThat(lines.at(Level.ERROR)).isEmpty();
      assertThat(bench.treatment("k", "f")).isEqualTo("b");
    }
  }

  @Test
  void aFileThatIsReplacedAtomicallyIsNoticed() throws IOException {
    Path file = yaml("- f: {treatment: a}");
    LocalhostBench bench = watch(file).settle();

    Path other = Files.writeString(folder.resolve("other"), "- f: {treatment: b}");
    Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
    bench.refreshed();

    assertThat(bench.treatment("k", "f")).isEqualTo("b");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aSymbolicLinkThatIsSwappedAsKubernetesDoesIsNoticed() throws IOException {
    Path first = Files.createDirectory(folder.resolve("..first"));
    Path second = Files.createDirectory(folder.resolve("..second"));
    Files.writeString(first.resolve("flags.yaml"), "- f: {treatment: a}");
    Files.writeString(second.resolve("flags.yaml"), "- f: {treatment: b}");
    FileTime time = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
    Files.setLastModifiedTime(first.resolve("flags.yaml"), time);
    Files.setLastModifiedTime(second.resolve("flags.yaml"), time);
    Path data = Files.createSymbolicLink(folder.resolve("..data"), first.getFileName());
    Path file = Files.createSymbolicLink(folder.resolve("f.yaml"), Path.of("..data", "flags.yaml"));
    LocalhostBench bench = watch(file).settle();
    assertThat(bench.treatment("k", "f")).isEqualTo("a");

    Path swap = Files.createSymbolicLink(folder.resolve("..tmp"), second.getFileName());
    Files.move(swap, data, StandardCopyOption.ATOMIC_MOVE);
    bench.refreshed();

    assertThat(bench.treatment("k", "f")).isEqualTo("b");
  }

  @Test
  void aChangeThatKeepsSizeAndTimeIsNoticed() throws IOException {
    Path file = yaml("- f: {treatment: a}");
    FileTime time = Files.getLastModifiedTime(file);
    LocalhostBench bench = watch(file).settle();

    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.write("- f: {treatment: b}".getBytes(StandardCharsets.UTF_8));
    }
    Files.setLastModifiedTime(file, time);
    bench.refreshed();

    assertThat(bench.treatment("k", "f")).isEqualTo("b");
  }

  @Test
  void aTimeInTheFutureMakesNoDifference() throws IOException {
    Path file = yaml("- f: {treatment: a}");
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2100-01-01T00:00:00Z")));

    assertThat(watch(file).settle().ready).isCompleted();
  }

  @Test
  void aFileThatIsOnlyTouchedChangesNothing() throws IOException {
    Path file = yaml("- f: {treatment: a}");
    LocalhostBench bench = watch(file).settle();
    bench.changes.clear();

    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    bench.refreshed();

    assertThat(bench.changes).isEmpty();
    assertThat(bench.problem()).isEqualTo("none");
  }

  @Test
  void aMissingFileIsFatalWithoutRefresh() {
    Path file = folder.resolve("flags.json");
    try (LoggedLines lines = new LoggedLines("splitio.sync")) {
      LocalhostBench bench = once(file);

      assertThat(bench.report.latest().fatal()).isTrue();
      assertThat(bench.problem())
          .isEqualTo(
              file
                  + " does not exist. Create it, or mend the path. No flags are served until it is"
                  + " mended and the application started again.");
      assertThat(bench.ready).isCompletedExceptionally();
      assertThat(lines.at(Level.ERROR)).containsExactly(bench.problem());
      assertThat(bench.scheduler.waiting()).isZero();
    }
  }

  @Test
  void aMissingFileIsWaitedForWithRefreshAndReportedOnce() throws IOException {
    Path file = folder.resolve("flags.yaml");
    try (LoggedLines lines = new LoggedLines("splitio.sync")) {
      LocalhostBench bench = watch(file).settle().refreshed().refreshed();
      assertThat(bench.report.latest().fatal()).isFalse();
      assertThat(bench.problem()).contains("does not exist").endsWith("again every 5 s.");
      assertThat(lines.at(Level.ERROR)).hasSize(1);
      assertThat(bench.ready).isNotDone();

      yaml("- f: {treatment: a}");
      bench.refreshed();

      assertThat(bench.ready).isCompleted();
      assertThat(bench.problem()).isEqualTo("none");
    }
  }

  @Test
  void aFileThatTurnsBadKeepsTheLastGoodDefinitionsUntilItIsMended() throws IOException {
    Path file = yaml("- f: {treatment: a}");
    LocalhostBench bench = watch(file).settle();
    try (LoggedLines lines = new LoggedLines("splitio.sync")) {
      Files.writeString(file, "- f: {treatment: b");
      bench.refreshed().refreshed();
      assertThat(bench.treatment("k", "f")).isEqualTo("a");
      assertThat(bench.problem())
          .startsWith(file + ", line 1: ")
          .contains("The definitions read before stay in force");
      assertThat(lines.at(Level.ERROR)).hasSize(1);

      Files.delete(file);
      bench.refreshed();
      assertThat(bench.treatment("k", "f")).isEqualTo("a");
      assertThat(bench.problem()).contains("does not exist");

      Files.writeString(file, "- f: {treatment: c}");
      bench.refreshed();
      assertThat(bench.treatment("k", "f")).isEqualTo("c");
      assertThat(bench.problem()).isEqualTo("none");
      assertThat(lines.at(Level.INFO)).anySatisfy(line -> assertThat(line).contains("again"));
    }
  }

  @Test
  void aSuccessfulLookKeepsTheDefinitionsFresh() throws IOException {
    LocalhostBench bench = watch(yaml("- f: {treatment: a}")).settle();
    Instant before = bench.report.latest().lastSuccess();

    bench.refreshed();

    assertThat(bench.report.latest().lastSuccess()).isAfter(before);
    assertThat(bench.report.latest().complete()).isFalse();
  }

  @Test
  void nothingHappensAfterClose() throws IOException {
    Path file = yaml("- f: {treatment: a}");
    LocalhostBench bench = watch(file).settle();

    bench.close();
    bench.close();
    Files.writeString(file, "- f: {treatment: b}");
    bench.refreshed();

    assertThat(bench.treatment("k", "f")).isEqualTo("a");
    assertThat(bench.scheduler.waiting()).isZero();
  }

  @Test
  void aFileThatIsCutShortInTheMiddleOfAWriteIsNotBelievedUntilItStaysSo() throws IOException {
    Path file = yaml("- f: {treatment: a}\n- g: {treatment: a}\n");
    LocalhostBench bench = watch(file).settle();
    bench.changes.clear();

    Files.writeString(file, "- f: {treatment: b}\n- g: {treatment: b}\n");
    bench.nextLook();
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.setLength(20);
    }
    bench.scheduler.advance(LocalhostFeed.SETTLING);
    assertThat(bench.changes).isEmpty();

    Files.writeString(file, "- f: {treatment: c}\n- g: {treatment: c}\n");
    bench.settle();
    assertThat(bench.treatment("k", "f")).isEqualTo("c");
    assertThat(bench.treatment("k", "g")).isEqualTo("c");
    assertThat(bench.changes).containsExactly(Set.of("f", "g"));
  }

  @Test
  void theLongestRefreshIntervalThereIsIsNoTrouble() throws IOException {
    LocalhostConnector connector =
        LocalhostConnector.file(yaml("- f: {treatment: a}"))
            .refresh(Duration.ofSeconds(Long.MAX_VALUE));
    try (LoggedLines lines = new LoggedLines("splitio.sync")) {
      LocalhostBench bench = new LocalhostBench(connector).settle();

      assertThat(bench.ready).isCompleted();
      assertThat(bench.scheduler.waiting()).isEqualTo(1);
      assertThat(lines.at(Level.ERROR)).isEmpty();
    }
  }

  @Test
  void aRefreshIntervalIsAtLeastTenMilliseconds() {
    LocalhostConnector connector = LocalhostConnector.file(folder);

    assertThat(connector.refresh(Duration.ofMillis(10))).isNotSameAs(connector);
    assertThatThrownBy(() -> connector.refresh(Duration.ofMillis(9)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the refresh interval is PT0.009S; it must be at least 10 ms");
  }

  @Test
  void aTextIsServedAtOnceWithoutLookingAgain() {
    LocalhostBench bench =
        new LocalhostBench(LocalhostConnector.content("flags.yaml", "- f: {treatment: a}"));
    bench.scheduler.runDue();

    assertThat(bench.ready).isCompleted();
    assertThat(bench.treatment("k", "f")).isEqualTo("a");
    assertThat(bench.scheduler.waiting()).isZero();
  }

  @Test
  void flagSetsLeaveNothingOfAFileWithoutSetsAndSaySo() throws IOException {
    Path file = yaml("- f: {treatment: a}");
    try (LoggedLines lines = new LoggedLines("splitio.sync")) {
      LocalhostBench bench =
          new LocalhostBench(LocalhostConnector.file(file), Set.of("web")).settle();

      assertThat(bench.snapshot().flagCount()).isZero();
      assertThat(lines.at(Level.WARN)).hasSize(1);
    }
  }
}
