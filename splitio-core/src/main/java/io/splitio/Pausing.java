package io.splitio;

import io.splitio.backend.Backend;
import io.splitio.client.Readiness;
import io.splitio.record.Recorder;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lays an instance to rest and wakes it up. Resting and waking follow one another; the end waits
 * for neither, and lets whoever suspends go.
 */
final class Pausing {
  private static final Logger log = LoggerFactory.getLogger("splitio");

  private final SplitConfig config;
  private final Backend backend;
  private final Recorder recorder;
  private final Workers workers;
  private final Readiness readiness;
  private boolean restsOnceLoaded; // guarded by this
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final Object lines = new Object(); // held while sockets and threads are given back

  Pausing(
      SplitConfig config,
      Backend backend,
      Recorder recorder,
      Workers workers,
      Readiness readiness) {
    this.config = config;
    this.backend = backend;
    this.recorder = recorder;
    this.workers = workers;
    this.readiness = readiness;
    this.restsOnceLoaded = config.startSuspended();
  }

  /** After the definitions were loaded: suspends if that is how to start. */
  synchronized void loaded() {
    if (restsOnceLoaded) {
      restsOnceLoaded = false;
      suspend();
    }
  }

  /** Leaves no socket, thread or timer behind, within the time an end may take. */
  synchronized void suspend() {
    if (readiness.isDestroyed() || !readiness.suspend()) {
      return;
    }
    long deadline = System.nanoTime() + TimeUnit.NANOSECONDS.convert(config.shutdownTimeout());
    await(backend.source().suspend(), deadline);
    recorder.suspend(left(deadline));
    synchronized (lines) {
      if (!ended.isDone()) {
        backend.sinks().suspend();
        workers.suspend(left(deadline));
      }
    }
  }

  private static Duration left(long deadline) {
    return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
  }

  /** Goes on after suspend, or does not suspend once loaded. */
  synchronized void resume() {
    boolean early = restsOnceLoaded;
    restsOnceLoaded = false;
    if (readiness.isDestroyed()) {
      return;
    }
    if (!readiness.resume()) {
      if (early) {
        backend.source().resume();
      }
      return;
    }
    workers.resume();
    backend.sinks().resume();
    recorder.resume();
    backend.source().resume();
  }

  /** Makes the last delivery of a suspended instance possible; for the end only. */
  void end() {
    ended.complete(null);
    synchronized (lines) {
      if (readiness.resume()) {
        workers.resume();
        backend.sinks().resume();
      }
    }
  }

  private void await(CompletableFuture<Void> suspended, long deadline) {
    try {
      CompletableFuture.anyOf(suspended, ended).get(left(deadline).toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      log.warn("The synchronisation did not stop in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
