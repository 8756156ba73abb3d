package io.splitio.client;

import io.splitio.api.SdkStatus;
import io.splitio.backend.SyncReport;
import io.splitio.backend.Verdict;
import io.splitio.telemetry.Telemetry;
import io.splitio.telemetry.Telemetry.Counter;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where an SDK instance is in its life, for those who ask and those who wait. */
public final class Readiness {
  private final SyncReport report;
  private final Duration staleAfter;
  private final Clock clock;
  private final Telemetry telemetry;
  private final Waiting awaited = new Waiting(); // with a time-out, by those who block
  private final Waiting settled = new Waiting(); // told of problems only a person can mend, too

  private volatile boolean evaluates; // never false again; by the source's start, or who sees it
  private volatile boolean suspended; // written by suspend and resume
  private volatile boolean destroyed; // written once by destroy

  /** Not ready yet. */
  public Readiness(SyncReport report, Duration staleAfter, Clock clock, Telemetry telemetry) {
    this.report = report;
    this.staleAfter = staleAfter;
    this.clock = clock;
    this.telemetry = telemetry;
  }

  /** The source has its first definitions. */
  public void becameReady() {
    if (destroyed) {
      return;
    }
    evaluates = true;
    awaited.end();
    settled.end();
  }

  /** There are definitions to evaluate, though those who wait are to wait for something else. */
  public void loaded() {
    evaluates = true;
  }

  /** The source will not have definitions before a person mends something. */
  public void failed(String problem, @Nullable Throwable cause) {
    if (!isReady()) {
      settled.isInVain(new IllegalStateException("Flags cannot be loaded: " + problem, cause));
    }
  }

  /** As {@link #failed}, for a source whose waiting callers go on at once. */
  public void inVain(String problem) {
    failed(problem, null);
    if (!isReady()) {
      awaited.isInVain(new InVain(problem));
    }
  }

  /** That it is in vain to wait, as {@link #failed} and {@link #inVain} say. */
  public Verdict verdict() {
    return awaited.and(settled);
  }

  /** The instance does nothing by itself from now on. Whether that is news. */
  public boolean suspend() {
    boolean before = suspended;
    suspended = true;
    return !before;
  }

  /** The instance goes on. Whether that is news. */
  public boolean resume() {
    boolean before = suspended;
    suspended = false;
    return before;
  }

  /** The instance is at its end; those who wait are released. */
  public void destroy() {
    destroyed = true;
    awaited.end(afterDestroy());
    settled.end(afterDestroy());
  }

  /**
   * Completes when the instance is ready; fails when it is in vain to wait, until another attempt
   * was wished for, and when it is destroyed before. Each caller gets a future of its own; what
   * depends on it runs on no thread of the SDK, so that it may take its time.
   */
  public CompletableFuture<Void> ready() {
    CompletableFuture<Void> now = settled.future();
    return now.isDone() ? now.copy() : now.thenApplyAsync(Function.identity());
  }

  /** Whether there are definitions to evaluate, current ones or those of an earlier run. */
  boolean isReady() {
    if (!evaluates && report.latest().fromCache()) {
      evaluates = true;
    }
    return evaluates;
  }

  /** Whether destroy was called. */
  public boolean isDestroyed() {
    return destroyed;
  }

  /** Where the instance is now. */
  public SdkStatus status() {
    if (destroyed) {
      return SdkStatus.DESTROYED;
    }
    if (suspended) {
      return SdkStatus.SUSPENDED;
    }
    if (!isReady()) {
      return SdkStatus.NOT_READY;
    }
    SyncReport.Entry latest = report.latest();
    if (latest.fromCache()) {
      return SdkStatus.READY_FROM_CACHE;
    }
    return latest.stale(clock.instant(), staleAfter) ? SdkStatus.STALE : SdkStatus.READY;
  }

  /**
   * Waits until the instance is ready, or its source says that it is in vain.
   *
   * @throws TimeoutException when it is not in time, or not to be expected soon; the message says
   *     what keeps it
   * @throws InterruptedException when the waiting thread is interrupted
   * @throws IllegalStateException when the instance is destroyed
   * @throws IllegalArgumentException when the timeout is not positive
   */
  public void await(Duration timeout) throws TimeoutException, InterruptedException {
    if (timeout.isZero() || timeout.isNegative()) {
      throw new IllegalArgumentException("timeout is " + timeout + "; it must be longer than zero");
    }
    if (destroyed) {
      throw afterDestroy();
    }
    try {
      awaited.future().get(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      telemetry.count(Counter.READY_TIMEOUTS);
      throw late(timeout);
    } catch (ExecutionException ended) {
      if (ended.getCause() instanceof InVain problem && !destroyed) {
        telemetry.count(Counter.READY_TIMEOUTS);
        throw notSoon(problem);
      }
      throw afterDestroy();
    }
  }

  private TimeoutException late(Duration timeout) {
    String problem = report.latest().problem();
    return new TimeoutException(
        "The SDK is not ready after "
            + timeout
            + ": "
            + (problem == null ? "still loading" : problem));
  }

  private static TimeoutException notSoon(InVain problem) {
    return new TimeoutException(
        "The SDK is not ready, and will not be soon; it goes on trying: " + problem.getMessage());
  }

  private static IllegalStateException afterDestroy() {
    return new IllegalStateException("The SDK is destroyed; make a new SplitFactory");
  }

  /** Why those who wait were released before the instance is ready. */
  private static final class InVain extends IllegalStateException {
    private static final long serialVersionUID = 1;

    private InVain(String problem) {
      super(problem);
    }
  }
}
