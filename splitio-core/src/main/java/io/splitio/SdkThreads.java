package io.splitio;

import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Makes the threads of one SDK instance: named {@code splitio-<role>-<number>}, and daemons unless
 * the application's own factory has it otherwise.
 */
final class SdkThreads {
  private final @Nullable ThreadFactory given;
  private final AtomicInteger number = new AtomicInteger();

  // guarded by itself; weak, as an application's factory may make threads that are never started
  private final Set<Thread> made = Collections.newSetFromMap(new WeakHashMap<>());
  private final Set<Thread> running = ConcurrentHashMap.newKeySet();

  /** Threads from a factory, or from nowhere in particular. */
  SdkThreads(@Nullable ThreadFactory given) {
    this.given = given;
  }

  ThreadFactory forRole(String role) {
    return task -> {
      Thread thread = thread(() -> run(task), "splitio-" + role + "-" + number.incrementAndGet());
      synchronized (made) {
        made.removeIf(other -> other.getState() == Thread.State.TERMINATED);
        made.add(thread);
      }
      return thread;
    };
  }

  private Thread thread(Runnable task, String name) {
    if (given == null) {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    }
    Thread thread = given.newThread(task);
    thread.setName(name);
    return thread;
  }

  private void run(Runnable task) {
    running.add(Thread.currentThread());
    try {
      task.run();
    } finally {
      running.remove(Thread.currentThread());
    }
  }

  /** Waits for the end of all threads, except that of the caller; an interrupt ends the wait. */
  void awaitEnd(Duration timeout) {
    long deadline = System.nanoTime() + TimeUnit.NANOSECONDS.convert(timeout);
    try {
      Thread next = other();
      while (next != null && System.nanoTime() - deadline < 0) {
        TimeUnit.NANOSECONDS.timedJoin(next, Math.max(1, deadline - System.nanoTime()));
        next = other(); // what it did last may have called for another
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A thread that was started and has not ended, or null; one never started has no end. */
  private @Nullable Thread other() {
    synchronized (made) {
      made.removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
      return made.stream()
          .filter(thread -> thread != Thread.currentThread())
          .filter(thread -> thread.getState() != Thread.State.NEW)
          .findAny()
          .orElse(null);
    }
  }

  /** Whether a thread belongs to this instance. */
  boolean own(Thread thread) {
    return running.contains(thread);
  }
}
