package io.splitio.telemetry;

import io.splitio.telemetry.Interval.Streamed;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What the SDK counts about itself. Any thread may count, and none waits for another where an
 * evaluation may pass.
 */
public final class Telemetry {
  private static final int MOST_STREAMED = 20;
  private static final int MOST_TAGS = 10;

  private final Map<Counter, LongAdder> counts = each(Counter.class, LongAdder::new);
  private final Map<Call, Latencies> methods = each(Call.class, Latencies::new);
  private final Map<Call, Tally> failures = each(Call.class, Tally::new);
  private final Map<Resource, Exchanges> exchanges = each(Resource.class, Exchanges::new);
  private final Tally tokenRefreshes = new Tally();
  private final Tally authRejections = new Tally();
  private final Tally inlineUpdates = new Tally();
  private List<Streamed> streamed = new ArrayList<>(); // guarded by this
  private Set<String> tags = new LinkedHashSet<>(); // guarded by this

  /** What is counted. */
  public enum Counter {
    /** Evaluations that ended in an error. */
    EVALUATION_ERRORS,
    /** Questions asked before definitions were there. */
    NOT_READY_USES,
    /** Waits for readiness that timed out. */
    READY_TIMEOUTS,
    /** Flags or segments that lead back to themselves, each time one was met. */
    CYCLES,
    /** Definitions that could not be read. */
    BAD_DEFINITIONS,
    /** Impressions that a listener's queue had no room for. */
    LISTENER_DROPS,
    /** Calls in which a listener failed. */
    LISTENER_ERRORS
  }

  /** Everything at zero. */
  public Telemetry() {}

  /** Counts one. */
  public void count(Counter counter) {
    of(counts, counter).increment();
  }

  /** How many were counted so far. */
  public long total(Counter counter) {
    return of(counts, counter).sum();
  }

  /**
   * Whether somebody should look how long the next call of a public method takes, and tell {@link
   * #answeredWhenDue}; otherwise it is enough to tell that it {@link #answered(Call) answered}.
   */
  public boolean isDue(Call method) {
    return of(methods, method).isDue();
  }

  /** A public method whose call was due answered, so long after it was called. */
  public void answeredWhenDue(Call method, long nanos) {
    of(methods, method).addDue(nanos);
  }

  /** A public method answered, so long after it was called. */
  public void answered(Call method, long nanos) {
    of(methods, method).add(nanos);
  }

  /** A public method answered, and nobody looked how long it took. */
  public void answered(Call method) {
    of(methods, method).add();
  }

  /** A public method answered as it does when something inside fails. */
  public void failed(Call method) {
    of(failures, method).increment();
  }

  /**
   * An exchange with a service ended with a status; one that never got that far is not told.
   *
   * @param nanos how long it took
   * @param nowMillis the time of day, in milliseconds since 1970
   */
  public void exchange(Resource resource, int status, long nanos, long nowMillis) {
    of(exchanges, resource).add(status, nanos, nowMillis);
  }

  /** When an exchange about each resource last succeeded, in milliseconds since 1970, or 0. */
  public Map<Resource, Long> lastSuccesses() {
    Map<Resource, Long> times = new EnumMap<>(Resource.class);
    exchanges.forEach((resource, figures) -> times.put(resource, figures.lastSuccess()));
    return times;
  }

  /** Something happened to streaming; of one interval the first 20 are kept. */
  public synchronized void streamed(StreamingEvent type, long data, long nowMillis) {
    if (streamed.size() < MOST_STREAMED) {
      streamed.add(new Streamed(type, data, nowMillis));
    }
  }

  /** A token was obtained, the first one included. */
  public void tokenRefreshed() {
    tokenRefreshes.increment();
  }

  /** The service rejected the SDK key when asked for a token. */
  public void authRejected() {
    authRejections.increment();
  }

  /** A notification was applied without asking the service for more. */
  public void inlineUpdate() {
    inlineUpdates.increment();
  }

  /**
   * A text of the application to go with the next report; of one interval the first 10 are kept.
   */
  public synchronized void tag(String text) {
    if (tags.size() < MOST_TAGS) {
      tags.add(text);
    }
  }

  /** What was counted since the last time; to be given back when it cannot be delivered. */
  public synchronized Interval take() {
    List<Streamed> happened = streamed;
    Set<String> tagged = tags;
    streamed = new ArrayList<>();
    tags = new LinkedHashSet<>();
    return new Interval(
        filled(Call.class, method -> of(methods, method).take(), List::isEmpty),
        filled(Call.class, method -> of(failures, method).take(), count -> count == 0),
        filled(Resource.class, resource -> of(exchanges, resource).takeErrors(), Map::isEmpty),
        filled(
            Resource.class, resource -> of(exchanges, resource).latencies().take(), List::isEmpty),
        tokenRefreshes.take(),
        authRejections.take(),
        List.copyOf(happened),
        List.copyOf(tagged),
        inlineUpdates.take());
  }

  /** What could not be delivered, so that it goes with the next report. */
  public synchronized void giveBack(Interval interval) {
    interval.methodLatencies().forEach((method, counts) -> of(methods, method).giveBack(counts));
    interval.methodExceptions().forEach((method, count) -> of(failures, method).giveBack(count));
    interval
        .exchangeErrors()
        .forEach((resource, counts) -> of(exchanges, resource).giveErrorsBack(counts));
    interval
        .exchangeLatencies()
        .forEach((resource, counts) -> of(exchanges, resource).latencies().giveBack(counts));
    tokenRefreshes.giveBack(interval.tokenRefreshes());
    authRejections.giveBack(interval.authRejections());
    inlineUpdates.giveBack(interval.inlineUpdates());
    List<Streamed> later = streamed;
    streamed = new ArrayList<>(interval.streamed());
    later.forEach(event -> streamed(event.type(), event.data(), event.time()));
    Set<String> laterTags = tags;
    tags = new LinkedHashSet<>(interval.tags());
    laterTags.forEach(this::tag);
  }

  private static <K extends Enum<K>, V> Map<K, V> filled(
      Class<K> keys, Function<K, V> value, Predicate<V> isEmpty) {
    Map<K, V> filled = new EnumMap<>(keys);
    for (K key : keys.getEnumConstants()) {
      V found = value.apply(key);
      if (!isEmpty.test(found)) {
        filled.put(key, found);
      }
    }
    return filled;
  }

  private static <K extends Enum<K>, V> Map<K, V> each(Class<K> keys, Supplier<V> value) {
    Map<K, V> all = new EnumMap<>(keys);
    for (K key : keys.getEnumConstants()) {
      all.put(key, value.get());
    }
    return all;
  }

  private static <K extends Enum<K>, V> V of(Map<K, V> all, K key) {
    return Objects.requireNonNull(all.get(key));
  }
}
