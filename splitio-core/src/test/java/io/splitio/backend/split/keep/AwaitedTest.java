package io.splitio.backend.split.keep;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.backend.Lane;
import io.splitio.engine.Change;
import io.splitio.engine.SnapshotStore;
import io.splitio.testing.ManualScheduler;
import java.util.List;
import org.junit.jupiter.api.Test;

/** For how long what is loaded is held back. */
class AwaitedTest {
  private final ManualScheduler scheduler = new ManualScheduler();
  private final SnapshotStore shown = new SnapshotStore((before, after) -> {});
  private final Staging staging = Staging.over(shown);
  private final Awaited awaited = new Awaited(new Lane(scheduler), staging);

  private void load(long version) {
    staging.store().apply(Change.flags(List.of(), List.of(), version));
  }

  @Test
  void withoutASegmentToWaitForEverythingIsShownAtOnce() {
    awaited.begin(List.of());
    load(1);
    assertThat(shown.current().flagsTill()).isEqualTo(1);
    assertThat(scheduler.waiting()).isZero();
  }

  @Test
  void whatIsLoadedIsShownWhenTheLastSegmentHasArrived() {
    awaited.begin(List.of("a", "b"));
    load(1);
    awaited.arrived("a");
    awaited.arrived("a");
    awaited.arrived("c");
    assertThat(shown.current().flagsTill()).isEqualTo(-1);
    awaited.arrived("b");
    assertThat(shown.current().flagsTill()).isEqualTo(1);
    assertThat(scheduler.waiting()).isZero();
    load(2);
    assertThat(shown.current().flagsTill()).isEqualTo(2);
  }

  @Test
  void nobodyWaitsLongerThanASecondHoweverMuchIsAwaited() {
    awaited.begin(List.of("a"));
    load(1);
    scheduler.advance(Awaited.LONGEST.dividedBy(2));
    awaited.begin(List.of("b"));
    load(2);
    assertThat(shown.current().flagsTill()).isEqualTo(-1);
    scheduler.advance(Awaited.LONGEST.dividedBy(2));
    assertThat(shown.current().flagsTill()).isEqualTo(2);
  }

  @Test
  void whoEndsItShowsEverythingAtOnce() {
    awaited.begin(List.of("a"));
    load(1);
    awaited.end();
    assertThat(shown.current().flagsTill()).isEqualTo(1);
    assertThat(scheduler.waiting()).isZero();
  }

  @Test
  void beforeTheFirstLoadIsCompleteNothingIsShownByAnyOfThis() {
    Staging closed = Staging.before(shown);
    Awaited early = new Awaited(new Lane(scheduler), closed);
    early.begin(List.of("a"));
    closed.store().apply(Change.flags(List.of(), List.of(), 1));
    early.end();
    assertThat(shown.current().flagsTill()).isEqualTo(-1);
    closed.open();
    assertThat(shown.current().flagsTill()).isEqualTo(1);
  }
}
