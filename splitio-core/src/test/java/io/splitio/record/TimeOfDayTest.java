package io.splitio.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.telemetry.TimeOfDay;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeOfDayTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  @Test
  void theTimeOfAMomentIsWhatTheClockShowedThen() {
    TimeOfDay time = TimeOfDay.of(Clock.systemUTC());
    for (int i = 0; i < 1_000; i++) {
      long before = System.currentTimeMillis();
      long at = time.at(System.nanoTime());
      assertThat(at).isBetween(before - 1, System.currentTimeMillis() + 1);
    }
  }

  @Test
  void nowIsTheMomentAtWhichItIsAskedAbout() {
    TimeOfDay time = TimeOfDay.of(Clock.systemUTC());
    long before = System.currentTimeMillis();

    assertThat(time.at(TimeOfDay.NOW)).isBetween(before - 1, System.currentTimeMillis() + 1);
  }

  @Test
  void momentsOfBeforeAndOfAfterAreToldApart() {
    TimeOfDay time = TimeOfDay.of(Clock.systemUTC());
    long now = System.nanoTime();
    long at = time.at(now);

    assertThat(time.at(now - SECOND / 2)).isBetween(at - 501, at - 499);
    assertThat(time.at(now - 3 * SECOND)).isBetween(at - 3_010, at - 2_990);
    assertThat(time.at(now + SECOND / 2)).isBetween(at + 499, at + 501);
  }

  @Test
  void aClockThatIsMovedByHandIsLookedAtEachTime() {
    RecorderFixture fixture = new RecorderFixture();
    TimeOfDay time = TimeOfDay.of(fixture.clock());
    for (int i = 0; i < 100; i++) {
      fixture.now += i * 1_000_000L - 30_000_000L;
      assertThat(time.at(System.nanoTime())).isEqualTo(fixture.now);
    }
  }
}
