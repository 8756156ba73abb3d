package io.splitio.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** How long calls take, of which not all are timed when there are many. */
class LatenciesTest {
  private static final long FAST = 1;
  private static final long SLOW = 2_000_000_000;

  private final Latencies latencies = new Latencies();

  private int timed;

  /** Calls of which one in four is slow. */
  private void call(int times) {
    for (int i = 0; i < times; i++) {
      if (latencies.isDue()) {
        timed++;
        latencies.addDue(i % 4 == 0 ? SLOW : FAST);
      } else {
        latencies.add();
      }
    }
  }

  private static long sum(List<Long> counts) {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  @Test
  void fewCallsAreAllTimed() {
    call(Latencies.ALL);

    assertThat(timed).isEqualTo(Latencies.ALL);
    List<Long> counts = latencies.take();
    assertThat(counts.get(0)).isEqualTo(Latencies.ALL * 3 / 4);
    assertThat(counts.get(19)).isEqualTo(Latencies.ALL / 4);
  }

  @Test
  void ofManyCallsOneIn32IsTimed() {
    call(Latencies.ALL + 320_000);

    assertThat(timed - Latencies.ALL).isCloseTo(10_000, within(1_000)); // ten times the deviation
  }

  @Test
  void allCallsAreCounted() {
    call(100_001);

    assertThat(sum(latencies.take())).isEqualTo(100_001);
  }

  @Test
  void callsThatAreNotTimedFallWhereThoseThatAreTimedDo() {
    call(400_000);

    assertThat(latencies.take().get(19))
        .isCloseTo(100_000L, within(12_000L)); // seven times the deviation
  }

  @Test
  void howFastTheFirstAreSaysNothingAboutTheOthers() {
    for (int i = 0; i < Latencies.ALL; i++) {
      latencies.addDue(SLOW);
    }
    for (int i = 0; i < 50_000; i++) {
      if (latencies.isDue()) {
        latencies.addDue(FAST);
      } else {
        latencies.add();
      }
      latencies.add(SLOW); // as those are whose time is always known
    }

    List<Long> counts = latencies.take();

    assertThat(counts.get(0)).isEqualTo(50_000);
    assertThat(counts.get(19)).isEqualTo(Latencies.ALL + 50_000);
  }

  @Test
  void allAreTimedAgainInTheNextInterval() {
    call(100_000);
    assertThat(latencies.take()).isNotEmpty();
    timed = 0;

    call(Latencies.ALL);

    assertThat(timed).isEqualTo(Latencies.ALL);
    assertThat(sum(latencies.take())).isEqualTo(Latencies.ALL);
  }

  @Test
  void whatIsCountedWithoutAnythingTimedWaitsForIt() {
    latencies.add();
    assertThat(latencies.take()).isEmpty();

    latencies.add(SLOW);

    assertThat(latencies.take().get(19)).isEqualTo(2);
  }
}
