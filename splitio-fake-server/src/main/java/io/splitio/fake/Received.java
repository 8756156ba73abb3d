package io.splitio.fake;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** What was posted to the service and accepted. */
public final class Received {
  private final Map<Endpoint, Inbox> inboxes = new EnumMap<>(Endpoint.class);

  Received() {
    inboxes.put(Endpoint.IMPRESSIONS, new Inbox(sizes("i")));
    inboxes.put(Endpoint.IMPRESSION_COUNTS, new Inbox(numbers("rc")));
    inboxes.put(Endpoint.UNIQUE_KEYS, new Inbox(sizes("ks")));
    inboxes.put(Endpoint.EVENTS, new Inbox(List::size));
    inboxes.put(Endpoint.TELEMETRY_CONFIG, new Inbox(List::size));
    inboxes.put(Endpoint.TELEMETRY_USAGE, new Inbox(List::size));
  }

  /** Impressions; the entries are flags with their impressions, the total is of impressions. */
  public Inbox impressions() {
    return inbox(Endpoint.IMPRESSIONS);
  }

  /** Counts; the total is of counted impressions. */
  public Inbox impressionCounts() {
    return inbox(Endpoint.IMPRESSION_COUNTS);
  }

  /** Unique keys; the total is of keys per flag. */
  public Inbox uniqueKeys() {
    return inbox(Endpoint.UNIQUE_KEYS);
  }

  /** Tracked events. */
  public Inbox events() {
    return inbox(Endpoint.EVENTS);
  }

  /** What SDKs told of their configuration. */
  public Inbox telemetryConfig() {
    return inbox(Endpoint.TELEMETRY_CONFIG);
  }

  /** What SDKs told of their doing. */
  public Inbox telemetryUsage() {
    return inbox(Endpoint.TELEMETRY_USAGE);
  }

  /** Forgets everything received so far. */
  public void clear() {
    inboxes.values().forEach(Inbox::clear);
  }

  Optional<Inbox> of(Endpoint endpoint) {
    return Optional.ofNullable(inboxes.get(endpoint));
  }

  private Inbox inbox(Endpoint endpoint) {
    return of(endpoint).orElseThrow();
  }

  private static ToLongFunction<List<Object>> sizes(String member) {
    return items ->
        items.stream()
            .mapToLong(item -> member(item, member) instanceof Collection<?> all ? all.size() : 0)
            .sum();
  }

  private static ToLongFunction<List<Object>> numbers(String member) {
    return items ->
        items.stream()
            .mapToLong(item -> member(item, member) instanceof Number all ? all.longValue() : 0)
            .sum();
  }

  private static Object member(Object item, String name) {
    Object value = item instanceof Map<?, ?> map ? map.get(name) : null;
    return value == null ? "" : value;
  }
}
