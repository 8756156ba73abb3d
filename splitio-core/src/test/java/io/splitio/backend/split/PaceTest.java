package io.splitio.backend.split;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
  private long now = -5_300_000_000L;
  private final Pace pace = new Pace(() -> now);

  private void count(int times) {
    for (int i = 0; i < times; i++) {
      pace.count();
    }
  }

  @Test
  void aHundredASecondAreNoFlood() {
    count(100);
    assertThat(pace.isFlood()).isFalse();
    pace.count();
    assertThat(pace.isFlood()).isTrue();
  }

  @Test
  void aFloodLastsUntilASecondWithoutOneIsOver() {
    count(101);
    now += 1_000_000_000L;
    assertThat(pace.isFlood()).isTrue();
    now += 1_000_000_000L;
    assertThat(pace.isFlood()).isFalse();
  }

  @Test
  void aFloodOfLongAgoIsForgotten() {
    count(5_000);
    now += 100_000_000_000L;
    assertThat(pace.isFlood()).isFalse();
  }
}
