package io.splitio.record;

import io.splitio.api.SdkHealth.Ledger;
import io.splitio.record.Delivery.Fate;
import io.splitio.record.Flusher.Route;
import io.splitio.record.Flusher.Sender;
import io.splitio.record.Flusher.Stock;
import io.splitio.telemetry.UsageReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that flows out, in the order in which it is sent at the end (protocol specification
 * 12.1): flushers with their periods, and at last the reports.
 *
 * @param channels what is flushed
 * @param reports about the SDK itself, or null for none
 * @param reportPeriod how often they are sent, or null for never
 */
record Outflow(List<Channel> channels, @Nullable Reports reports, @Nullable Duration reportPeriod) {
  private static final int REPORT_SHARE = 10;

  /**
   * Something that is flushed.
   *
   * @param flusher does it
   * @param period how often it does so by itself, or null for never
   */
  record Channel(Flusher<?> flusher, @Nullable Duration period) {}

  /** Makes what sends, and what says that it cannot. */
  record Exits(Sinks sinks, Recorder.Tools tools, Refusals refusals) {
    <T> Flusher<T> of(Stock<T> stock, Sender<T> sender, int bulkSize) {
      return new Flusher<>(
          new Route<>(stock, sender, sinks.paused(tools.pauses().get()), bulkSize, refusals),
          tools.scheduler());
    }

    Reports reports(Supplier<UsageReport.Recorded> recorded) {
      return new Reports(sinks, tools, refusals, recorded);
    }
  }

  /** What waits to be sent, of each kind. */
  record Stocks(
      Outbox<Served> impressions, ImpressionCounts counts, UniqueKeys keys, Outbox<Event> events) {

    /** Whether anything was ever recorded, so that more may be under way. */
    boolean used() {
      return impressions.ledger().accepted() + keys.ledger().accepted() + events.ledger().accepted()
          > 0;
    }

    /** Takes nothing any more. */
    void close() {
      impressions.close();
      keys.close();
      events.close();
    }

    /** Gives up what waits. */
    void abandon() {
      impressions.abandon();
      counts.abandoned(counts.take(Integer.MAX_VALUE));
      keys.abandon();
      events.abandon();
    }

    /** What is lost, and what waits besides. */
    Lost lost(boolean andWaiting) {
      return new Lost(
          undelivered(impressions.ledger(), andWaiting),
          andWaiting ? countsLost() : counts.lost(),
          undelivered(keys.ledger(), andWaiting),
          undelivered(events.ledger(), andWaiting));
    }

    /**
     * Says what the end kept from being delivered, if anything; what was lost before is no news.
     */
    void tellLoss(Logger log, Lost before) {
      Lost now = lost(true);
      long served = now.impressions - before.impressions;
      long counted = now.counts - before.counts;
      long seen = now.keys - before.keys;
      long told = now.events - before.events;
      if (served + told + counted + seen > 0) {
        log.warn(
            "The SDK ended before all was delivered; lost are {} impressions, counts of {} more, {}"
                + " unique keys and {} events",
            served,
            counted,
            seen,
            told);
      }
    }

    /** Impressions whose counts will not be delivered any more. */
    long countsLost() {
      return counts.lost() + counts.waiting();
    }

    /** How often a unique key will not be delivered any more. */
    long keysLost() {
      return keys.ledger().dropped() + keys.ledger().queued();
    }

    private static long undelivered(Ledger ledger, boolean andWaiting) {
      return ledger.late() + ledger.abandoned() + (andWaiting ? ledger.queued() : 0);
    }
  }

  /** How much is lost of each kind, but for what there was no room for and what was refused. */
  record Lost(long impressions, long counts, long keys, long events) {}

  /** The instance is ready, which reports tell of. */
  void ready() {
    if (reports != null) {
      reports.ready();
    }
  }

  /** Sends by itself from now on. */
  void start() {
    for (Channel channel : channels) {
      Duration period = channel.period;
      if (period != null) {
        channel.flusher.start(period);
      }
    }
    if (reports != null && reportPeriod != null) {
      reports.start(reportPeriod);
    }
  }

  /** Sends what waits, unless the service is being left alone. */
  void flush() {
    channels.forEach(channel -> channel.flusher.flush());
  }

  /** The same for one channel. */
  void flush(int channel) {
    channels.get(channel).flusher.flush();
  }

  /** Tries at once what waits after a failure. */
  void hurry() {
    channels.forEach(channel -> channel.flusher.hurry());
  }

  /** Sends no more by itself, and leaves no timer. */
  void stop() {
    channels.forEach(channel -> channel.flusher.stop());
    if (reports != null) {
      reports.stop();
    }
  }

  /**
   * Sends everything, one channel after another, and gives up what is not delivered. One that is
   * slow does not keep the others from their turn: it gets half of the time that is left, and then
   * goes on beside them. Of the time that is left then, a tenth is for the last report, if any.
   */
  void drain(Deadline deadline) {
    CompletableFuture<Void> all = each(Flusher::drain, deadline);
    deadline.awaitUntil(reports == null ? 0 : deadline.left() / REPORT_SHARE, all);
  }

