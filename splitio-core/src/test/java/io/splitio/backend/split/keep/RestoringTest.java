package io.splitio.backend.split.keep;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.api.DateUnit;
import io.splitio.backend.split.stream.Notification;
import io.splitio.codec.Changes;
import io.splitio.codec.Changes.Section;
import io.splitio.codec.ChangesReader;
import io.splitio.codec.Sanitizing;
import io.splitio.engine.Change;
import io.splitio.engine.SnapshotStore;
import io.splitio.flag.FeatureFlag;
import io.splitio.flag.RuleBasedSegment;
import io.splitio.flag.Segment;
import io.splitio.testing.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Entries that follow each other, and such that do not. */
class RestoringTest {
  private final Restoring restoring =
      new Restoring(new ChangesReader(DateUnit.MILLISECONDS, Sanitizing.NONE), Flags::new);

  /** Puts flags in force, and nothing else. */
  private record Flags(SnapshotStore store) implements Replay {
    @Override
    public void apply(Changes page) {
      apply(page.flags(), page.flags().till());
    }

    @Override
    public void apply(Section<FeatureFlag> flags, long till) {
      store.apply(Change.flags(flags.active(), flags.removed(), till));
    }

    @Override
    public void applyRuleBased(Section<RuleBasedSegment> segment, long till) {}

    @Override
    public void kill(Notification.Kill kill) {}
  }

  private void flag(long version, Object... conditions) {
    String flag =
        JsonText.of(JsonText.with(JsonText.flag("a", conditions), "changeNumber", version));
    restoring.take(Entry.of(Entry.Kind.FLAG, "", version, flag.getBytes(StandardCharsets.UTF_8)));
  }

  private void asksAboutBeta(long version) {
    flag(version, JsonText.rollout("on", JsonText.inSegment("IN_SEGMENT", "beta")));
  }

  private void beta(long since, long till, String added) {
    String document =
        JsonText.of(JsonText.object("added", List.of(added), "since", since, "till", till));
    byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
    restoring.take(Entry.of(Entry.Kind.SEGMENT, "beta", 0, bytes));
  }

  private Segment restored() {
    return Objects.requireNonNull(restoring.done().segment("beta"));
  }

  @Test
  void anOlderDocumentAboutASegmentIsIgnored() {
    asksAboutBeta(1);
    beta(-1, 10, "a");
    beta(10, 20, "b");
    beta(-1, 15, "older");
    assertThat(restored().changeNumber()).isEqualTo(20);
    assertThat(restored().contains("b")).isTrue();
    assertThat(restored().contains("older")).isFalse();
  }

  @Test
  void aSegmentIsFollowedBeyondADocumentThatOverlaps() {
    asksAboutBeta(1);
    beta(-1, 10, "a");
    beta(10, 20, "b");
    beta(10, 30, "c");
    beta(30, 40, "d");
    assertThat(restored().changeNumber()).isEqualTo(40);
    assertThat(restored().contains("a")).isTrue();
  }

  @Test
  void aDocumentThatLeavesAGapIsIgnored() {
    asksAboutBeta(1);
    beta(-1, 10, "a");
    beta(20, 30, "b");
    assertThat(restored().changeNumber()).isEqualTo(10);
  }

  @Test
  void aSegmentThatLeftUseBeginsAnewWhenItReturns() {
    asksAboutBeta(1);
    beta(-1, 10, "a");
    flag(2);
    asksAboutBeta(3);
    beta(-1, 12, "b");
    assertThat(restored().changeNumber()).isEqualTo(12);
    assertThat(restored().contains("a")).isFalse();
  }
}
