package io.splitio.backend.redis.read;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The few threads on which answers come that come later, so that an application that takes its time
 * with one does not keep the connection waiting.
 */
final class Answers implements Executor {
  private static final int THREADS = 8;
  private static final long IDLE_MILLIS = 10_000;

  private final ThreadPoolExecutor threads;

  /** No threads yet. */
  Answers(ThreadFactory factory) {
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_MILLIS,
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(),
            factory,
            (late, pool) -> late.run()); // after the end there are answers still
    threads.allowCoreThreadTimeOut(true);
  }

  @Override
  public void execute(Runnable answer) {
    threads.execute(answer);
  }

  /** Lets idle threads end. */
  void suspend() {
    threads.setKeepAliveTime(1, TimeUnit.MILLISECONDS);
  }

  /** Keeps threads at hand again. */
  void resume() {
    threads.setKeepAliveTime(IDLE_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Has the threads end with what they do. */
  void close() {
    threads.shutdown();
  }
}
