package io.splitio.backend.featbit.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.record.Delivery;
import io.splitio.record.Delivery.Fate;
import io.splitio.record.Recorder.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Insights are tried again very soon, but not for ever. */
class QuickRetriesTest {
  private static final Duration SOON = Duration.ofMillis(100);
  private static final Duration USUAL = Duration.ofSeconds(1);
  private static final Delivery FAILED = Delivery.of(Fate.TRY_AGAIN);

  private final List<String> told = new ArrayList<>();
  private final Pause pause = new QuickRetries(1, SOON, new Usual());

  @Test
  void theFirstIsSoonAndTheNextAreAsUsual() {
    assertThat(pause.next(FAILED)).isEqualTo(SOON);
    assertThat(pause.next(FAILED)).isEqualTo(USUAL);
    assertThat(pause.next(FAILED)).isEqualTo(USUAL);
  }

  @Test
  void itIsSoonAgainWhenAllWasTaken() {
    pause.next(FAILED);
    pause.over();
    assertThat(pause.next(FAILED)).isEqualTo(SOON);
    assertThat(told).containsExactly("over");
  }

  @Test
  void itIsNotSoonAgainWhenOnlyAPartWasTaken() {
    pause.next(FAILED);
    pause.partly();
    assertThat(pause.next(FAILED)).isEqualTo(USUAL);
    assertThat(told).containsExactly("partly");
  }

  @Test
  void aWishOfTheServiceIsHeeded() {
    assertThat(pause.next(new Delivery(Fate.TRY_AGAIN, Duration.ofSeconds(7), null)))
        .isEqualTo(USUAL);
  }

  @Test
  void whatOnlyAPersonCanMendIsNotTriedSoon() {
    assertThat(pause.next(Delivery.of(Fate.TRY_MUCH_LATER))).isEqualTo(USUAL);
  }

  private final class Usual implements Pause {
    @Override
    public Duration next(Delivery delivery) {
      return USUAL;
    }

    @Override
    public void over() {
      told.add("over");
    }

    @Override
    public void partly() {
      told.add("partly");
    }
  }
}
