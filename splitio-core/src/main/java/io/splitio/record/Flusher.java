package io.splitio.record;

import io.splitio.record.Delivery.Fate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Empties a stock into the service: every period, early when it presses, and at the end; one batch
 * at a time.
 *
 * <p>A batch that was not delivered goes back, and the next attempt waits as long as the pause
 * says, whoever asks for it; or but a moment, where some of it was and more than one batch waits. A
 * batch that the service refuses is tried once more and then given up, so that one bad item does
 * not stop the others for ever; one that is too large, or that cannot be written down, is halved
 * until the culprit is alone, and what follows is doubled again. All state is guarded by one lock,
 * under which nothing is sent.
 */
final class Flusher<T> {
  private static final Logger log = LoggerFactory.getLogger("splitio.record");
  private static final Duration BRIEF = Duration.ofMillis(20);

  private final Route<T> route;
  private final ScheduledExecutorService scheduler;
  private final Outflow.Setbacks setbacks;
  private final ReentrantLock lock = new ReentrantLock();

  // guarded by lock
  private boolean sending;
  private boolean ending;
  private boolean emptying;
  private long left;
  private @Nullable ScheduledFuture<?> retry;
  private @Nullable ScheduledFuture<?> timer;
  private CompletableFuture<Void> idle = CompletableFuture.completedFuture(null);

  // by whoever is sending, one after another
  private boolean onceMore; // what was refused or doubtful is to go once more, by itself
  private int nextBulk;

  /**
   * What a flusher empties. Any thread puts things in; one thread at a time takes a batch and
   * afterwards says what became of it.
   */
  interface Stock<T> {
    /** What it holds, for people. */
    String name();

    /** How many items wait or are under way. */
    int size();

    /** Whether there is so much that it should not wait for its time. */
    boolean presses();

    /** Up to so many items; they are under way until their fate is told. */
    List<T> take(int most);

    /** The service has a batch. */
    void delivered(List<T> batch);

    /** A batch could not be delivered and comes back. */
    void keep(List<T> batch);

    /**
     * The same for a batch of which others were taken: what waits has precedence, if that counts.
     */
    default void keepLast(List<T> batch) {
      keep(batch);
    }

    /** The service does not want a batch, now or ever. */
    void refused(List<T> batch);

    /** The end came before a batch could be delivered, or nobody knows whether it was. */
    void abandoned(List<T> batch);
  }

  /** Takes a batch to the service. */
  @FunctionalInterface
  interface Sender<T> {
    /** Sends a batch, which is not empty. */
    CompletableFuture<Delivery> send(List<T> batch);
  }

  /**
   * What is emptied where.
   *
   * @param bulkSize the most items to send at once
   * @param refusals says what only a person can mend
   */
  record Route<T>(
      Stock<T> stock,
      Sender<T> sender,
      Recorder.Pause pause,
      int bulkSize,
      Outflow.Refusals refusals) {}

  /** A batch, or what is left of it; whether it set out after the end had come, and how large. */
  private record Batch<T>(List<T> items, boolean last, int size) {}

  /** A flusher that does nothing before it is started or drained. */
  Flusher(Route<T> route, ScheduledExecutorService scheduler) {
    this.route = route;
    this.scheduler = scheduler;
    this.nextBulk = route.bulkSize;
    this.setbacks = new Outflow.Setbacks(route.stock.name(), route.refusals);
  }

  /** Flushes every period from now on, and at once if there is much to send already. */
  void start(Duration period) {
    lock.lock();
    try {
      if (timer == null && !ending) {
        long nanos = TimeUnit.NANOSECONDS.convert(period);
        timer = scheduler.scheduleWithFixedDelay(this::flush, nanos, nanos, TimeUnit.NANOSECONDS);
      }
    } finally {
      lock.unlock();
    }
    if (route.stock.presses()) {
      flush();
    }
  }

