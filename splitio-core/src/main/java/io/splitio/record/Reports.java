package io.splitio.record;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.splitio.record.Delivery.Fate;
import io.splitio.telemetry.ConfigReport;
import io.splitio.telemetry.Interval;
import io.splitio.telemetry.Telemetry;
import io.splitio.telemetry.UsageReport;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the service how the SDK is set up, once, and how it is doing, every period (protocol
 * specification 10). What a passing trouble keeps from being delivered goes with the next report.
 */
final class Reports {
  private static final Logger log = LoggerFactory.getLogger("splitio.record");
  private static final int ATTEMPTS = 3;
  private static final Duration SPACING = Duration.ofSeconds(10);

  private final Sinks sinks;
  private final Telemetry telemetry;
  private final Recorder.Facts facts;
  private final Supplier<UsageReport.Recorded> recorded;
  private final ScheduledExecutorService scheduler;
  private final Outflow.Refusals refusals;

  private @Nullable ConfigReport setup; // guarded by this
  private @Nullable ScheduledFuture<?> timer; // guarded by this
  private @Nullable ScheduledFuture<?> retry; // guarded by this
  private boolean told; // guarded by this
  private boolean stopped; // guarded by this
  private CompletableFuture<Void> telling = completedFuture(null); // guarded by this

  Reports(
      Sinks sinks,
      Recorder.Tools tools,
      Outflow.Refusals refusals,
      Supplier<UsageReport.Recorded> recorded) {
    this.refusals = refusals;
    this.sinks = sinks;
    this.telemetry = tools.telemetry();
    this.facts = tools.facts();
    this.recorded = recorded;
    this.scheduler = tools.scheduler();
  }

  /** The instance is ready: this is how it is set up. */
  synchronized void ready() {
    if (setup == null) {
      setup = facts.setup();
    }
  }

  /** Reports every period from now on, and how the SDK is set up if that was not told before. */
  synchronized void start(Duration period) {
    if (timer != null) {
      return;
    }
    stopped = false;
    long nanos = TimeUnit.NANOSECONDS.convert(period);
    timer = scheduler.scheduleWithFixedDelay(this::usage, nanos, nanos, TimeUnit.NANOSECONDS);
    ConfigReport report = setup;
    if (!told && report != null) {
      told = true;
      telling = completedFuture(report).thenComposeAsync(how -> config(how, ATTEMPTS), scheduler);
    }
  }

  /** Reports no more by itself. */
  synchronized void stop() {
    stopped = true;
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
    if (retry != null) {
      told = !retry.cancel(false); // what was not told is told at the next start
      retry = null;
    }
  }

  /** The last report, with the length of the session, and how the SDK is set up if nobody knows. */
  CompletableFuture<Void> last() {
    stop();
    CompletableFuture<Void> config = known();
    return CompletableFuture.allOf(config, send(facts.age().toMillis()));
  }

  /** Completes when it was told how the SDK is set up, or that failed. */
  private CompletableFuture<Void> known() {
    ConfigReport untold;
    synchronized (this) {
      untold = told ? null : setup;
      if (untold == null) {
        return telling;
      }
      told = true;
    }
    return config(untold, 1);
  }

  private CompletableFuture<Void> config(ConfigReport report, int attempts) {
    return guarded(() -> sinks.config(report))
        .thenAccept(
            delivery -> {
              if (delivery.fate() == Fate.TRY_AGAIN && attempts > 1) {
                again(report, attempts - 1);
              }
            });
  }

  private synchronized void again(ConfigReport report, int attempts) {
    if (stopped) {
      told = false; // to be told at the next start
    } else {
      retry =
          scheduler.schedule(
              () -> {
                CompletableFuture<Void> unused = config(report, attempts);
              },
              SPACING.toNanos(),
              TimeUnit.NANOSECONDS);
    }
  }

  private void usage() {
    CompletableFuture<Void> unused = send(0);
  }

  private CompletableFuture<Void> send(long session) {
    Interval interval = telemetry.take();
    return guarded(
            () ->
                sinks.usage(
                    new UsageReport(
                        interval,
                        telemetry.lastSuccesses(),
                        recorded.get(),
                        facts.held(),
                        session)))
        .thenAccept(
            delivery -> {
              if (delivery.fate() == Fate.TRY_AGAIN) {
                telemetry.giveBack(interval);
              }
            });
  }

  /** A report is never worth more than a line, and mostly for those who look for it. */
  private CompletableFuture<Delivery> guarded(Supplier<CompletableFuture<Delivery>> sending) {
    CompletableFuture<Delivery> sent;
    try {
      sent = sending.get();
    } catch (RuntimeException | Error failure) {
      sent = CompletableFuture.failedFuture(failure);
    }
    return sent.handle(
        (delivery, failure) -> {
          Delivery told = failure == null ? delivery : Delivery.of(Fate.REFUSED);
          if (told.fate() == Fate.TRY_MUCH_LATER) {
            refusals.tell("reports of the SDK about itself", told.reason());
          } else if (told.fate() != Fate.DELIVERED) {
            log.debug("Telemetry was not delivered: {}", told.fate(), failure);
          }
          return told;
        });
  }
}
