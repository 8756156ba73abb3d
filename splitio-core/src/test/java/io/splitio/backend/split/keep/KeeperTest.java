package io.splitio.backend.split.keep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.splitio.backend.split.keep.KeptFile.Found;
import io.splitio.codec.Changes;
import io.splitio.codec.ChangesReader;
import io.splitio.codec.Sanitizing;
import io.splitio.codec.SegmentReader;
import io.splitio.testing.LogCapture;
import io.splitio.testing.ManualScheduler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept, and a disk that does not do as it should. */
class KeeperTest {
  private static final Duration AGAIN = Duration.ofSeconds(30);
  private static final String PAGE =
      "{\"ff\":{\"s\":%d,\"t\":%d,\"d\":[]},\"rbs\":{\"s\":-1,\"t\":-1,\"d\":[]}}";

  @TempDir private Path folder;
  private final ManualScheduler scheduler = new ManualScheduler();

  private Keeper keeper(Path path, long mostWaiting, ThreadFactory threads) {
    return keeper(new KeptFile(path, Writing.OWNER, 1 << 20), mostWaiting, threads);
  }

  private Keeper keeper(KeptFile file, long mostWaiting, ThreadFactory threads) {
    return new Keeper(file, threads, scheduler, new Keeper.Limits(mostWaiting, AGAIN));
  }

  private Keeper keeper(Path path) {
    return keeper(path, 1 << 20, Thread::new);
  }