  /** Stops flushing by itself, and leaves no timer; a batch that is under way is the last. */
  void stop() {
    lock.lock();
    try {
      timer = cancelled(timer);
      retry = cancelled(retry);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sends what waits now, unless that happens already, the service is being left alone, or the
   * flusher is not started.
   */
  void flush() {
    lock.lock();
    try {
      if (timer != null && retry == null && !sending) {
        begin();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Tries at once what waits after a failure, if anything does. */
  void hurry() {
    lock.lock();
    try {
      if (retry == null) {
        return;
      }
      retry = cancelled(retry);
      route.pause.over(); // nobody is sending, so nobody else asks it anything
      flush();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Stops, and sends what waits now, until something is not delivered, which is kept. Completes
   * when nothing is under way any more; the flusher can be started again.
   */
  CompletableFuture<Void> empty() {
    stop();
    lock.lock();
    try {
      emptying = true;
      left = route.stock.size(); // what came in while a batch was under way goes, too
      if (!sending) {
        begin();
      }
      return idle;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sends everything now, each batch once and without pauses; what is not delivered is given up.
   * Completes when nothing is under way any more.
   */
  CompletableFuture<Void> drain() {
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
    left = route.stock.size();
    nextBulk = onceMore ? nextBulk : route.bulkSize;
    scheduler.execute(this::sendNext);
  }

  private void sendNext() {
    boolean last = isEnding();
    List<T> items = route.stock.take(nextBulk);
    if (items.isEmpty()) {
      goOnIf(() -> ending && !last);
      return;
    }
    Batch<T> batch = new Batch<>(items, last, items.size());
    CompletableFuture<Void> unused =
        delivery(items)
            .handle((delivery, failure) -> failure == null ? delivery : again(failure))
            .thenAccept(delivery -> settle(rest(batch, delivery), delivery));
  }

  /** An item that cannot be written down is found by halving. */
  private CompletableFuture<Delivery> delivery(List<T> items) {
    try {
      return route.sender.send(items);
    } catch (OutOfMemoryError passing) {
      return CompletableFuture.failedFuture(passing);
    } catch (RuntimeException | Error poison) { // one that overflows the stack does so for ever
      log.debug("{} cannot be written down", route.stock.name(), poison);
      return CompletableFuture.completedFuture(Delivery.of(Fate.HALVE));
    }
  }

  private Delivery again(Throwable failure) {
    log.debug("Sending {} failed", route.stock.name(), failure);
    return new Delivery(Fate.TRY_AGAIN, null, failure.getClass().getName());
  }

  /** What is left of a batch of which some items were delivered, or are given up. */
  private Batch<T> rest(Batch<T> batch, Delivery delivery) {
    if (!delivery.isOfAll()) {
      route.stock.delivered(delivery.settledOf(batch.items));
      route.stock.abandoned(delivery.doubtfulOf(batch.items));
    }
    if (!delivery.settled().isEmpty()) {
      route.pause.partly();
    }
    return new Batch<>(delivery.othersOf(batch.items), batch.last, batch.size);
  }

  private void settle(Batch<T> batch, Delivery delivery) {
    List<T> items = batch.items;
    int count = items.size();
    switch (fate(batch, count, delivery.fate())) {
      case DELIVERED -> {
        route.stock.delivered(items);
        route.pause.over();
        setbacks.over();
        nextBulk = (int) Math.min(route.bulkSize, nextBulk * 2L);
        next(batch.size);
      }
      case REFUSED -> {
        log.error(
            "The service does not accept {} {}; they are given up: {}",
            count,
            route.stock.name(),
            delivery.reason() == null ? "not to be written down" : delivery.reason());
        route.stock.refused(items);
        nextBulk = route.bulkSize; // the culprit is gone
        next(batch.size);
      }
      case LOST -> {
        log.warn("{} {} are given up: {}", count, route.stock.name(), delivery.reason());
        route.stock.abandoned(items);
        next(batch.size);
      }
      case HALVE -> {
        nextBulk = Math.max(1, count / 2);
        route.stock.keep(items);
        next(batch.size - count);
      }
      case TRY_AGAIN, TRY_MUCH_LATER, DOUBTFUL -> later(batch, count, delivery);
    }
  }

  /** A single item that is too large is refused, and a first refusal or doubt is not the last. */
  private Fate fate(Batch<T> batch, int count, Fate told) {
    if (told == Fate.HALVE && count <= 1) {
      return Fate.REFUSED;
    }
    boolean first = told.isTriedOnceMore() && !onceMore && !batch.last;
    onceMore = first || (onceMore && told.isPassing());
    return first ? Fate.TRY_AGAIN : told.believed();
  }

  private void later(Batch<T> batch, int count, Delivery delivery) {
    if (!batch.last || delivery.fate() == Fate.TRY_MUCH_LATER) {
      setbacks.tell(delivery);
    }
    if (batch.last) {
      route.stock.abandoned(batch.items);
      next(batch.size);
      return;
    }
    if (delivery.isTakenInPart() && !onceMore) {
      route.stock.keepLast(batch.items); // else what is never taken is all that is sent in the end
    } else {
      nextBulk = onceMore ? count : nextBulk; // the same ones again, and no others
      route.stock.keep(batch.items);
    }
    Duration wait = isBrief(delivery, count) ? BRIEF : route.pause.next(delivery.trouble());
    goOnIf(
        () -> {
          if (!ending && timer != null) {
            long nanos = TimeUnit.NANOSECONDS.convert(wait);
            retry = scheduler.schedule(this::afterPause, nanos, TimeUnit.NANOSECONDS);
          }
          return ending;
        });
  }

  /** Whether the others are not to wait for those that were not taken. */
  private boolean isBrief(Delivery delivery, int count) {
    return delivery.isTakenInPart()
        && (route.stock.size() - count >= route.bulkSize || route.stock.presses());
  }

  private void afterPause() {
    lock.lock();
    try {
      retry = null;
      flush();
    } finally {
      lock.unlock();
    }
  }

  /** What came in since the beginning can wait, unless it presses. */
  private void next(int settled) {
    goOnIf(
        () -> {
          left -= settled;
          return ending
              || (emptying && left > 0)
              || (timer != null && (left > 0 || route.stock.presses()));
        });
  }

  /** Goes on, or rests until somebody begins again; the question is asked under the lock. */
  private void goOnIf(BooleanSupplier wanted) {
    CompletableFuture<Void> resting;
    lock.lock();
    try {
      if (wanted.getAsBoolean()) {
        scheduler.execute(this::sendNext);
        return;
      }
      sending = false;
      emptying = false;
      resting = idle;
    } finally {
      lock.unlock();
    }
    resting.complete(null);
  }

  private boolean isEnding() {
    lock.lock();
    try {
      return ending;
    } finally {
      lock.unlock();
    }
  }

  private static @Nullable ScheduledFuture<?> cancelled(@Nullable ScheduledFuture<?> task) {
    boolean unused = task != null && task.cancel(false);
    return null;
  }
}
