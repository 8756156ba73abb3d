package io.splitio.record;

import io.splitio.api.Evaluation;
import io.splitio.api.Impression;
import io.splitio.api.ImpressionListener;
import io.splitio.api.Key;
import io.splitio.api.SplitResult;
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
@SuppressWarnings("ReferenceEquality") // of equal impressions in the queue each is one of its own
public final class HeardImpressions implements ImpressionRecorder {
  private static final Logger log = LoggerFactory.getLogger("splitio.record");
  private static final Served END =
      new Served(
          Key.of(""),
          "",
          new Evaluation(new SplitResult(Evaluation.CONTROL, null), null, null),
          0,
          Map.of(),
          Map.of());

  private final List<ImpressionListener> listeners;
  private final BlockingQueue<Served> queue;
  private final Identity identity;
  private final boolean labels;
  private final Clock clock;
  private final Telemetry telemetry;
  private final Thread thread;
  private final AtomicBoolean troubled = new AtomicBoolean();

  private @Nullable String instanceName; // by the listeners' thread only

  private volatile boolean closed;
  private volatile boolean abandoned; // written once by the destroying thread

  /**
   * Listeners and what they get to know.
   *
   * @param listeners in the order they are called
   * @param capacity how many impressions may wait
   * @param labels whether impressions carry labels
   * @param identity who is reporting
   */
  public record Hearing(
      List<ImpressionListener> listeners, int capacity, boolean labels, Identity identity) {}

  /** What was served, when; an impression is made of it where nobody waits for that. */
  private record Served(
      Key key,
      String flag,
      Evaluation evaluation,
      long time,
      Map<String, Object> attributes,
      Map<String, Object> properties) {}

  /** Starts to tell listeners. */
  public HeardImpressions(
      Hearing hearing, Clock clock, Telemetry telemetry, ThreadFactory threads) {
    this.listeners = hearing.listeners();
    this.queue = new ArrayBlockingQueue<>(hearing.capacity());
    this.identity = hearing.identity();
    this.labels = hearing.labels();
    this.clock = clock;
    this.telemetry = telemetry;
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
    Served served = new Served(key, flag, evaluation, clock.millis(), attributes, properties);
    if (!queue.offer(served) || isLate(served)) {
      telemetry.count(Counter.LISTENER_DROPS);
    }
  }

  /** After the end nobody takes it from the queue: whether it is still there to be withdrawn. */
  private boolean isLate(Served served) {
    return closed && queue.removeIf(waiting -> waiting == served);
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
    if (Thread.currentThread() == thread) {
      return;
    }
    try {
      thread.join(Math.max(1, timeout.toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      log.debug("The listeners are still busy; told of the end: {}", woken);
      abandon();
    }
  }

  private void abandon() {
    abandoned = true;
    List<Served> lost = new ArrayList<>();
    queue.drainTo(lost);
    lost.removeIf(served -> served == END);
    lost.forEach(served -> telemetry.count(Counter.LISTENER_DROPS));
    log.warn(
        "An impression listener did not finish in time; {} impressions were not heard",
        lost.size());
    thread.interrupt();
  }

  private void tell() {
    while (!abandoned && (!closed || !queue.isEmpty())) {
      try {
        Served next = queue.poll(1, TimeUnit.SECONDS);
        if (next != null && next != END) {
          tell(next);
        }
      } catch (InterruptedException e) {
        log.debug("A listener interrupted its thread, or the end came", e);
      }
    }
    listeners.forEach(this::close);
  }

  private Impression impression(Served served) {
    if (instanceName == null) {
      instanceName = identity.instanceName().get();
    }
    return new Impression(
        served.flag,
        served.key.matchingKey(),
        served.key.bucketingKey(),
        served.evaluation.treatment(),
        labels ? served.evaluation.label() : null,
        served.evaluation.changeNumber(),
        served.time,
        null,
        served.attributes,
        served.properties,
        instanceName,
        identity.sdkVersion());
  }

  private void tell(Served served) {
    guarded(
        () -> {
          Impression impression = impression(served);
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