  /** Stops, and sends everything likewise, but keeps what is not delivered. */
  void empty(Deadline deadline) {
    stop();
    deadline.await(each(Flusher::empty, deadline), 1);
  }

  private CompletableFuture<Void> each(
      Function<Flusher<?>, CompletableFuture<Void>> sending, Deadline deadline) {
    List<CompletableFuture<Void>> begun = new ArrayList<>();
    for (Channel channel : channels) {
      CompletableFuture<Void> sent = sending.apply(channel.flusher);
      begun.add(sent);
      deadline.await(sent, 2);
    }
    return CompletableFuture.allOf(begun.toArray(CompletableFuture<?>[]::new));
  }

  /** Sends the last report. */
  void report(Deadline deadline) {
    if (reports != null && deadline.left() > 0) {
      deadline.await(reports.last(), 1);
    }
  }

  /** Says for all channels together what only a person can mend: once, and again every hour. */
  static final class Refusals {
    private static final Logger log = LoggerFactory.getLogger("splitio.record");
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private final LongSupplier millis;
    private boolean told; // guarded by this
    private long toldAt; // guarded by this

    Refusals(LongSupplier millis) {
      this.millis = millis;
    }

    /** Something was not delivered, and will not be soon. */
    synchronized void tell(String what, @Nullable String reason) {
      long now = millis.getAsLong();
      if (told && Math.abs(now - toldAt) < HOUR) {
        log.debug("The {} cannot be delivered: {}", what, reason);
        return;
      }
      told = true;
      toldAt = now;
      log.error(
          "The {} cannot be delivered: {}. What is recorded is kept, as far as there is room, and"
              + " sent again every few minutes",
          what,
          reason);
    }

    /** It is delivered again. */
    synchronized void over() {
      told = false;
    }
  }

  /**
   * Says of one channel that it does not deliver, and that it does again: once a minute at most, as
   * that may change with every batch. For whoever sends, one after another.
   */
  static final class Setbacks {
    private static final Logger log = LoggerFactory.getLogger("splitio.record");
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();

    private final String what;
    private final Refusals refusals;
    private boolean refused;
    private boolean told;
    private long toldAt = -MINUTE;

    Setbacks(String what, Refusals refusals) {
      this.what = what;
      this.refusals = refusals;
    }

    /** Something was not delivered. */
    void tell(Delivery delivery) {
      if (delivery.fate() == Fate.TRY_MUCH_LATER) {
        refused = true;
        refusals.tell(what, delivery.reason());
        return;
      }
      long now = refusals.millis.getAsLong();
      if (told || Math.abs(now - toldAt) < MINUTE) {
        log.debug("The {} still cannot be delivered: {}", what, delivery.reason());
      } else {
        told = true;
        toldAt = now;
        log.warn(
            "The {} cannot be delivered: {}. They are kept and sent again",
            what,
            delivery.reason());
      }
    }

    /** All of a batch was. */
    void over() {
      if (refused) {
        refusals.over();
      }
      if (told || refused) {
        told = false;
        refused = false;
        log.info("The {} are delivered again", what);
      }
    }
  }

  /** A moment after which nobody waits any more. For one thread; any other may cut it short. */
  static final class Deadline {
    private final long end;
    private final CompletableFuture<Void> cut = new CompletableFuture<>();
    private boolean interrupted;

    Deadline(Duration timeout) {
      end = System.nanoTime() + TimeUnit.NANOSECONDS.convert(timeout);
    }

    /** How many nanoseconds are left; none once it is cut or the waiting thread interrupted. */
    long left() {
      return interrupted || cut.isDone() ? 0 : Math.max(0, end - System.nanoTime());
    }

    /** The moment is now. */
    void cut() {
      cut.complete(null);
    }

    /** Waits until no more than this is left. */
    void awaitUntil(long nanosLeft, CompletableFuture<Void> future) {
      waitFor(future, left() - nanosLeft);
    }

    /** Waits for a part of what is left; an interrupt is kept for later, and ends all waiting. */
    void await(CompletableFuture<Void> future, int part) {
      waitFor(future, left() / part);
    }

    private void waitFor(CompletableFuture<Void> future, long nanos) {
      try {
        CompletableFuture.anyOf(future, cut).get(nanos, TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException | TimeoutException e) {
        // what is not done is counted by its owner
      }
    }

    /** Lets a while go by, but at most a quarter of what is left. */
    void pause(Duration time) {
      long nanos = Math.min(TimeUnit.NANOSECONDS.convert(time), left() / 4);
      waitFor(new CompletableFuture<>(), nanos);
    }

    /** Passes an interrupt on to whoever looks at the thread next. */
    void over() {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
