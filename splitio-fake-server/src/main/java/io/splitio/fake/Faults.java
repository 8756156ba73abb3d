package io.splitio.fake;

import io.splitio.fake.http.ArmedFault;
import io.splitio.fake.http.Fault;
import io.splitio.fake.http.Request;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The faults that are to happen. Those ordered first happen first. */
public final class Faults {
  private final List<Order> orders = new CopyOnWriteArrayList<>();
  private final AtomicInteger happened = new AtomicInteger();

  /** A fault ordered for some requests. */
  private record Order(
      Predicate<Request> which, AtomicInteger left, Fault fault, CountDownLatch cleared) {
    private boolean applies(Request request) {
      return which.test(request)
          && left.getAndUpdate(number -> number > 0 ? number - 1 : number) > 0;
    }
  }

  /** The next request for an endpoint fails. */
  public Faults next(Endpoint endpoint, Fault fault) {
    return next(1, endpoint, fault);
  }

  /** The next {@code number} requests for an endpoint fail. */
  public Faults next(int number, Endpoint endpoint, Fault fault) {
    return when(endpoint::matches, number, fault);
  }

  /** All requests for an endpoint fail until {@link #clear()}. */
  public Faults always(Endpoint endpoint, Fault fault) {
    return when(endpoint::matches, Integer.MAX_VALUE, fault);
  }

  /** All requests fail until {@link #clear()}. */
  public Faults always(Fault fault) {
    return when(request -> true, Integer.MAX_VALUE, fault);
  }

  /** The next {@code number} requests that fit fail. */
  public Faults when(Predicate<Request> which, int number, Fault fault) {
    orders.add(new Order(which, new AtomicInteger(number), fault, new CountDownLatch(1)));
    return this;
  }

  /** Nothing fails any more; delays end at once, and connections that hang are closed. */
  public void clear() {
    for (Iterator<Order> all = orders.iterator(); all.hasNext(); ) {
      Order order = all.next();
      order.left.set(0);
      order.cleared.countDown();
      orders.remove(order);
    }
  }

  /** How many requests have failed on purpose so far. */
  public int happened() {
    return happened.get();
  }

  @Nullable ArmedFault faultFor(Request request) {
    for (Order order : orders) {
      if (order.applies(request)) {
        happened.incrementAndGet();
        return new ArmedFault(order.fault, order.cleared);
      }
    }
    return null;
  }
}