  private static void page(Keeper keeper, String document) throws IOException {
    ChangesReader reader = new ChangesReader(io.splitio.api.DateUnit.MILLISECONDS, Sanitizing.NONE);
    Copy copy = Copy.by(keeper);
    Changes read =
        reader.read(copy.of(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8))));
    assertThat(read.flags().active()).isEmpty();
    copy.keep(read);
  }

  private static void segment(Keeper keeper, String document) throws IOException {
    Copy copy = Copy.by(keeper);
    InputStream body = new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8));
    copy.keep("beta", new SegmentReader(Sanitizing.NONE).read(copy.of(body)));
  }

  private static void page(Keeper keeper, long since, long till) throws IOException {
    page(keeper, String.format(PAGE, since, till));
  }

  private static List<String> kept(Path path) throws IOException {
    List<String> kept = new ArrayList<>();
    Found found =
        new KeptFile(path, Writing.OWNER, 1 << 20)
            .read(entry -> kept.add(entry.kind() + " " + text(entry)));
    assertThat(found).isEqualTo(Found.WHOLE);
    return kept;
  }

  private static String text(Entry entry) {
    return new String(entry.document(), StandardCharsets.UTF_8);
  }

  @Test
  void whatWasReceivedIsKeptAsItWasReceived() throws IOException {
    Path path = folder.resolve("flags");
    Keeper keeper = keeper(path);
    page(keeper, -1, 5);
    segment(keeper, "{\"added\":[\"u1\"],\"since\":-1,\"till\":3}");
    keeper.complete();
    keeper.kill("banner", "off", 9);
    keeper.suspend().join();
    assertThat(kept(path))
        .containsExactly(
            "CHANGES " + String.format(PAGE, -1, 5),
            "SEGMENT {\"added\":[\"u1\"],\"since\":-1,\"till\":3}",
            "COMPLETE ",
            "KILL off");
    keeper.close(AGAIN);
  }

  @Test
  void answersWithoutNewsAreNotKept() throws IOException {
    Path path = folder.resolve("flags");
    Keeper keeper = keeper(path);
    page(keeper, -1, 5);
    page(keeper, 5, 5);
    segment(keeper, "{\"since\":3,\"till\":3}");
    keeper.complete();
    keeper.suspend().join();
    assertThat(kept(path)).hasSize(2);
    keeper.close(AGAIN);
  }

  @Test
  void whatWasReadAndNotAcceptedIsNotKept() throws IOException {
    Path path = folder.resolve("flags");
    Keeper keeper = keeper(path);
    Copy copy = Copy.by(keeper);
    assertThat(copy.of(new ByteArrayInputStream(new byte[100])).readAllBytes()).hasSize(100);
    copy.drop();
    copy.keep("beta", new SegmentReader(Sanitizing.NONE).read("{\"since\":-1,\"till\":3}"));
    keeper.complete();
    keeper.close(AGAIN);
    assertThat(kept(path)).containsExactly("COMPLETE ");
  }

  @Test
  void whatCannotBeWrittenIsTriedAgainAndNothingIsLost() throws IOException {
    Path blocking = Files.writeString(folder.resolve("full"), "no directory");
    Path path = blocking.resolve("flags");
    Keeper keeper = keeper(path);
    try (LogCapture log = LogCapture.warnings()) {
      page(keeper, -1, 5);
      keeper.complete();
      await().until(() -> scheduler.waiting() == 1);
      scheduler.advance(AGAIN);
      await().until(() -> scheduler.waiting() == 1);
      Files.delete(blocking);
      page(keeper, 5, 6);
      await().until(() -> Files.exists(path) && kept(path).size() == 3);
      assertThat(log.lines()).hasSize(1).first().asString().contains("cannot be kept in " + path);
    }
    keeper.close(AGAIN);
    assertThat(scheduler.waiting()).isZero();
  }

  @Test
  void aSuspendedKeeperTriesNothingUntilItGoesOn() throws IOException {
    Path path = folder.resolve("flags");
    Keeper keeper = keeper(path);
    page(keeper, -1, 5);
    keeper.suspend().join();
    keeper.complete();
    assertThat(keeper.restore(this::nothing).join()).isNull(); // whatever was to run has run
    assertThat(path).doesNotExist();
    keeper.resume();
    await().until(() -> Files.exists(path));
    keeper.close(AGAIN);
    assertThat(kept(path)).hasSize(2);
  }

  private Restoring nothing() {
    throw new IllegalStateException("nothing is restored here");
  }

  @Test
  void aDiskThatFailsDuringASuspensionLeavesNoTimer() throws IOException {
    Path blocking = Files.writeString(folder.resolve("full"), "no directory");
    Keeper keeper = keeper(blocking.resolve("flags"));
    keeper.suspend().join();
    page(keeper, -1, 5);
    assertThat(keeper.restore(this::nothing).join()).isNull();
    assertThat(scheduler.waiting()).isZero();
    keeper.resume();
    await().until(() -> scheduler.waiting() == 1);
    keeper.close(AGAIN);
  }

  @Test
  void aDiskThatHangsCostsNoMoreMemoryThanAllowedAndHoldsUpNobody() throws Exception {
    CountDownLatch hangs = new CountDownLatch(1);
    ThreadFactory hanging =
        task ->
            new Thread(
                () -> {
                  try {
                    hangs.await();
                    task.run();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    Keeper keeper = keeper(folder.resolve("flags"), 1_000, hanging);
    try (LogCapture log = LogCapture.warnings()) {
      for (int i = 0; i < 100; i++) {
        page(keeper, i, i + 1);
      }
      assertThat(log.lines()).hasSize(1).first().asString().contains("the disk does not keep up");
    }
    long before = System.nanoTime();
    keeper.close(Duration.ofMillis(200));
    assertThat(System.nanoTime() - before).isLessThan(TimeUnit.SECONDS.toNanos(5));
    hangs.countDown();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aDocumentThatIsTooLongEndsTheKeepingAndIsReadAllTheSame() throws IOException {
    Path path = folder.resolve("flags");
    Keeper keeper = keeper(path, 100, Thread::new);
    try (LogCapture log = LogCapture.warnings()) {
      page(keeper, String.format(PAGE, -1, 5) + " ".repeat(200));
      assertThat(log.lines()).hasSize(1).first().asString().contains("more than 100 bytes");
    }
    keeper.complete();
    keeper.close(AGAIN);
    assertThat(path).doesNotExist();
  }

  private static Copy received(Keeper keeper, int length) throws IOException {
    Copy copy = Copy.by(keeper);
    InputStream body = copy.of(new ByteArrayInputStream(new byte[length]));
    assertThat(body.readAllBytes()).hasSize(length);
    return copy;
  }

  @Test
  void documentsThatAreReadAtTheSameTimeShareTheRoom() throws IOException {
    Keeper keeper = keeper(folder.resolve("flags"), 1_000, Thread::new);
    try (LogCapture log = LogCapture.warnings()) {
      received(keeper, 600);
      assertThat(log.lines()).isEmpty();
      received(keeper, 600);
      assertThat(log.lines()).hasSize(1).first().asString().contains("more than 1000 bytes");
    }
    keeper.close(AGAIN);
  }

  @Test
  void aDocumentThatIsNotAcceptedMakesRoomForOthers() throws IOException {
    Path path = folder.resolve("flags");
    Keeper keeper = keeper(path, 1_000, Thread::new);
    for (int i = 0; i < 10; i++) {
      received(keeper, 600).drop();
    }
    page(keeper, -1, 5);
    keeper.complete();
    keeper.close(AGAIN);
    assertThat(kept(path)).hasSize(2);
  }

  @Test
  void aFileThatWasTakenOverIsLeftAlone() throws IOException {
    Path path = folder.resolve("flags");
    Keeper first = keeper(path);
    page(first, -1, 5);
    first.complete();
    first.suspend().join();
    Keeper second = keeper(path);
    page(second, -1, 7);
    second.complete();
    second.suspend().join();
    first.resume();
    try (LogCapture log = LogCapture.warnings()) {
      page(first, 5, 7);
      first.close(AGAIN);
      assertThat(log.lines()).hasSize(1).first().asString().contains("another process");
    }
    second.close(AGAIN);
    assertThat(kept(path)).first().asString().contains("\"t\":7");
  }

  @Test
  void aNameThatNobodyCouldReadBackIsLeftOutAndWhatFollowsIsKept() throws IOException {
    Path path = folder.resolve("flags");
    Keeper keeper = keeper(path);
    page(keeper, -1, 5);
    keeper.complete();
    keeper.kill("n".repeat(4_097), "off", 9);
    keeper.kill("n".repeat(4_096), "off", 10);
    page(keeper, 5, 11);
    keeper.close(AGAIN);
    assertThat(kept(path)).hasSize(4);
  }

  @Test
  void whatCouldNotBeForcedToTheDiskIsForcedLater() throws IOException {
    AtomicInteger forced = new AtomicInteger();
    KeptFile file =
        new KeptFile(folder.resolve("flags"), Writing.OWNER, 1 << 20) {
          @Override
          void force() throws IOException {
            if (forced.incrementAndGet() == 1) {
              throw new IOException("no power");
            }
            super.force();
          }
        };
    Keeper keeper = keeper(file, 1 << 20, Thread::new);
    keeper.complete();
    await().until(() -> scheduler.waiting() == 1);
    scheduler.advance(AGAIN);
    await().untilAsserted(() -> assertThat(forced).hasValue(2));
    keeper.close(AGAIN);
  }

  @Test
  void aFileThatIsGivenUpIsClosedAndRemovedAtOnce() throws IOException {
    Path path = folder.resolve("flags");
    Keeper keeper = keeper(path, 100, Thread::new);
    page(keeper, -1, 5);
    await().until(() -> !isEmpty(folder));
    page(keeper, String.format(PAGE, 5, 6) + " ".repeat(200));
    await().untilAsserted(() -> assertThat(folder).isEmptyDirectory());
    keeper.close(AGAIN);
  }

  private static boolean isEmpty(Path folder) {
    String[] names = folder.toFile().list();
    return names == null || names.length == 0;
  }

  @Test
  void anErrorKeepsNobodyWaitingAndIsFollowedByAnotherAttempt() throws IOException {
    Path path = folder.resolve("flags");
    AtomicInteger attempts = new AtomicInteger();
    KeptFile file =
        new KeptFile(path, Writing.OWNER, 1 << 20) {
          @Override
          boolean open() throws IOException {
            if (attempts.incrementAndGet() <= 2) {
              throw new LinkageError("not today");
            }
            return super.open();
          }
        };
    Keeper keeper = keeper(file, 1 << 20, Thread::new);
    page(keeper, -1, 5);
    await().until(() -> scheduler.waiting() == 1);
    assertThat(keeper.suspend()).succeedsWithin(Duration.ofSeconds(10));
    keeper.resume();
    keeper.complete();
    keeper.close(AGAIN);
    assertThat(kept(path)).hasSize(2);
  }
}
