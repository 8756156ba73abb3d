package io.splitio.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The two regimes of waiting. */
class BackoffTest {
  private final AtomicLong now = new AtomicLong();

  @Test
  void theLongestNormalWaitsDoubleToAMinute() {
    Backoff backoff = Backoff.normal(() -> 1, now::get);
    assertThat(backoff.failed()).isEqualTo(Duration.ofSeconds(1));
    assertThat(backoff.failed()).isEqualTo(Duration.ofSeconds(2));
    assertThat(backoff.failed()).isEqualTo(Duration.ofSeconds(4));
    for (int i = 0; i < 3; i++) {
      backoff.failed();
    }
    assertThat(backoff.failed()).isEqualTo(Duration.ofSeconds(60));
    assertThat(backoff.failed()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void theShortestExtendedWaitsDoubleFromFiveMinutes() {
    Backoff backoff = Backoff.extended(() -> 0, now::get);
    assertThat(backoff.failed()).isEqualTo(Duration.ofMinutes(5));
    assertThat(backoff.failed()).isEqualTo(Duration.ofMinutes(10));
    assertThat(backoff.failed()).isEqualTo(Duration.ofMinutes(20));
    assertThat(backoff.failed()).isEqualTo(Duration.ofMinutes(40));
    assertThat(backoff.failed()).isEqualTo(Duration.ofMinutes(48));
  }

  @Property(tries = 2_000)
  void normalWaitsStayWithinTheirBounds(
      @ForAll @IntRange(min = 0, max = 5_000) int earlier,
      @ForAll @DoubleRange(min = 0, max = 0.99) double random) {
    Backoff backoff = Backoff.normal(() -> random, now::get);
    Duration wait = after(backoff, earlier);
    Duration bound = Duration.ofSeconds(earlier < 6 ? 1L << earlier : 60);
    assertThat(wait).isBetween(Duration.ofMillis(100), bound);
  }

  @Property(tries = 2_000)
  void extendedWaitsStayBetweenFiveMinutesAndAnHour(
      @ForAll @IntRange(min = 0, max = 5_000) int earlier,
      @ForAll @DoubleRange(min = 0, max = 0.99) double random) {
    Duration wait = after(Backoff.extended(() -> random, now::get), earlier);
    assertThat(wait).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(60));
  }

  @Test
  void aMinuteOfHealthStartsAgainAndLessDoesNot() {
    Backoff backoff = Backoff.normal(() -> 1, now::get);
    backoff.failed();
    backoff.succeeded();
    now.addAndGet(Duration.ofSeconds(59).toNanos());
    backoff.succeeded(); // health counts from its beginning
    assertThat(backoff.failed()).isEqualTo(Duration.ofSeconds(2));
    backoff.succeeded();
    now.addAndGet(Duration.ofSeconds(59).toNanos());
    backoff.succeeded();
    now.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(backoff.failed()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aMinuteOfSilenceAfterAFailureIsNoHealth() {
    Backoff backoff = Backoff.normal(() -> 1, now::get);
    backoff.failed();
    now.addAndGet(Duration.ofHours(1).toNanos());
    assertThat(backoff.failed()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void theServersWishIsALowerBound() {
    Backoff backoff = Backoff.normal(() -> 1, now::get);
    assertThat(backoff.failed(Duration.ofSeconds(30))).isEqualTo(Duration.ofSeconds(30));
    assertThat(backoff.failed(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void theFirstPauseMayBeLonger() {
    Backoff backoff = Backoff.normal(Duration.ofSeconds(20), () -> 1, now::get);
    assertThat(backoff.failed()).isEqualTo(Duration.ofSeconds(20));
    assertThat(backoff.failed()).isEqualTo(Duration.ofSeconds(40));
    assertThat(backoff.failed()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void aResetForgetsAllFailures() {
    Backoff backoff = Backoff.normal(() -> 1, now::get);
    backoff.failed();
    backoff.failed();
    backoff.reset();
    assertThat(backoff.failed()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aThousandClientsThatFailTogetherComeBackSpreadOut() {
    int[] perTenth = new int[40];
    Random random = new Random(7);
    for (int client = 0; client < 1_000; client++) {
      Backoff backoff = Backoff.normal(random::nextDouble, now::get);
      Duration wait = after(backoff, 2);
      perTenth[(int) (wait.toMillis() / 100)]++;
    }
    assertThat(IntStream.of(perTenth).max().orElseThrow()).isLessThanOrEqualTo(3 * 1_000 / 39);
  }

  private static Duration after(Backoff backoff, int earlier) {
    for (int i = 0; i < earlier; i++) {
      backoff.failed();
    }
    return backoff.failed();
  }
}
