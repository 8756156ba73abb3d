package io.splitio.backend;

import io.splitio.api.SdkHealth;
import io.splitio.log.LogSafe;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a backend says of its own synchronisation. Written by the backend's threads, read by anyone.
 */
public final class SyncReport {
  private final Clock clock;

  // these are written before the backend starts
  private volatile Consumer<String> fatal = problem -> {};
  private volatile Consumer<String> vain = problem -> {};
  private volatile Runnable over = () -> {};
  private volatile Verdict verdict = Verdict.NONE;
  private volatile Entry latest = new Entry(null, null, false, false, false);
  private volatile SdkHealth.@Nullable Streaming streaming;
  private boolean held; // guarded by this
  private @Nullable String heldBack; // guarded by this
  private boolean heldInVain; // guarded by this; whether it was told that waiting is

  /** Nothing was synchronised yet. */
  public SyncReport(Clock clock) {
    this.clock = clock;
  }

  /**
   * One moment of a report.
   *
   * @param lastSuccess when definitions were last confirmed to be current, or null
   * @param problem what went wrong since, in words for an operator and without secrets, or null
   * @param fatal whether the problem will not pass by itself
   * @param complete whether no further synchronisation is expected, so that definitions never grow
   *     stale
   * @param fromCache whether the definitions in force are those kept from an earlier run
   */
  public record Entry(
      @Nullable Instant lastSuccess,
      @Nullable String problem,
      boolean fatal,
      boolean complete,
      boolean fromCache) {

    /** Whether the last success is longer ago than allowed. */
    public boolean stale(Instant now, Duration allowed) {
      return !complete
          && lastSuccess != null
          && Duration.between(lastSuccess, now).compareTo(allowed) > 0;
    }
  }

  /** Definitions are current. */
  public synchronized void succeeded() {
    latest = new Entry(clock.instant(), null, false, latest.complete, latest.fromCache);
  }

  /** Definitions are current, and will not be looked at again. */
  public synchronized void completed() {
    latest = new Entry(clock.instant(), null, false, true, false);
  }

  /** Something went wrong that is tried again. */
  public synchronized void failed(String problem) {
    failed(LogSafe.line(problem), false);
  }

  /** Something went wrong that only a person can mend. */
  public void failedForGood(String problem) {
    String said = LogSafe.line(problem);
    synchronized (this) {
      failed(said, true);
      if (held) {
        heldBack = said;
        return;
      }
    }
    fatal.accept(said);
  }

  /**
   * What was told last, whether it takes a person or not, is tried again only after minutes:
   * whoever waits for definitions goes on at once.
   */
  public void waitingIsInVain() {
    String problem = latest.problem;
    synchronized (this) {
      heldInVain = held;
      if (held) {
        return;
      }
    }
    vain.accept(problem == null ? "nothing is known of it" : problem);
  }

  /**
   * There are definitions to evaluate. For a backend that lets others see so before the future of
   * its start completes, be it under a lock: nothing of the application is called.
   */
  public void waitingIsOver() {
    over.run();
  }

  /** That it is in vain to wait, to be told of attempts that somebody wishes for. */
  public Verdict verdict() {
    return verdict;
  }

  private synchronized void forget() {
    heldBack = null;
    heldInVain = false;
  }

  /** What is held back is of an earlier attempt once another begins. */
  private final class HeldBack implements Verdict {
    @Override
    public void doubt() {}

    @Override
    public void lift() {
      forget();
    }

    @Override
    public void uphold() {}
  }

  /**
   * Tells nobody of problems that only a person can mend, nor that waiting is in vain, until it is
   * released.
   */
  public synchronized void hold() {
    held = true;
  }

  /** Tells of the last problem that was held back, unless it has passed, and of those to come. */
  public void release() {
    String said;
    boolean inVain;
    synchronized (this) {
      said = latest.fatal ? heldBack : null;
      inVain = heldInVain && latest.problem != null;
      forget();
      held = false;
    }
    if (said != null) {
      fatal.accept(said);
    }
    if (inVain) {
      waitingIsInVain();
    }
  }

  private void failed(String said, boolean forGood) {
    latest = new Entry(latest.lastSuccess, said, forGood, latest.complete, latest.fromCache);
  }

  /** The definitions in force are those kept from an earlier run, or are so no more. */
  public synchronized void fromCache(boolean now) {
    latest = new Entry(latest.lastSuccess, latest.problem, latest.fatal, latest.complete, now);
  }

  /** Has somebody told, on the backend's thread, of each problem that only a person can mend. */
  public void whenFatal(Consumer<String> listener) {
    fatal = listener;
  }

  /** Has somebody told, on the backend's thread, when whoever waits is to go on. */
  public void whenInVain(Consumer<String> listener) {
    vain = listener;
  }

  /** Has somebody told, on the backend's thread, that there are definitions. */
  public void whenOver(Runnable listener) {
    over = listener;
  }

  /** Has somebody told of attempts that are wished for. */
  public void whenWishedFor(Verdict listener) {
    verdict = listener.and(new HeldBack());
  }

  /** Says whether changes arrive as they are made; for a backend that has a stream. */
  public void streaming(SdkHealth.Streaming state) {
    streaming = state;
  }

  /** Whether changes arrive as they are made, or null where there is no stream. */
  public SdkHealth.@Nullable Streaming streaming() {
    return streaming;
  }

  /** The newest state of things. */
  public Entry latest() {
    return latest;
  }
}
