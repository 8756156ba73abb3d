package io.splitio.record;

import io.splitio.api.Evaluation;
import io.splitio.api.Impression;
import io.splitio.api.ImpressionListener;
import io.splitio.api.Key;
import io.splitio.telemetry.Telemetry;
import io.splitio.telemetry.Telemetry.Counter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners of impressions, on a thread of its own, from a bounded queue. What does not fit
 * is counted.
 */
final class HeardImpressions implements ImpressionRecorder {
  private static final Logger log = LoggerFactory.getLogger("splitio.record");
  private static final Heard END =
      new Heard(new Served("", "", null, "", null, null, 0, null, Map.of()), Map.of());

  private final List<ImpressionListener> listeners;
  private final BlockingQueue<Heard> queue;
  private final Identity identity;
  private final boolean labels;
  private final Clock clock;
  private final Telemetry telemetry;
  private final ThreadFactory threads;
  private final AtomicBoolean troubled = new AtomicBoolean();

  private @Nullable String instanceName; // by the listeners' thread only

  private volatile Thread thread; // written under the monitor of this
  private volatile boolean paused; // written under the monitor of this
  private volatile boolean closed; // written once by the destroying thread
  private volatile boolean abandoned; // written once by the destroying thread

  /** What was served, with what only listeners get to know. */
  private record Heard(Served served, Map<String, Object> attributes) {}

  /** Starts to tell listeners. */
  HeardImpressions(Recorder.Settings settings, Recorder.Tools tools) {
    this.listeners = settings.listeners();
    this.queue = new ArrayBlockingQueue<>(settings.listenerQueueSize());
    this.identity = settings.identity();
    this.labels = settings.labels();
    this.clock = tools.clock();
    this.telemetry = tools.telemetry();
    this.threads = tools.listenerThread();
    this.thread = threads.newThread(this::tell);
    thread.start();
  }

  @Override
  public void record(
      Key key,
      String flag,
      Evaluation evaluation,
      Map<String, Object> attributes,
      Map<String, Object> properties) {
    hear(
        new Served(
            flag,
            key.matchingKey(),
            key.bucketingKey(),
            evaluation.treatment(),
            labels ? evaluation.label() : null,
            evaluation.changeNumber(),
            clock.millis(),
            null,
            properties),
        attributes);
  }

  @Override
  public void count(
      Key key,
      String flag,
      Evaluation evaluation,
      Map<String, Object> attributes,
      Map<String, Object> properties) {
    record(key, flag, evaluation, attributes, properties);
  }

  /** Lets the listeners hear of what was served. */
  void hear(Served served, Map<String, Object> attributes) {
    Heard heard = new Heard(served, attributes);
    if (!queue.offer(heard) || isLate(heard)) {
      telemetry.count(Counter.LISTENER_DROPS);
    }
  }

  /** After the end nobody takes it from the queue: whether it is still there to be withdrawn. */
  @SuppressWarnings("ReferenceEquality") // of equal ones in the queue each is one of its own
  private boolean isLate(Heard heard) {
    return closed && queue.removeIf(waiting -> waiting == heard);
  }

  /** Tells nobody until {@link #resume()}, and leaves no thread; what comes meanwhile waits. */
  synchronized void suspend(Duration timeout) {
    if (paused || closed) {
      return;
    }
    paused = true;
    boolean woken = queue.offer(END); // if there is no room, the thread is awake
    log.debug("The listeners rest; told of it: {}", woken);
    join(timeout);
  }

  /** Goes on where it was suspended. */
  synchronized void resume() {
    if (paused) {
      paused = false;
      Thread next = threads.newThread(this::tell);
      thread = next;
      next.start();
    }
  }

  private void join(Duration timeout) {
    if (Thread.currentThread() == thread) {
      return;
    }
    try {
      thread.join(Math.max(1, timeout.toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Lets the listeners hear what is queued, then closes them; one that takes too long is left
   * behind.
   */
  @Override
  public void close(Duration timeout) {
    if (closed) {
      return;
    }
    closed = true;
    boolean woken = queue.offer(END); // if there is no room, the thread has enough to wake up for
    resume();
    join(timeout);
    if (thread.isAlive() && thread != Thread.currentThread()) {
      log.debug("The listeners are still busy; told of the end: {}", woken);
      abandon();
    }
  }

  private void abandon() {
    abandoned = true;
    List<Heard> lost = new ArrayList<>();
    queue.drainTo(lost);
    lost.removeIf(HeardImpressions::isEnd);
    lost.forEach(heard -> telemetry.count(Counter.LISTENER_DROPS));
    log.warn(
        "An impression listener did not finish in time; {} impressions were not heard",
        lost.size());
    thread.interrupt();
  }

  private void tell() {
    while (!abandoned && !paused && (!closed || !queue.isEmpty())) {
      try {
        Heard next = queue.poll(1, TimeUnit.SECONDS);
        if (next != null && !isEnd(next)) {
          tell(next);
        }
      } catch (InterruptedException e) {
        log.debug("A listener interrupted its thread, or the end came", e);
      }
    }
    if (!paused) {
      listeners.forEach(this::close);
    }
  }

  @SuppressWarnings("ReferenceEquality") // it is the only one
  private static boolean isEnd(Heard heard) {
    return heard == END;
  }

  private Impression impression(Heard heard) {
    if (instanceName == null) {
      instanceName = identity.instanceName().get();
    }
    Served served = heard.served;
    return new Impression(
        served.flag(),
        served.matchingKey(),
        served.bucketingKey(),
        served.treatment(),
        served.label(),
        served.changeNumber(),
        served.time(),
        served.previousTime(),
        heard.attributes,
        served.properties(),
        instanceName,
        identity.sdkVersion());
  }

  private void tell(Heard heard) {
    guarded(
        () -> {
          Impression impression = impression(heard);
          listeners.forEach(listener -> guarded(() -> listener.log(impression)));
        });
  }

  private void close(ImpressionListener listener) {
    guarded(listener::close);
  }

  private void guarded(Runnable call) {
    try {
      call.run();
    } catch (
        Throwable
            failure) { // a listener is the application's code: whatever it throws, the others go on
      telemetry.count(Counter.LISTENER_ERRORS);
      if (troubled.compareAndSet(false, true)) {
        log.warn("An impression listener failed; further failures are only counted", failure);
      }
    } finally {
      boolean interrupted = Thread.interrupted(); // one listener's interrupt is not for the next
      log.trace("Interrupted by a listener: {}", interrupted);
    }
  }
}
