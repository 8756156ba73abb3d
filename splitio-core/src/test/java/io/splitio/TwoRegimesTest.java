package io.splitio;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.net.Backoff;
import io.splitio.record.Delivery;
import io.splitio.record.Delivery.Fate;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How long recorded data waits. */
class TwoRegimesTest {
  private long nanos;
  private final TwoRegimes pause =
      new TwoRegimes(Backoff.normal(() -> 1, () -> nanos), Backoff.extended(() -> 0, () -> nanos));

  private Duration next(Fate fate) {
    return pause.next(Delivery.of(fate));
  }

  @Test
  void pausesAfterTroublesThatPassGrow() {
    assertThat(next(Fate.TRY_AGAIN)).isEqualTo(Duration.ofSeconds(1));
    assertThat(next(Fate.TRY_AGAIN)).isEqualTo(Duration.ofSeconds(2));
    assertThat(next(Fate.TRY_AGAIN)).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void theyAreShortAgainAfterAMinuteOfHealth() {
    next(Fate.TRY_AGAIN);
    next(Fate.TRY_AGAIN);
    pause.over();
    assertThat(next(Fate.TRY_AGAIN)).isEqualTo(Duration.ofSeconds(4));
    pause.over();
    nanos += TimeUnit.SECONDS.toNanos(60);
    assertThat(next(Fate.TRY_AGAIN)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void theyDoNotGrowWhileSomeIsTaken() {
    for (int i = 0; i < 5; i++) {
      pause.partly();
      assertThat(next(Fate.TRY_AGAIN)).isEqualTo(Duration.ofSeconds(1));
    }
    for (int i = 0; i < 5; i++) {
      pause.partly();
      assertThat(next(Fate.TRY_MUCH_LATER)).isEqualTo(Duration.ofMinutes(5));
    }
  }
}
