package io.splitio;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The threads of one SDK instance. None is started before it has something to do. */
final class Workers {
  private static final int SCHEDULER_THREADS = 2;
  private static final long CHANGES_IDLE_SECONDS = 10;
  private static final int PART = 5; // of the time that is left, for listeners

  private final SdkThreads threads;
  private final ScheduledThreadPoolExecutor scheduler;
  private final ScheduledExecutorService timers;
  private final ThreadPoolExecutor changes;

  /**
   * Threads made by the application's factory, or by none.
   *
   * @param pace has timers go off at other times than said; a soak lets a day pass in minutes
   */
  Workers(@Nullable ThreadFactory factory, UnaryOperator<ScheduledExecutorService> pace) {
    threads = new SdkThreads(factory);
    scheduler =
        new ScheduledThreadPoolExecutor(
            SCHEDULER_THREADS, threads.forRole("sync"), new ThreadPoolExecutor.DiscardPolicy());
    scheduler.setRemoveOnCancelPolicy(true);
    timers = pace.apply(scheduler);
    changes =
        new ThreadPoolExecutor(
            1,
            1,
            CHANGES_IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            threads.forRole("changes"),
            new ThreadPoolExecutor.DiscardPolicy());
    changes.allowCoreThreadTimeOut(true);
  }

  /** Runs short tasks and timers; takes nothing after close. */
  ScheduledExecutorService scheduler() {
    return timers;
  }

  /** Runs one task at a time, in order; takes nothing after close. */
  Executor changes() {
    return changes;
  }

  /** Whether a thread is one of these, so that waiting for its end might take for ever. */
  boolean own(Thread thread) {
    return threads.own(thread);
  }

  /** Makes a thread for one duty. */
  ThreadFactory forRole(String role) {
    return threads.forRole(role);
  }

  /** Lets idle threads end. */
  void suspend() {
    scheduler.setCorePoolSize(0);
    changes.setKeepAliveTime(1, TimeUnit.MILLISECONDS);
  }

  /** Waits until all threads have ended, except one that calls this itself. */
  void awaitEnd(Duration timeout) {
    threads.awaitEnd(timeout);
  }

  /** Keeps threads at hand again. */
  void resume() {
    scheduler.setCorePoolSize(SCHEDULER_THREADS);
    changes.setKeepAliveTime(CHANGES_IDLE_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * Interrupts what still runs and waits for it, unless the caller is one of these threads. What
   * listeners have not heard yet, such as of the end, they hear if that takes no more than a fifth
   * of the time.
   */
  void close(Duration timeout) {
    scheduler.shutdownNow();
    if (threads.own(Thread.currentThread())) {
      changes.shutdownNow();
      return;
    }
    long deadline = System.nanoTime() + TimeUnit.NANOSECONDS.convert(timeout);
    try {
      scheduler.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      changes.shutdown(); // not before: who ran there may have had something to tell
      changes.awaitTermination((deadline - System.nanoTime()) / PART, TimeUnit.NANOSECONDS);
      changes.shutdownNow();
      changes.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      changes.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
