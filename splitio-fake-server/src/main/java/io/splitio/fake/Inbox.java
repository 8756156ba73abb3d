package io.splitio.fake;

import io.splitio.fake.http.Bell;
import io.splitio.fake.http.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What was posted to one endpoint and accepted. */
public final class Inbox {
  private final List<Request> requests = new ArrayList<>();
  private final ToLongFunction<List<Object>> size;
  private final Bell bell = new Bell();
  private long total;
  private boolean keeping = true;

  Inbox(ToLongFunction<List<Object>> size) {
    this.size = size;
  }

  void add(Request request) {
    long entries = size.applyAsLong(items(request.body().json()));
    synchronized (this) {
      total += entries;
      if (keeping) {
        requests.add(request);
      }
    }
    bell.ring();
  }

  /** The requests, with their headers and the bytes of their bodies. */
  public synchronized List<Request> requests() {
    return List.copyOf(requests);
  }

  /** The bodies as text. */
  public List<String> bodies() {
    return requests().stream().map(request -> request.body().text()).toList();
  }

  /** The bodies as parsed JSON: maps, lists, strings, numbers, booleans and null. */
  public List<@Nullable Object> json() {
    List<@Nullable Object> bodies = new ArrayList<>();
    requests().forEach(request -> bodies.add(request.body().json()));
    return bodies;
  }

  /**
   * The entries of all bodies: the items of an array, or of the only array in an object, or the
   * object itself.
   */
  public List<Object> items() {
    List<Object> items = new ArrayList<>();
    requests().forEach(request -> items.addAll(items(request.body().json())));
    return items;
  }

  /**
   * How much has arrived so far: impressions, events, counted impressions, unique keys per flag, or
   * documents. Goes on counting when nothing is kept.
   */
  public synchronized long total() {
    return total;
  }

  /** Counts only from now on, for long runs; forgets what has arrived. */
  public synchronized void countOnly() {
    keeping = false;
    requests.clear();
  }

  /** Forgets what has arrived and starts the count again. */
  public synchronized void clear() {
    requests.clear();
    total = 0;
  }

  /**
   * Returns the requests as soon as there are at least so many.
   *
   * @throws AssertionError if there are not in time
   */
  public List<Request> await(int number, Duration limit) {
    bell.await(
        () -> requests().size() >= number,
        limit,
        () -> requests().size() + " requests arrived, not " + number + ",");
    return requests();
  }

  /**
   * Returns as soon as {@link #total()} is at least so much.
   *
   * @throws AssertionError if it is not in time
   */
  public long awaitTotal(long number, Duration limit) {
    bell.await(() -> total() >= number, limit, () -> total() + " arrived, not " + number + ",");
    return total();
  }

  /**
   * Returns the entries as soon as one of them fits.
   *
   * @throws AssertionError if none does in time
   */
  public List<Object> awaitItem(Predicate<Object> which, Duration limit) {
    bell.await(
        () -> items().stream().anyMatch(which), limit, () -> "nothing fits among " + items());
    return items();
  }

  private static List<Object> items(@Nullable Object json) {
    List<Object> items = new ArrayList<>();
    if (json instanceof Collection<?> array) {
      items.addAll(array);
    } else if (json instanceof Map<?, ?> object
        && object.size() == 1
        && object.values().iterator().next() instanceof Collection<?> only) {
      items.addAll(only);
    } else if (json != null) {
      items.add(json);
    }
    return items;
  }
}
