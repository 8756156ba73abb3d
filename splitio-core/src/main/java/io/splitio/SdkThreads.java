package io.splitio;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Makes the threads of one SDK instance: named {@code splitio-<role>-<number>}, and daemons unless
 * the application's own factory has it otherwise.
 */
final class SdkThreads {
  private final @Nullable ThreadFactory given;
  private final AtomicInteger made = new AtomicInteger();
  private final Set<Thread> running = ConcurrentHashMap.newKeySet();

  /** Threads from a factory, or from nowhere in particular. */
  SdkThreads(@Nullable ThreadFactory given) {
    this.given = given;
  }

  ThreadFactory forRole(String role) {
    return task -> thread(() -> run(task), "splitio-" + role + "-" + made.incrementAndGet());
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

  /** Whether a thread belongs to this instance. */
  boolean own(Thread thread) {
    return running.contains(thread);
  }
}
