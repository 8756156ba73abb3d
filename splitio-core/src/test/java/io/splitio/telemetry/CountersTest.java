package io.splitio.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Counters that threads share lose nothing, and have nothing to do with one another. */
class CountersTest {
  private static final int MANY = 2_000; // more than a block

  private final Counters counters = new Counters();

  @Test
  void eachCountsForItself() {
    List<Counters.Counter> all = Stream.generate(counters::next).limit(MANY).toList();
    for (int i = 0; i < MANY; i++) {
      for (int times = 0; times < i % 7; times++) {
        all.get(i).increment();
      }
    }
    for (int i = 0; i < MANY; i++) {
      assertThat(all.get(i).sum()).isEqualTo(i % 7);
    }
  }

  @Test
  void threadsThatAddToOneAtTheSameTimeLoseNothing() throws InterruptedException {
    Counters.Counter counter = counters.next();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 40; i++) { // more than stripes, so that some share one
      Thread thread =
          new Thread(
              () -> {
                for (int times = 0; times < 10_000; times++) {
                  counter.increment();
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(counter.sum()).isEqualTo(400_000);
  }
}
