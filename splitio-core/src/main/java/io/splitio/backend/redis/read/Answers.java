package io.splitio.backend.redis.read;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The few threads on which answers come that come later, so that an application that takes its time
 * with one does not keep the connection waiting. When all of them wait for something, perhaps for
 * an answer that would come after them, there are more for as long as that takes.
 */
final class Answers implements Executor {
  private static final Logger log = LoggerFactory.getLogger("splitio.sync");
  private static final int THREADS = 8;
  private static final int MOST_THREADS = 256;
  private static final long IDLE_MILLIS = 10_000;
  private static final long STUCK_MILLIS = 100;

  private final ScheduledExecutorService scheduler;
  private final ThreadPoolExecutor threads;
  private final AtomicBoolean watched = new AtomicBoolean();
  private final AtomicBoolean toldOfNone = new AtomicBoolean(); // until there are few again
  private final AtomicBoolean toldOfMany = new AtomicBoolean(); // likewise

  /** No threads yet. */
  Answers(ThreadFactory factory, ScheduledExecutorService scheduler) {
    this(factory, scheduler, new LinkedBlockingQueue<>());
  }

  /** Likewise, with the queue for answers that find no thread. */
  Answers(
      ThreadFactory factory, ScheduledExecutorService scheduler, BlockingQueue<Runnable> queue) {
    this.scheduler = scheduler;
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_MILLIS,
            TimeUnit.MILLISECONDS,
            queue,
            factory,
            (late, pool) -> late.run()); // after the end there are answers still
    threads.allowCoreThreadTimeOut(true);
  }

  /** An answer for which no thread can be made now waits like those for which there is none. */
  @Override
  public void execute(Runnable answer) {
    try {
      threads.execute(answer);
    } catch (OutOfMemoryError e) {
      tell(e);
      if (!threads.getQueue().contains(answer)) {
        threads.getQueue().add(answer);
      }
      if (threads.isShutdown()) {
        finish();
      }
    }
    watch();
  }

  private void watch() {
    if (!threads.getQueue().isEmpty() && watched.compareAndSet(false, true)) {
      lookSoon(threads.getCompletedTaskCount());
    }
  }

  private void lookSoon(long completed) {
    try {
      Future<?> unused =
          scheduler.schedule(() -> look(completed), STUCK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException over) {
      watched.set(false);
    }
  }

  /** More threads where none has come to an end since the last time, and fewer when they can be. */
  private void look(long completedBefore) {
    long completed = threads.getCompletedTaskCount();
    if (threads.getQueue().isEmpty()) {
      calmDown(completed);
      return;
    }
    if (completed == completedBefore && !threads.isShutdown()) {
      tryToAddThreads();
    }
    lookSoon(completed);
  }

  private void tryToAddThreads() {
    try {
      if (threads.prestartAllCoreThreads() == 0) { // else there were fewer than allowed
        addThreads();
      }
    } catch (OutOfMemoryError e) {
      tell(e);
    }
  }

  private void tell(OutOfMemoryError e) {
    if (toldOfNone.compareAndSet(false, true)) {
      log.warn("Asynchronous answers wait for a thread, as none can be made: {}", e.getMessage());
    }
  }

  private void addThreads() {
    if (threads.getCorePoolSize() == MOST_THREADS && toldOfMany.compareAndSet(false, true)) {
      log.error(
          "{} asynchronous answers are held up by what is chained to them, and those after them"
              + " wait: chain with thenCompose instead of waiting for another answer with join() or"
              + " get()",
          MOST_THREADS);
    }
    int more = Math.min(threads.getCorePoolSize() + THREADS, MOST_THREADS);
    threads.setMaximumPoolSize(more);
    threads.setCorePoolSize(more);
  }

  /** Keeps as many threads as have something to do, and one look at them while they are many. */
  private void calmDown(long completed) {
    int busy = Math.max(THREADS, threads.getActiveCount()); // they may wait for what comes next
    int size = Math.min(busy, threads.getCorePoolSize());
    threads.setCorePoolSize(size);
    threads.setMaximumPoolSize(size);
    if (size > THREADS) {
      lookSoon(completed);
    } else {
      toldOfNone.set(false);
      toldOfMany.set(false);
      watched.set(false);
      watch(); // what came in between found it watched
    }
  }

  /** Lets idle threads end. */
  void suspend() {
    threads.setKeepAliveTime(1, TimeUnit.MILLISECONDS);
  }

  /** Keeps threads at hand again. */
  void resume() {
    watched.set(false); // who was to look may have been suspended, too
    threads.setKeepAliveTime(IDLE_MILLIS, TimeUnit.MILLISECONDS);
    watch(); // what came meanwhile
  }

  /** Has the threads end with what they do, and what waits. */
  void close() {
    threads.shutdown();
    finish();
  }

  /** Nobody looks after what waits any more: it is given threads now, or told here. */
  private void finish() {
    BlockingQueue<Runnable> waiting = threads.getQueue();
    try {
      threads.setMaximumPoolSize(MOST_THREADS);
      threads.setCorePoolSize(MOST_THREADS);
      for (int i = waiting.size(); i > 0 && threads.prestartCoreThread(); i--) {
        // each has something to do
      }
    } catch (OutOfMemoryError e) {
      tell(e);
      for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
        next.run();
      }
    }
  }
}
