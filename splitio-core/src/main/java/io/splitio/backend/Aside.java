package io.splitio.backend;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the application's code aside from the SDK's own threads, where it may take as long as it
 * likes: one task at a time and in order, on a thread that ends when there is nothing to do.
 */
public final class Aside {
  private static final Logger log = LoggerFactory.getLogger("splitio");

  private final ThreadFactory threads;
  // all guarded by this
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean running; // whether there is a thread, which looks for a task once more
  private boolean ended;

  /** One with nothing to do. */
  public Aside(ThreadFactory threads) {
    this.threads = threads;
  }

  /**
   * Runs a task after those before it. Should the thread die of one of them, and there is no other,
   * the rest waits for the next call of this.
   *
   * @return whether it will run: not after the end, nor when there is no thread for it
   */
  public synchronized boolean run(Runnable task) {
    if (ended || !(running || begun())) {
      return false;
    }
    return waiting.add(task);
  }

  /** A machine may be short of threads, and the factory is the application's. */
  private boolean begun() {
    try {
      Thread thread = threads.newThread(this::runAll);
      if (thread != null) {
        thread.start();
        running = true;
      }
    } catch (Throwable none) {
      log.debug("There is no thread", none);
    }
    return running;
  }

  private void runAll() {
    boolean done = false;
    try {
      for (Runnable task = next(); task != null; task = next()) {
        try {
          task.run();
        } catch (Throwable defect) {
          log.error("A task failed; the others go on", defect);
        }
        boolean unused = Thread.interrupted(); // it was meant for what is done
      }
      done = true;
    } finally {
      if (!done) {
        passOn();
      }
    }
  }

  /** This thread dies of what cannot even be logged; another does what waits. */
  private synchronized void passOn() {
    running = false;
    try {
      boolean unused = waiting.isEmpty() || begun();
    } finally {
      notifyAll();
    }
  }

  private synchronized @Nullable Runnable next() {
    Runnable task = waiting.poll();
    if (task == null) {
      running = false;
      notifyAll();
    }
    return task;
  }

  /** Takes back the tasks whose turn has not come. */
  public synchronized List<Runnable> withdrawn() {
    List<Runnable> taken = new ArrayList<>(waiting);
    waiting.clear();
    return taken;
  }

  /**
   * Takes no more tasks, and waits for those there are. What takes longer goes on alone, on a
   * daemon thread.
   *
   * @return whether all is done
   */
  public synchronized boolean end(Duration left) {
    ended = true;
    long deadline = System.nanoTime() + left.toNanos();
    try {
      while (running) {
        long nanos = deadline - System.nanoTime();
        if (nanos <= 0) {
          return false;
        }
        TimeUnit.NANOSECONDS.timedWait(this, nanos);
      }
      return waiting.isEmpty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
