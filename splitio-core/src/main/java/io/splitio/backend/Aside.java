package io.splitio.backend;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs the application's code aside from the SDK's own threads, where it may take as long as it
 * likes: one task at a time and in order, on a thread that ends when there is nothing to do.
 */
public final class Aside {
  private final ThreadPoolExecutor executor;

  /** One with nothing to do. */
  public Aside(ThreadFactory threads) {
    executor =
        new ThreadPoolExecutor(0, 1, 0, TimeUnit.NANOSECONDS, new LinkedBlockingQueue<>(), threads);
  }

  /**
   * Runs a task after those before it.
   *
   * @return whether it will run: not after the end
   */
  public boolean run(Runnable task) {
    try {
      executor.execute(task);
      return true;
    } catch (RejectedExecutionException ended) {
      return false;
    }
  }

  /** Takes back the tasks whose turn has not come. */
  public List<Runnable> withdrawn() {
    List<Runnable> waiting = new ArrayList<>();
    executor.getQueue().drainTo(waiting);
    return waiting;
  }

  /**
   * Takes no more tasks, and waits for those there are. What takes longer goes on alone, on a
   * daemon thread.
   *
   * @return whether all is done
   */
  public boolean end(Duration left) {
    executor.shutdown();
    try {
      return executor.awaitTermination(left.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
