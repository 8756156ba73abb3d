package io.splitio.record;

import io.splitio.api.ImpressionListener;
import io.splitio.api.ImpressionMode;
import io.splitio.api.SdkHealth.Ledger;
import io.splitio.record.Flusher.Sender;
import io.splitio.record.Outbox.Room;
import io.splitio.record.Outflow.Channel;
import io.splitio.record.Outflow.Deadline;
import io.splitio.record.Outflow.Exits;
import io.splitio.record.Outflow.Stocks;
import io.splitio.record.SeenTable.Tick;
import io.splitio.record.Strategy.Memory;
import io.splitio.telemetry.ConfigReport;
import io.splitio.telemetry.Telemetry;
import io.splitio.telemetry.TimeOfDay;
import io.splitio.telemetry.UsageReport;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that happened, on its way out: taken from the application without making it wait, kept until
 * it is delivered, and accounted for.
 *
 * <p>Nothing is sent before {@link #start}; whatever is there at {@link #close} is sent then, even
 * if it was never started.
 */
public final class Recorder {
  private static final Logger log = LoggerFactory.getLogger("splitio.record");
  private static final Duration COUNTS_PERIOD = Duration.ofMinutes(30);
  private static final Duration KEYS_PERIOD = Duration.ofMinutes(15);
  private static final Duration GRACE = Duration.ofMillis(50);
  private static final int COUNTS_PER_POST = 5_000;
  private static final int KEYS_REMEMBERED = 1_000_000;
  private static final int KEYS_PER_POST = 5_000;
  private static final int MOST_KEYS = 100_000;
  private static final int IMPRESSIONS = 0; // a channel, as those below
  private static final int KEYS = 2;
  private static final int EVENTS = 3;

  private final boolean keeps;
  private final SeenTable seenImpressions;
  private final SeenTable seenKeys;
  private final SeenTable tableInUse;
  private final ImpressionCounts counts;
  private final UniqueKeys keys;
  private final Outbox<Served> impressions;
  private final Outbox<Event> events;
  private final Stocks stocks;
  private final @Nullable HeardImpressions listeners;
  private final SentImpressions sent;
  private final Outflow outflow;

  private volatile boolean ready; // never false again
  // guarded by this
  private boolean suspended;
  private boolean closed;
  private @Nullable Deadline suspending;

  /**
   * How to record.
   *
   * @param mode how much is reported about treatments
   * @param labels whether impressions carry labels
   * @param observerSize how many impressions are remembered to be told from new ones
   * @param impressions how impressions are queued
   * @param events how events are queued
   * @param usagePeriod how often the SDK reports how it is doing, or null for never
   * @param listeners hear of impressions, in this order
   * @param listenerQueueSize how many impressions may wait for them
   * @param identity who is reporting
   * @param interest what the service wants to know of what was served
   */
  public record Settings(
      ImpressionMode mode,
      boolean labels,
      int observerSize,
      Queueing impressions,
      Queueing events,
      @Nullable Duration usagePeriod,
      List<ImpressionListener> listeners,
      int listenerQueueSize,
      Identity identity,
      Sinks.Interest interest) {

    /** These settings where the service decides how things are sent, and takes no reports. */
    public Settings sent(ImpressionMode how, int observed, Queueing queueing, Sinks.Interest in) {
      return new Settings(
          how,
          labels,
          observed,
          queueing,
          queueing,
          null,
          listeners,
          listenerQueueSize,
          identity,
          in);
    }

    /** The same at a pace that a backend has of its own. */
    Settings at(Sinks.Pace pace) {
      return new Settings(
          mode,
          labels,
          observerSize,
          impressions.at(pace),
          events.at(pace),
          usagePeriod == null ? null : pace.usage(),
          listeners,
          listenerQueueSize,
          identity,
          interest);
    }

    /** Nothing is queued, and so nothing to be sent, when no impressions are wanted. */
    @Nullable Duration impressionsPeriod() {
      return mode == ImpressionMode.NONE ? null : impressions.period;
    }
  }

  /**
   * How something is queued.
   *
   * @param capacity how much may wait or be under way
   * @param bulkSize how much is sent at once
   * @param period how often it is sent
   */
  public record Queueing(int capacity, int bulkSize, Duration period) {
    private Queueing at(Sinks.Pace pace) {
      return new Queueing(capacity, Math.min(bulkSize, pace.most()), pace.items());
    }
  }

  /** How long to leave the service alone after a trouble. For one sender at a time. */
  public interface Pause {
    /** After another trouble; the fate says whether it is one that passes. */
    Duration next(Delivery delivery);

    /** The service is well again. */
    void over();

    /** It takes a part of what it is sent: pauses start anew, but it is not well. */
    void partly();
  }

  /** What reports say of the instance beyond what is counted. */
  public interface Facts {
    /** How the instance is set up, as of its becoming ready. */
    ConfigReport setup();

    /** What it holds. */
    UsageReport.Held held();

    /** How long it has existed. */
    Duration age();
  }

  /**
   * What is lent to a recorder.
   *
   * @param scheduler runs short tasks and timers
   * @param clock tells the time of day
   * @param telemetry counts
   * @param listenerThread makes the thread that tells listeners
   * @param pauses makes a pause for each sender
   * @param facts tell of the instance
   */
  public record Tools(
      ScheduledExecutorService scheduler,
      Clock clock,
      Telemetry telemetry,
      ThreadFactory listenerThread,
      Supplier<Pause> pauses,
      Facts facts) {}

  /**
   * The accounts; exact when nobody is offering or sending.
   *
   * @param impressions impressions
   * @param events events
   * @param deduplicated impressions that were only counted, the same having been sent before
   * @param countsLost impressions whose counts were lost
   * @param keysLost how often a unique key was lost
   */
  public record Accounts(
      Ledger impressions, Ledger events, long deduplicated, long countsLost, long keysLost) {}

  /** A recorder that takes what happens and sends nothing yet. */
  public Recorder(Settings wanted, Sinks sinks, Tools tools) {
    Sinks.Pace pace = sinks.pace();
    Settings settings = pace == null ? sinks.fitted(wanted) : sinks.fitted(wanted).at(pace);
    Clock clock = tools.clock;
    keeps = sinks.keep();
    seenImpressions = new SeenTable(settings.observerSize, Tick.MOMENT);
    seenKeys = new SeenTable(KEYS_REMEMBERED, Tick.MINUTE);
    tableInUse = settings.mode == ImpressionMode.NONE ? seenKeys : seenImpressions;
    counts = new ImpressionCounts(clock::millis);
    keys = new UniqueKeys(seenKeys, KEYS_PER_POST, MOST_KEYS, () -> flush(KEYS));
    impressions =
        new Outbox<>(
            Room.of("impressions", settings.impressions.capacity),
            Served::weight,
            () -> flush(IMPRESSIONS));
    events =
        new Outbox<>(
            Room.of("events", settings.events.capacity), Event::weight, () -> flush(EVENTS));
    stocks = new Stocks(impressions, counts, keys, events);
    listeners = settings.listeners.isEmpty() ? null : new HeardImpressions(settings, tools);
    Memory memory = new Memory(seenImpressions, counts, keys, listeners != null);
    sent = new SentImpressions(settings, memory, impressions, listeners, TimeOfDay.of(clock));
    Exits exits = new Exits(sinks, tools, new Outflow.Refusals(clock::millis));
    Sender<Served> impressionsSender = batch -> sinks.impressions(settings.mode, batch);
    Flusher<Served> impressionsOut =
        exits.of(impressions, impressionsSender, settings.impressions.bulkSize);
    Flusher<UniqueKeys.Noted> keysOut =
        exits.of(keys, batch -> sinks.uniqueKeys(UniqueKeys.byFlag(batch)), KEYS_PER_POST);
    Flusher<Event> eventsOut = exits.of(events, sinks::events, settings.events.bulkSize);
    Flusher<Sinks.Count> countsOut = exits.of(counts, sinks::counts, COUNTS_PER_POST);
    outflow =
        new Outflow(
            List.of(
                new Channel(impressionsOut, settings.impressionsPeriod()),
                new Channel(countsOut, pace == null ? COUNTS_PERIOD : pace.sums()),
                new Channel(keysOut, pace == null ? KEYS_PERIOD : pace.sums()),
                new Channel(eventsOut, settings.events.period)),
            settings.usagePeriod == null ? null : exits.reports(this::recorded),
            settings.usagePeriod);
  }

  /** Takes what was served. */
  public ImpressionRecorder impressions() {
    if (keeps) {
      return sent;
    }
    return listeners == null ? ImpressionRecorder.none() : listeners.impressions();
  }

  /** Takes what the application tells of. */
  public EventRecorder events() {
    return keeps ? new EventRecorder(events) : EventRecorder.none();
  }

  /** Whether the SDK reports how it is doing, so that it is worth measuring. */
  public boolean reports() {
    return keeps && outflow.reports() != null;
  }

  /** The instance is about to be ready; asks for no thread, nor waits for who does. */
  public void prepare() {
    ready = true;
    if (keeps) {
      tableInUse.prepare();
    }
  }

  /** The instance is ready: sends by itself from now on. */
  public synchronized void start() {
    prepare();
    outflow.ready();
    flow();
  }

  /**
   * Sends what is there, within the time, and then no more by itself; leaves no timer and no thread
   * until {@link #resume}. What happens meanwhile waits. {@link #close} ends it early.
   */
  public void suspend(Duration timeout) {
    Deadline deadline = new Deadline(timeout);
    boolean sends;
    synchronized (this) {
      if (closed) {
        return;
      }
      suspended = true;
      suspending = deadline;
      outflow.stop();
      sends = keeps && ready;
    }
    if (sends) {
      outflow.empty(deadline);
    }
    if (listeners != null) {
      listeners.suspend(Duration.ofNanos(deadline.left()));
    }
    deadline.over();
  }

  /** Goes on where it was suspended. */
  public synchronized void resume() {
    suspended = false;
    if (listeners != null) {
      listeners.resume();
    }
    flow();
  }

  /** Sends what waits now, in the background, unless the service is being left alone. */
  public void flush() {
    outflow.flush();
  }

  private void flush(int channel) {
    outflow.flush(channel);
  }

  /** Tries at once what waits after a failure. */
  public void retryNow() {
    outflow.hurry();
  }

  private void flow() {
    if (keeps && ready && !suspended && !closed) {
      outflow.start();
    }
  }

  /**
   * Sends all that is there, tells listeners of what they have not heard, and takes nothing any
   * more; what cannot be delivered in time is given up, and said.
   */
  public void close(Duration timeout) {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      outflow.stop();
      if (suspending != null) {
        suspending.cut();
      }
    }
    Deadline deadline = new Deadline(timeout);
    if (keeps) {
      send(listeners == null ? deadline : new Deadline(timeout.multipliedBy(4).dividedBy(5)));
    }
    if (listeners != null) {
      listeners.close(Duration.ofNanos(deadline.left()));
    }
    deadline.over();
  }

  /**
   * The barrier comes after a first round and a moment: calls that were under way when the end
   * began, on threads that had to wait for a processor, get their impressions through; what comes
   * later still is counted.
   */
  private void send(Deadline deadline) {
    Outflow.Lost before = stocks.lost(false);
    outflow.drain(deadline);
    if (stocks.used()) {
      deadline.pause(GRACE);
    }
    stocks.close();
    outflow.drain(deadline);
    stocks.abandon();
    outflow.report(deadline);
    seenImpressions.close();
    seenKeys.close();
    stocks.tellLoss(log, before);
    deadline.over();
  }

  /** What became of all that was offered. */
  public Accounts accounts() {
    return accounts(counts.lost(), keys.ledger().dropped());
  }

  /** The same after the end, when what is still under way is lost too. */
  public Accounts finalAccounts() {
    return accounts(stocks.countsLost(), stocks.keysLost());
  }

  private Accounts accounts(long countsLost, long keysLost) {
    return new Accounts(
        impressions.ledger(), events.ledger(), sent.deduplicated(), countsLost, keysLost);
  }

  private UsageReport.Recorded recorded() {
    Accounts now = accounts();
    return new UsageReport.Recorded(
        now.impressions.accepted(),
        now.deduplicated,
        now.impressions.dropped(),
        now.events.accepted(),
        now.events.dropped());
  }
}
