package io.splitio.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.splitio.testing.LogCapture;
import io.splitio.testing.ManualScheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Tasks one after another, whatever becomes of one of them. */
class LaneTest {
  @Test
  void aTaskThatFailsIsLoggedAndTheNextOneRuns() {
    ManualScheduler scheduler = new ManualScheduler();
    Lane lane = new Lane(scheduler);
    List<String> ran = new ArrayList<>();
    try (LogCapture log = LogCapture.warnings()) {
      lane.execute(
          () -> {
            throw new IllegalStateException("on purpose");
          });
      lane.execute(
          () -> {
            throw new AssertionError("on purpose");
          });
      lane.execute(() -> ran.add("next"));
      scheduler.runDue();
      assertThat(log.lines()).hasSize(2).allMatch(line -> line.startsWith("ERROR"));
    }
    assertThat(ran).containsExactly("next");
  }

  @Test
  void aFreeLaneIsUsedByTheThreadThatComesByAndABusyOneKeepsItsOrder() {
    ManualScheduler scheduler = new ManualScheduler();
    Lane lane = new Lane(scheduler);
    List<String> ran = new ArrayList<>();

    lane.executeHere(() -> ran.add("at once"));
    assertThat(ran).containsExactly("at once");

    lane.executeHere(
        () -> {
          lane.executeHere(() -> ran.add("added by a task"));
          ran.add("task");
        });
    assertThat(ran).containsExactly("at once", "task");

    lane.execute(() -> ran.add("last"));
    scheduler.runDue();
    assertThat(ran).containsExactly("at once", "task", "added by a task", "last");
  }

  @Test
  void aTaskThatFailsHereIsLoggedAndLeavesTheLaneFree() {
    Lane lane = new Lane(new ManualScheduler());
    List<String> ran = new ArrayList<>();
    try (LogCapture log = LogCapture.warnings()) {
      lane.executeHere(
          () -> {
            throw new IllegalStateException("on purpose");
          });
      lane.executeHere(() -> ran.add("next"));
      assertThat(log.lines()).hasSize(1);
    }
    assertThat(ran).containsExactly("next");
  }

  @Test
  void tasksOfSeveralThreadsRunOneAtATimeAndThoseOfOneThreadInTheirOrder() throws Exception {
    int threads = 4;
    int each = 20_000;
    ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
    try {
      Lane lane = new Lane(scheduler);
      int[] next = new int[threads]; // by tasks of the lane only
      AtomicInteger inside = new AtomicInteger();
      AtomicInteger mishaps = new AtomicInteger();
      CountDownLatch left = new CountDownLatch(threads * each);
      for (int thread = 0; thread < threads; thread++) {
        int mine = thread;
        Thread bringing =
            new Thread(
                () -> {
                  for (int number = 0; number < each; number++) {
                    int expected = number;
                    Runnable task =
                        () -> {
                          boolean alone = inside.getAndIncrement() == 0;
                          boolean inOrder = next[mine]++ == expected;
                          mishaps.addAndGet(alone && inOrder ? 0 : 1);
                          inside.decrementAndGet();
                          left.countDown();
                        };
                    if ((number + mine) % 3 == 0) {
                      lane.execute(task);
                    } else {
                      lane.executeHere(task);
                    }
                  }
                });
        bringing.start();
      }

      assertThat(left.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(mishaps).hasValue(0);
      assertThat(next).containsOnly(each);
    } finally {
      scheduler.shutdownNow();
    }
  }
}
