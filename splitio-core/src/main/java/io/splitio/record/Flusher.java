package io.splitio.record;

import io.splitio.record.Delivery.Fate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Empties an outbox into the service: every period, early when it fills up, and at the end; one
 * batch at a time.
 *
 * <p>A batch that was not delivered stays in the outbox, and the next attempt waits as long as the
 * pause says, whoever asks for it. A batch that the service refuses is tried once more and then
 * given up, so that one bad item does not stop the others for ever. All state is guarded by one
 * lock, under which nothing is sent.
 */
public final class Flusher<T> {
  private static final Logger log = LoggerFactory.getLogger("splitio.record");

  private final String name;
  private final Outbox<T> outbox;
  private final Sender<T> sender;
  private final Pause pause;
  private final ScheduledExecutorService scheduler;
  private final int bulkSize;
  private final ReentrantLock lock = new ReentrantLock();

  private boolean sending;
  private boolean ending;
  private boolean refusedBefore;
  private int nextBulk;
  private @Nullable ScheduledFuture<?> retry;
  private @Nullable ScheduledFuture<?> timer;
  private CompletableFuture<Void> idle = CompletableFuture.completedFuture(null);

  /** Takes a batch to the service. The future never fails. */
  @FunctionalInterface
  public interface Sender<T> {
    /** Sends a batch, which is not empty. */
    CompletableFuture<Delivery> send(List<T> batch);
  }

  /** How long to leave the service alone after a trouble. */
  public interface Pause {
    /** After another trouble. */
    Duration next(Delivery delivery);

    /** The service is well again. */
    void over();
  }

  /** What is emptied where. */
  public record Route<T>(
      String name, Outbox<T> outbox, Sender<T> sender, Pause pause, int bulkSize) {}

  /** A flusher that does nothing before it is started or asked. */
  public Flusher(Route<T> route, ScheduledExecutorService scheduler) {
    this.name = route.name;
    this.outbox = route.outbox;
    this.sender = route.sender;
    this.pause = route.pause;
    this.bulkSize = route.bulkSize;
    this.nextBulk = route.bulkSize;
    this.scheduler = scheduler;
  }

  /** Flushes every period from now on. */
  public void start(Duration period) {
    locked(
        () -> {
          if (timer == null && !ending) {
            timer =
                scheduler.scheduleWithFixedDelay(
                    this::flush, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
          }
        });
  }

  /** Stops flushing by itself; what is under way goes on. */
  public void stop() {
    locked(
        () -> {
          cancel(timer);
          cancel(retry);
          timer = null;
          retry = null;
        });
  }

  /** Sends what waits, unless that happens already or the service is being left alone. */
  public void flush() {
    locked(
        () -> {
          if (!sending && retry == null) {
            begin();
          }
        });
  }

  /**
   * Sends what waits now, each batch once and without pauses. Completes when nothing is under way
   * any more; what could not be delivered is still in the outbox.
   */
  public CompletableFuture<Void> drain() {
    stop();
    lock.lock();
    try {
      ending = true;
      if (!sending) {
        begin();
      }
      return idle;
    } finally {
      lock.unlock();
    }
  }

  private void begin() {
    sending = true;
    idle = new CompletableFuture<>();
    scheduler.execute(this::sendNext);
  }

  private void sendNext() {
    List<T> batch = outbox.take(nextBulk);
    if (batch.isEmpty()) {
      rest();
      return;
    }
    CompletableFuture<Delivery> unused =
        sender
            .send(batch)
            .whenComplete(
                (delivery, failure) -> settle(batch, failure == null ? delivery : again(failure)));
  }

  private Delivery again(Throwable failure) {
    log.debug("Sending {} failed", name, failure);
    return Delivery.of(Fate.TRY_AGAIN);
  }

  private void settle(List<T> batch, Delivery delivery) {
    Fate fate = fate(batch, delivery.fate());
    switch (fate) {
      case DELIVERED -> {
        outbox.delivered(batch);
        nextBulk = bulkSize;
        pause.over();
      }
      case REFUSED -> {
        outbox.refused(batch);
        log.error("The service refuses {} {}; they are given up", batch.size(), name);
      }
      case HALVE -> {
        outbox.keep(batch);
        nextBulk = batch.size() / 2;
      }
      case TRY_AGAIN, TRY_MUCH_LATER -> outbox.keep(batch);
    }
    if (fate == Fate.TRY_AGAIN || fate == Fate.TRY_MUCH_LATER) {
      pauseAfter(new Delivery(fate, delivery.notBefore()));
    } else {
      scheduler.execute(this::sendNext);
    }
  }

  /** A single item that is too large is refused, and a first refusal is not believed. */
  private Fate fate(List<T> batch, Fate told) {
    boolean tooLarge = told == Fate.HALVE && batch.size() == 1;
    if (told != Fate.REFUSED || ending) {
      refusedBefore = false;
      return tooLarge ? Fate.REFUSED : told;
    }
    refusedBefore = !refusedBefore;
    return refusedBefore ? Fate.TRY_AGAIN : Fate.REFUSED;
  }

  private void pauseAfter(Delivery delivery) {
    Duration wait = pause.next(delivery);
    locked(
        () -> {
          if (!ending && timer != null) {
            retry = scheduler.schedule(this::afterPause, wait.toNanos(), TimeUnit.NANOSECONDS);
          }
        });
    rest();
  }

  private void afterPause() {
    locked(() -> retry = null);
    flush();
  }

  private void rest() {
    CompletableFuture<Void> resting;
    lock.lock();
    try {
      sending = false;
      resting = idle;
    } finally {
      lock.unlock();
    }
    resting.complete(null);
  }

  private void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
    } finally {
      lock.unlock();
    }
  }

  private static void cancel(@Nullable ScheduledFuture<?> task) {
    if (task != null) {
      task.cancel(false);
    }
  }
}
