package io.splitio.fake;

import io.splitio.fake.http.ArmedFault;
import io.splitio.fake.http.Fault;
import io.splitio.fake.http.Request;
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
    private Order(Predicate<Request> which, int number, Fault fault) {
      this(which, new AtomicInteger(number), fault, new CountDownLatch(1));
    }

    private boolean applies(Request request) {
      return which.test(request)
          && left.getAndUpdate(number -> number > 0 ? number - 1 : number) > 0;
    }

    private void end() {
      left.set(0);
      cleared.countDown();
    }
  }

  /** Remembers which endpoint a fault was ordered for, so that it can be taken back. */
  private record OfEndpoint(Endpoint endpoint) implements Predicate<Request> {
    @Override
    public boolean test(Request request) {
      return endpoint.matches(request);
    }
  }

  /** The next request for an endpoint fails. */
  public Faults next(Endpoint endpoint, Fault fault) {
    return next(1, endpoint, fault);
  }

  /** The next {@code number} requests for an endpoint fail. */
  public Faults next(int number, Endpoint endpoint, Fault fault) {
    return when(new OfEndpoint(endpoint), number, fault);
  }

  /** All requests for an endpoint fail until it is cleared. */
  public Faults always(Endpoint endpoint, Fault fault) {
    return next(Integer.MAX_VALUE, endpoint, fault);
  }

  /** All requests fail until {@link #clear()}. */
  public Faults always(Fault fault) {
    return when(request -> true, Integer.MAX_VALUE, fault);
  }

  /** All requests that fit fail until the same is cleared. */
  public Faults always(Predicate<Request> which, Fault fault) {
    return when(which, Integer.MAX_VALUE, fault);
  }

  /** The next {@code number} requests that fit fail. */
  public Faults when(Predicate<Request> which, int number, Fault fault) {
    orders.add(new Order(which, number, fault));
    return this;
  }

  /** Nothing fails any more; delays end at once, and connections that hang are closed. */
  public void clear() {
    end(order -> true);
  }

  /** Takes back what was ordered for this endpoint, as {@link #clear()} does for all. */
  public void clear(Endpoint endpoint) {
    clear(new OfEndpoint(endpoint));
  }

  /** Takes back what was ordered for requests that fit this very condition. */
  public void clear(Predicate<Request> which) {
    end(order -> order.which.equals(which));
  }

  private void end(Predicate<Order> which) {
    List<Order> ended = orders.stream().filter(which).toList();
    orders.removeAll(ended);
    ended.forEach(Order::end);
  }

  /** How many requests have failed on purpose so far. */
  public int happened() {
    return happened.get();
  }

  /** What a request is to suffer, or null; its server calls this. */
  public @Nullable ArmedFault faultFor(Request request) {
    for (Order order : orders) {
      if (order.applies(request)) {
        happened.incrementAndGet();
        return new ArmedFault(order.fault, order.cleared);
      }
    }
    return null;
  }
}
