package io.splitio.backend.featbit;

import io.splitio.log.LogSafe;
import io.splitio.net.Http;
import io.splitio.record.Delivery;
import io.splitio.record.Delivery.Fate;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands insights to the application's own sink, on a thread of its own that ends when idle. */
final class SinkPost implements Post {
  private static final Logger log = LoggerFactory.getLogger("splitio.record");
  private static final long IDLE_SECONDS = 5;
  private static final Delivery STOPPED =
      new Delivery(Fate.TRY_AGAIN, null, "the SDK is suspended or at its end");

  private final InsightSink sink;
  private final Http http;
  private final ThreadFactory threads;
  private @Nullable ThreadPoolExecutor executor; // guarded by this; null while suspended
  private boolean closed; // guarded by this

  /**
   * Hands insights to a sink.
   *
   * @param http what definitions come over; rests and ends with this
   */
  SinkPost(InsightSink sink, Http http, ThreadFactory threads) {
    this.sink = sink;
    this.http = http;
    this.threads = threads;
    this.executor = executor(threads);
  }

  private static ThreadPoolExecutor executor(ThreadFactory threads) {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  @Override
  public CompletableFuture<Delivery> send(byte[] document) {
    ThreadPoolExecutor current;
    synchronized (this) {
      current = executor;
    }
    String batch = new String(document, StandardCharsets.UTF_8);
    CompletableFuture<Delivery> told = new CompletableFuture<>();
    try {
      if (current == null) {
        told.complete(STOPPED);
      } else {
        current.execute(new Handing(batch, told));
      }
    } catch (RejectedExecutionException ended) {
      told.complete(STOPPED);
    }
    return told;
  }

  /** One batch on its way; it can be given up before its turn. */
  private final class Handing implements Runnable {
    private final String batch;
    private final CompletableFuture<Delivery> told;

    private Handing(String batch, CompletableFuture<Delivery> told) {
      this.batch = batch;
      this.told = told;
    }

    @Override
    public void run() {
      told.complete(hand());
    }

    private Delivery hand() {
      try {
        return sink.take(batch)
            ? Delivery.of(Fate.DELIVERED)
            : new Delivery(Fate.TRY_AGAIN, null, "the insight sink did not take it");
      } catch (Throwable failure) { // the application's code: whatever it throws, it comes again
        String why = LogSafe.line("the insight sink failed: " + failure);
        return new Delivery(Fate.TRY_AGAIN, null, why);
      }
    }
  }

  @Override
  public void suspend() {
    http.suspend();
    ThreadPoolExecutor ending;
    synchronized (this) {
      ending = executor;
      executor = null;
    }
    if (ending != null) {
      for (Runnable waiting : ending.shutdownNow()) {
        if (waiting instanceof Handing handing) {
          handing.told.complete(STOPPED);
        }
      }
    }
  }

  @Override
  public synchronized void resume() {
    http.resume();
    if (executor == null && !closed) {
      executor = executor(threads);
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    suspend();
    http.close();
    try {
      sink.close();
    } catch (Throwable failure) { // the application's code
      log.warn("The insight sink cannot be closed", failure);
    }
  }
}
