package io.splitio;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes the threads of one SDK instance: daemons, named {@code splitio-<role>-<number>}. */
final class SdkThreads {
  private final AtomicInteger made = new AtomicInteger();

  ThreadFactory forRole(String role) {
    return task -> new SdkThread(this, task, "splitio-" + role + "-" + made.incrementAndGet());
  }

  /** Whether a thread belongs to this instance. */
  boolean own(Thread thread) {
    return thread instanceof SdkThread sdkThread && sdkThread.owner == this;
  }

  /** A thread that knows whose it is. */
  private static final class SdkThread extends Thread {
    private final SdkThreads owner;

    private SdkThread(SdkThreads owner, Runnable task, String name) {
      super(task, name);
      this.owner = owner;
      setDaemon(true);
    }
  }
}
