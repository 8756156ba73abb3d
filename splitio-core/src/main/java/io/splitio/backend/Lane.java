package io.splitio.backend;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one at a time and in order, on whichever thread of the scheduler is free, or on the
 * thread that brings one ({@link #executeHere}). What only tasks of one lane touch needs no other
 * guard.
 */
public final class Lane implements Executor {
  private static final Logger log = LoggerFactory.getLogger("splitio.sync");

  private final ScheduledExecutorService scheduler;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();

  /** A lane that is free. */
  public Lane(ScheduledExecutorService scheduler) {
    this.scheduler = scheduler;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if (waiting.getAndIncrement() == 0) {
      scheduler.execute(this::drain);
    }
  }

  /**
   * Runs a task on this thread if the lane is free: to hand it over would take longer than most
   * tasks do, and much longer on a busy machine. What was added meanwhile is left to the scheduler.
   */
  public void executeHere(Runnable task) {
    if (!waiting.compareAndSet(0, 1)) {
      execute(task);
      return;
    }
    run(task);
    if (waiting.decrementAndGet() > 0) {
      scheduler.execute(this::drain);
    }
  }

  /** Runs a task on this lane after a while. */
  public Future<?> after(Duration delay, Runnable task) {
    return scheduler.schedule(() -> execute(task), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Cancels a task if there is one, and forgets it. */
  public static @Nullable Future<?> cancelled(@Nullable Future<?> task) {
    if (task != null) {
      task.cancel(false);
    }
    return null;
  }

  private void drain() {
    do {
      run(tasks.poll());
    } while (waiting.decrementAndGet() > 0);
  }

  /** A task that fails is a defect, and must not stop those after it. */
  private static void run(@Nullable Runnable task) {
    if (task == null) {
      return;
    }
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      log.error("A task of the synchronisation failed; the others go on", e);
    }
  }
}
