package io.splitio.fake.featbit;

import io.splitio.fake.http.Bell;
import io.splitio.fake.http.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The insights that were accepted: events about a user, with {@code variations} or {@code metrics}
 * or neither, as maps, lists, strings, numbers and booleans.
 */
public final class Insights {
  private final List<Request> requests = new ArrayList<>(); // all guarded by this
  private final List<Map<?, ?>> events = new ArrayList<>();
  private long total;
  private long dropped;
  private boolean keeping = true;
  private final Bell bell = new Bell();

  Insights() {}

  /**
   * Takes a batch.
   *
   * @throws IllegalArgumentException when FeatBit's server would refuse all of it
   */
  void add(Request request) {
    List<?> batch = Shapes.batch(request.body().json());
    synchronized (this) {
      for (Object element : batch) {
        add(element);
      }
      if (keeping) {
        requests.add(request);
      }
    }
    bell.ring();
  }

  private void add(@Nullable Object element) {
    if (!(element instanceof Map<?, ?> event) || !Shapes.hasUser(event)) {
      dropped++;
      return;
    }
    total++;
    if (keeping) {
      events.add(event);
    }
  }

  /** The accepted requests, with their headers and the bytes of their bodies. */
  public synchronized List<Request> requests() {
    return List.copyOf(requests);
  }

  /** The events of all accepted requests, in order. */
  public synchronized List<Map<?, ?>> events() {
    return List.copyOf(events);
  }

  /** The variations served to users, one for each evaluation. */
  public List<Map<?, ?>> variations() {
    return nested("variations");
  }

  /** The metrics. */
  public List<Map<?, ?>> metrics() {
    return nested("metrics");
  }

  private List<Map<?, ?>> nested(String member) {
    List<Map<?, ?>> all = new ArrayList<>();
    for (Map<?, ?> event : events()) {
      if (event.get(member) instanceof List<?> list) {
        list.forEach(item -> all.add((Map<?, ?>) item));
      }
    }
    return all;
  }

  /** How many events were accepted; goes on counting when nothing is kept. */
  public synchronized long total() {
    return total;
  }

  /** How many events were dropped without a word, because they had no user. */
  public synchronized long dropped() {
    return dropped;
  }

  /** Counts only from now on, for long runs; forgets what has arrived. */
  public synchronized void countOnly() {
    keeping = false;
    requests.clear();
    events.clear();
  }

  /** Forgets what has arrived and starts the counts again. */
  public synchronized void clear() {
    requests.clear();
    events.clear();
    total = 0;
    dropped = 0;
  }

  /**
   * Returns the events as soon as there are at least so many.
   *
   * @throws AssertionError if there are not in time
   */
  public List<Map<?, ?>> await(long number, Duration limit) {
    bell.await(
        () -> total() >= number, limit, () -> total() + " events arrived, not " + number + ",");
    return events();
  }

  /**
   * Returns the events as soon as one of them fits.
   *
   * @throws AssertionError if none does in time
   */
  public List<Map<?, ?>> awaitEvent(Predicate<Map<?, ?>> which, Duration limit) {
    bell.await(
        () -> events().stream().anyMatch(which), limit, () -> "nothing fits among " + events());
    return events();
  }
}
