package io.splitio.record;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * What waits to be sent: bounded, lossless up to its bound, and never in the way of who fills it.
 *
 * <p>Any thread offers. One thread at a time takes a batch, and afterwards says what became of it:
 * delivered, refused, or to be kept, which puts it back in front. What is under way counts towards
 * the capacity, so that there is room for its return. At quiescence {@code accepted = delivered +
 * queued + lost}, each counted.
 */
public final class Outbox<T> {
  private final int capacity;
  private final ConcurrentLinkedQueue<T> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger held = new AtomicInteger();
  private final LongAdder offered = new LongAdder();
  private final LongAdder full = new LongAdder();
  private final LongAdder late = new LongAdder();
  private final LongAdder delivered = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder abandoned = new LongAdder();

  private List<T> returned = List.of(); // guarded by this

  private volatile boolean closed;

  /** An empty outbox for so many items. */
  public Outbox(int capacity) {
    this.capacity = capacity;
  }

  /**
   * What became of all that was offered.
   *
   * @param accepted there was room for it
   * @param delivered the service has it
   * @param queued it waits or is under way
   * @param full there was no room
   * @param late it came after the end
   * @param refused the service does not want it
   * @param abandoned the instance ended before it could be delivered
   */
  public record Ledger(
      long accepted,
      long delivered,
      long queued,
      long full,
      long late,
      long refused,
      long abandoned) {

    /** Whether everything that was accepted is accounted for. */
    public boolean balances() {
      return accepted == delivered + queued + refused + abandoned;
    }
  }

  /** Takes an item, unless there is no room or the end has come; what is not taken is counted. */
  public boolean offer(T item) {
    offered.increment();
    if (closed) {
      late.increment();
      return false;
    }
    if (held.incrementAndGet() > capacity) {
      held.decrementAndGet();
      full.increment();
      return false;
    }
    waiting.add(item);
    return !closed || !withdrawn(item);
  }

  /** The end came in between: if nobody takes the item from the queue any more, it was late. */
  private boolean withdrawn(T item) {
    boolean withdrawn = waiting.removeIf(other -> other == item);
    if (withdrawn) {
      held.decrementAndGet();
      late.increment();
    }
    return withdrawn;
  }

  /** How many items wait or are under way. */
  public int size() {
    return held.get();
  }

  /**
   * Up to so many items, those that came back first; they are under way until their fate is told.
   */
  public synchronized List<T> take(int most) {
    List<T> batch = new ArrayList<>(Math.min(most, held.get()));
    int again = Math.min(most, returned.size());
    batch.addAll(returned.subList(0, again));
    returned = List.copyOf(returned.subList(again, returned.size()));
    while (batch.size() < most) {
      T item = waiting.poll();
      if (item == null) {
        break;
      }
      batch.add(item);
    }
    return batch;
  }

  /** The service has a batch. */
  public void delivered(List<T> batch) {
    delivered.add(batch.size());
    held.addAndGet(-batch.size());
  }

  /** The service does not want a batch, now or ever. */
  public void refused(List<T> batch) {
    refused.add(batch.size());
    held.addAndGet(-batch.size());
  }

  /** A batch could not be delivered: it goes back to the front. */
  public synchronized void keep(List<T> batch) {
    List<T> front = new ArrayList<>(batch);
    front.addAll(returned);
    returned = front;
  }

  /** Takes nothing any more; what waits can still be taken from it. */
  public void close() {
    closed = true;
  }

  /** Gives up what still waits, and answers how much that was. */
  public int abandon() {
    List<T> rest = take(Integer.MAX_VALUE);
    abandoned.add(rest.size());
    held.addAndGet(-rest.size());
    return rest.size();
  }

  /** What became of everything so far; exact when nobody is offering or sending. */
  public Ledger ledger() {
    long accepted = offered.sum() - full.sum() - late.sum();
    return new Ledger(
        accepted,
        delivered.sum(),
        held.get(),
        full.sum(),
        late.sum(),
        refused.sum(),
        abandoned.sum());
  }
}
