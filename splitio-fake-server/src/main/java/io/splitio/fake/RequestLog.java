package io.splitio.fake;

import io.splitio.fake.http.Bell;
import io.splitio.fake.http.Request;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/** Requests in the order in which they arrived. */
public final class RequestLog {
  private final Deque<Request> requests = new ArrayDeque<>();
  private final Bell bell = new Bell();
  private int limit = Integer.MAX_VALUE;

  /** Empty; a server makes it. */
  public RequestLog() {}

  /** Takes a request; its server calls this. */
  public void add(Request request) {
    synchronized (this) {
      requests.addLast(request);
      trim();
    }
    bell.ring();
  }

  /** All requests that are kept. */
  public synchronized List<Request> all() {
    return List.copyOf(requests);
  }

  /** The requests for an endpoint. */
  public List<Request> of(Endpoint endpoint) {
    return matching(endpoint::matches);
  }

  /** The requests that fit. */
  public List<Request> matching(Predicate<Request> which) {
    return all().stream().filter(which).toList();
  }

  /**
   * Returns the requests for an endpoint as soon as there are at least so many.
   *
   * @throws AssertionError if there are not in time
   */
  public List<Request> await(Endpoint endpoint, int number, Duration limit) {
    return await(endpoint::matches, number, limit);
  }

  /**
   * Returns the requests that fit as soon as there are at least so many.
   *
   * @throws AssertionError if there are not in time
   */
  public List<Request> await(Predicate<Request> which, int number, Duration limit) {
    bell.await(
        () -> matching(which).size() >= number,
        limit,
        () -> matching(which).size() + " requests fit, not " + number + ",");
    return matching(which);
  }

  /** Keeps only so many, for long runs; unlimited at the start. */
  public synchronized void keepLast(int number) {
    limit = number;
    trim();
  }

  /** Forgets what arrived so far. */
  public synchronized void clear() {
    requests.clear();
  }

  private void trim() {
    while (requests.size() > limit) {
      requests.removeFirst();
    }
  }
}
