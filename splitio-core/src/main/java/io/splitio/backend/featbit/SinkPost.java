package io.splitio.backend.featbit;

import io.splitio.backend.Aside;
import io.splitio.backend.featbit.insight.Post;
import io.splitio.net.Http;
import io.splitio.record.Delivery;
import io.splitio.record.Delivery.Fate;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands insights to the application's own sink, aside. */
final class SinkPost implements Post {
  private static final Logger log = LoggerFactory.getLogger("splitio.record");
  private static final Delivery DELIVERED = Delivery.of(Fate.DELIVERED);
  private static final Delivery NOT_TAKEN =
      new Delivery(Fate.TRY_AGAIN, null, "the insight sink did not take it");
  private static final Delivery STOPPED =
      new Delivery(Fate.TRY_AGAIN, null, "the SDK is suspended or at its end");

  private static final Delivery NO_THREAD =
      new Delivery(Fate.TRY_AGAIN, null, "there is no thread for the insight sink");

  private final InsightSink sink;
  private final Http http;
  private final Aside aside;
  private boolean resting; // guarded by this
  private boolean closed; // guarded by this
  private @Nullable Thread taking; // guarded by this; interrupted at the end, and to rest

  /**
   * Hands insights to a sink.
   *
   * @param http what definitions come over; rests and ends with this
   */
  SinkPost(InsightSink sink, Http http, ThreadFactory threads) {
    this.sink = sink;
    this.http = http;
    this.aside = new Aside(threads);
  }

  @Override
  public Http http() {
    return http;
  }

  @Override
  public CompletableFuture<Delivery> send(byte[] document) {
    String batch = new String(document, StandardCharsets.UTF_8);
    CompletableFuture<Delivery> told = new CompletableFuture<>();
    synchronized (this) {
      if (resting) {
        told.complete(STOPPED);
      } else if (!aside.run(new Handing(batch, told))) {
        told.complete(NO_THREAD);
      }
    }
    return told;
  }

  private synchronized boolean begins() {
    if (!resting) {
      taking = Thread.currentThread();
    }
    return !resting;
  }

  private synchronized void ended() {
    taking = null;
    boolean unused = Thread.interrupted(); // it was meant for what is done
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
      if (!begins()) {
        told.complete(STOPPED);
        return;
      }
      try {
        boolean taken = sink.take(batch);
        ended();
        told.complete(taken ? DELIVERED : NOT_TAKEN);
      } catch (Throwable failure) { // the application's code: whatever it throws, it comes again
        ended();
        String why = "the insight sink failed: " + failure.getClass().getName();
        told.complete(new Delivery(Fate.TRY_AGAIN, null, why));
        log.debug("The insight sink failed", failure);
      }
    }
  }

  @Override
  public void suspend() {
    http.suspend();
    synchronized (this) {
      resting = true;
      if (taking != null) {
        taking.interrupt();
      }
    }
    for (Runnable waiting : aside.withdrawn()) {
      waiting.run(); // which tells that its turn does not come
    }
  }

  @Override
  public synchronized void resume() {
    http.resume();
    resting = closed;
  }

  @Override
  public void close(Duration left) {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    suspend();
    http.close();
    if (!aside.run(this::closeSink)) { // after a batch that is still being taken
      closeSink(); // nothing is taken: there is no thread, and so none to set this a limit either
    }
    if (!aside.end(left)) {
      log.warn("The insight sink does not end in time; the SDK ends without it");
    }
  }

  private void closeSink() {
    try {
      sink.close();
    } catch (Throwable failure) { // the application's code
      log.warn("The insight sink cannot be closed: {}", failure.getClass().getName());
      log.debug("It says", failure);
    }
  }
}
