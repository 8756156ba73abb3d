package io.splitio.backend.split.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.backend.Lane;
import io.splitio.backend.split.stream.Notification.Control;
import io.splitio.backend.split.stream.Notification.Definition;
import io.splitio.backend.split.stream.Notification.Flags;
import io.splitio.backend.split.stream.Notification.Garbled;
import io.splitio.backend.split.stream.Notification.Sign;
import io.splitio.testing.LogCapture;
import io.splitio.testing.ManualScheduler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InboxTest {
  private final ManualScheduler scheduler = new ManualScheduler();
  private final List<Notification> read = new ArrayList<>();
  private final Inbox inbox = new Inbox(busyLane(), read::add);

  /** What comes has to wait until the scheduler runs. */
  private Lane busyLane() {
    Lane lane = new Lane(scheduler);
    lane.execute(() -> {});
    return lane;
  }

  @Test
  void whatComesToAFreeLaneIsReadAtOnce() {
    new Inbox(new Lane(scheduler), read::add).add(new Flags(1, null));
    assertThat(read).containsExactly(new Flags(1, null));
  }

  @Test
  void notificationsAreReadInOrder() {
    inbox.add(new Flags(1, null));
    inbox.add(new Flags(2, null));
    assertThat(read).isEmpty();
    scheduler.runDue();
    inbox.add(new Flags(3, null));
    scheduler.runDue();
    assertThat(read).containsExactly(new Flags(1, null), new Flags(2, null), new Flags(3, null));
  }

  @Test
  void aSignOfLifeIsKeptOnlyWhereNothingElseIs() {
    inbox.add(new Sign());
    inbox.add(new Sign());
    inbox.add(new Flags(1, null));
    inbox.add(new Sign());
    scheduler.runDue();
    assertThat(read).containsExactly(new Sign(), new Flags(1, null));
  }

  @Test
  void whenTooManyWaitTheChangesBecomeOneAndWhatTheServiceSaysOfTheStreamStays() {
    Control pause = new Control("STREAMING_PAUSED", "control_pri", 1);
    inbox.add(pause);
    for (int i = 0; i < 5_000; i++) {
      inbox.add(new Flags(i, null));
    }
    scheduler.runDue();
    assertThat(read).containsExactly(pause, new Garbled(), new Flags(4_999, null));
  }

  @Test
  void longDefinitionsDoNotFillTheMemory() {
    String megabyte = "x".repeat(1 << 20);
    for (int i = 0; i < 17; i++) {
      inbox.add(new Flags(i, new Definition(i - 1, 2, megabyte)));
    }
    scheduler.runDue();
    assertThat(read).first().isEqualTo(new Garbled());
    assertThat(read).hasSize(2);
  }

  @Test
  void whatWasReadMakesRoomAgain() {
    String megabyte = "x".repeat(1 << 20);
    for (int i = 0; i < 50; i++) {
      inbox.add(new Flags(i, new Definition(i - 1, 2, megabyte)));
      scheduler.runDue();
    }
    assertThat(read).hasSize(50).doesNotContain(new Garbled());
  }

  @Test
  void nothingIsReadAfterTheEnd() {
    inbox.add(new Flags(1, null));
    inbox.close();
    scheduler.runDue();
    assertThat(read).isEmpty();
  }

  @Test
  void aReaderThatFailsReadsOnAndIsToldThatNobodyUnderstood() {
    List<Notification> reached = new ArrayList<>();
    Inbox failing =
        new Inbox(
            busyLane(),
            notification -> {
              reached.add(notification);
              throw new IllegalStateException("a defect");
            });
    failing.add(new Flags(1, null));
    failing.add(new Flags(2, null));
    try (LogCapture log = LogCapture.warnings()) {
      scheduler.runDue();
      assertThat(log.lines()).hasSize(4);
    }
    assertThat(reached)
        .containsExactly(new Flags(1, null), new Garbled(), new Flags(2, null), new Garbled());
  }
}
