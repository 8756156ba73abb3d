package io.splitio.record;

import io.splitio.api.Evaluation;
import io.splitio.api.Impression;
import io.splitio.api.ImpressionListener;
import io.splitio.api.Key;
import io.splitio.telemetry.Telemetry;
import io.splitio.telemetry.Telemetry.Counter;
import io.splitio.telemetry.TimeOfDay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners of impressions, on a thread of its own, from a bounded queue. What does not fit
 * is counted.
 */
final class HeardImpressions {
  private static final Logger log = LoggerFactory.getLogger("splitio.record");
  private static final Heard END =
      new Heard(new Served("", "", null, "", null, null, 0, SeenTable.NEVER, Map.of()), Map.of());

  private final List<ImpressionListener> listeners;
  private final BlockingQueue<Heard> queue;
  private final Identity identity;
  private final boolean labels;
  private final TimeOfDay time;
  private final Telemetry telemetry;
  private final ThreadFactory threads;
  private final AtomicBoolean troubled = new AtomicBoolean();

  private @Nullable String instanceName; // by the listeners' thread only

  // guarded by this
  private Thread thread;
  private boolean running = true; // until the thread has decided to end
  private boolean paused;

  private volatile boolean closed; // written once by the destroying thread
  private volatile boolean abandoned; // written once by the destroying thread

  /** What was served, with what only listeners get to know. */
  private record Heard(Served served, Map<String, Object> attributes) {}

  /**
   * Tells listeners, and no service.
   *
   * @param listeners who is told
   * @param properties what goes with what is taken
   */
  record Telling(HeardImpressions listeners, Map<String, Object> properties)
      implements ImpressionRecorder {

    @Override
    public void record(
        Key key, String flag, Evaluation evaluation, Map<String, Object> attributes, long moment) {
      listeners.hear(
          new Served(
              flag,
              key.matchingKey(),
              key.bucketingKey(),
              evaluation.treatment(),
              listeners.labels ? evaluation.label() : null,
              evaluation.changeNumber(),
              listeners.time.at(moment),
              SeenTable.NEVER,
              properties),
          attributes);
    }

    @Override
    public void count(
        Key key, String flag, Evaluation evaluation, Map<String, Object> attributes, long moment) {
      record(key, flag, evaluation, attributes, moment);
    }

    @Override
    public ImpressionRecorder with(Map<String, Object> others) {
      return new Telling(listeners, others);
    }
  }

  /** Starts to tell listeners. */
  HeardImpressions(Recorder.Settings settings, Recorder.Tools tools) {
    this.listeners = settings.listeners();
    this.queue = new ArrayBlockingQueue<>(settings.listenerQueueSize());
    this.identity = settings.identity();
    this.labels = settings.labels();
    this.time = TimeOfDay.of(tools.clock());
    this.telemetry = tools.telemetry();
    this.threads = tools.listenerThread();
    this.thread = threads.newThread(this::tell);
    thread.start();
  }

  /** What tells them of all that it takes. */
  Telling impressions() {
    return new Telling(this, Map.of());
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
    if (!closed || !queue.removeIf(waiting -> waiting == heard)) {
      return false;
    }
    boolean unused = queue.offer(END); // whoever looks for it may have seen it there
    return true;
  }

  /** Tells nobody until {@link #resume()}, and leaves no thread; what comes meanwhile waits. */
  void suspend(Duration timeout) {
    synchronized (this) {
      if (paused || closed) {
        return;
      }
      paused = true;
    }
    boolean woken = queue.offer(END); // if there is no room, the thread is awake
    log.debug("The listeners rest; told of it: {}", woken);
    join(timeout);
  }

  /** Goes on where it was suspended; a thread that a listener has kept since goes on itself. */
  synchronized void resume() {
    paused = false;
    if (!running) {
      running = true;
      thread = threads.newThread(this::tell);
      thread.start();
    }
  }

  /** Whether the thread has ended, or need not be waited for. */
  private boolean join(Duration timeout) {
    Thread ending = thread();
    if (Thread.currentThread() == ending) {
      return true;
    }
    try {
      ending.join(Math.max(1, timeout.toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !ending.isAlive();
  }

  private synchronized Thread thread() {
    return thread;
  }

  /**
   * Lets the listeners hear what is queued, then closes them; one that takes too long is left
   * behind.
   */
  void close(Duration timeout) {
    synchronized (this) {
      if (closed) {
        return;
      }
      if (paused) {
        resume();
      }
      closed = true;
    }
    boolean woken = queue.offer(END); // if there is no room, the thread has enough to wake up for
    if (!join(timeout)) {
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
    thread().interrupt();
  }

  private void tell() {
    while (!rests()) {
      if (abandoned || (closed && queue.isEmpty())) {
        listeners.forEach(this::close);
        return;
      }
      hearNext();
    }
  }

  /** Whether to end for now; if so, nobody counts on this thread any more. */
  private synchronized boolean rests() {
    running = !paused;
    return paused;
  }

  /** Waits for an impression; whoever pauses or closes puts something in to wake this up. */
  private void hearNext() {
    try {
      Heard next = queue.take();
      if (!isEnd(next)) {
        tell(next);
      }
    } catch (InterruptedException e) {
      log.debug("A listener interrupted its thread, or the end came", e);
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
