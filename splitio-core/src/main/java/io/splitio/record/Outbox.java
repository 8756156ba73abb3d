package io.splitio.record;

import io.splitio.api.SdkHealth.Ledger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits to be sent: bounded, lossless up to its bound, and never in the way of who fills it.
 *
 * <p>What is under way counts towards the bound, so that there is room for its return. At
 * quiescence {@code accepted = delivered + queued + refused + abandoned}, each counted.
 */
final class Outbox<T> implements Flusher.Stock<T> {
  /** About the longest request, in bytes; a single item may be longer. */
  static final long BULK_WEIGHT = 5 * 1024 * 1024;

  private static final long MOST_WEIGHT = 8 * BULK_WEIGHT;

  private static final Logger log = LoggerFactory.getLogger("splitio.record");

  private final Room room;
  private final ToLongFunction<T> weigher;
  private final Runnable whenPressing;
  private final ConcurrentLinkedQueue<T> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger held = new AtomicInteger();
  private final AtomicLong weight = new AtomicLong();
  private final LongAdder offered = new LongAdder();
  private final LongAdder full = new LongAdder();
  private final LongAdder late = new LongAdder();
  private final LongAdder delivered = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder abandoned = new LongAdder();
  private final Deque<T> front = new ArrayDeque<>(); // guarded by this
  private long fullTold; // guarded by this
  private boolean over; // guarded by this

  private volatile boolean closed; // written once by the destroying thread

  /**
   * How much there is room for.
   *
   * @param name what it is for, for people
   * @param capacity how many items may wait or be under way
   * @param mark from how many on there is much to send
   */
  record Room(String name, int capacity, int mark) {
    /** Room with a mark at four fifths of it. */
    static Room of(String name, int capacity) {
      return new Room(name, capacity, Math.max(1, (int) (capacity * 4L / 5)));
    }
  }

  /**
   * An empty outbox.
   *
   * @param weigher about how many bytes of a request an item takes; 0 for next to nothing
   * @param whenPressing called when there is much to send; must return at once
   */
  Outbox(Room room, ToLongFunction<T> weigher, Runnable whenPressing) {
    this.room = room;
    this.weigher = weigher;
    this.whenPressing = whenPressing;
  }

  /** Takes an item, unless there is no room or the end has come; what is not taken is counted. */
  boolean offer(T item) {
    offered.increment();
    if (closed) {
      late.increment();
      return false;
    }
    long grams = weigher.applyAsLong(item);
    int count = held.incrementAndGet();
    long total = grams == 0 ? 0 : weight.addAndGet(grams);
    if (count > room.capacity || total > MOST_WEIGHT) {
      release(1, grams);
      full.increment();
      return false;
    }
    waiting.add(item);
    if (closed && withdrawn(item, grams)) {
      return false;
    }
    if (count == room.mark || (total >= BULK_WEIGHT && total - grams < BULK_WEIGHT)) {
      whenPressing.run();
    }
    return true;
  }

  /** The end came in between: if nobody took the item meanwhile, it was late. */
  @SuppressWarnings("ReferenceEquality") // of equal items each is one of its own
  private boolean withdrawn(T item, long grams) {
    boolean withdrawn = waiting.removeIf(other -> other == item);
    if (withdrawn) {
      release(1, grams);
      late.increment();
    }
    return withdrawn;
  }

  private void release(int items, long grams) {
    held.addAndGet(-items);
    if (grams != 0) {
      weight.addAndGet(-grams);
    }
  }

  @Override
  public int size() {
    return held.get();
  }

  @Override
  public boolean presses() {
    return held.get() >= room.mark || weight.get() >= BULK_WEIGHT;
  }

  /** Those that came back first; not much more than {@link #BULK_WEIGHT} of them. */
  @Override
  public synchronized List<T> take(int most) {
    tellFull();
    List<T> batch = new ArrayList<>(Math.min(most, Math.max(0, held.get())));
    long grams = 0;
    while (batch.size() < most) {
      T item = front.isEmpty() ? waiting.poll() : front.poll();
      if (item == null) {
        break;
      }
      grams += weigher.applyAsLong(item);
      if (grams > BULK_WEIGHT && !batch.isEmpty()) {
        front.addFirst(item);
        break;
      }
      batch.add(item);
    }
    return batch;
  }

  private void tellFull() {
    long fullNow = full.sum();
    if (fullNow > fullTold) {
      log.warn(
          "{} {} found no room and are lost; there is room for {}, and for {} MiB of them",
          fullNow - fullTold,
          room.name,
          room.capacity,
          MOST_WEIGHT >> 20);
      fullTold = fullNow;
    }
  }

  @Override
  public String name() {
    return room.name;
  }

  @Override
  public void delivered(List<T> batch) {
    gone(batch, delivered);
  }

  @Override
  public void refused(List<T> batch) {
    gone(batch, refused);
  }

  @Override
  public void abandoned(List<T> batch) {
    gone(batch, abandoned);
  }

  /** Counts first, so that nothing is ever in no column of the ledger. */
  private void gone(List<T> batch, LongAdder column) {
    column.add(batch.size());
    long grams = 0;
    for (T item : batch) {
      grams += weigher.applyAsLong(item);
    }
    release(batch.size(), grams);
  }

  @Override
  public synchronized void keep(List<T> batch) {
    if (over) {
      abandoned(batch);
      return;
    }
    for (int i = batch.size() - 1; i >= 0; i--) {
      front.addFirst(batch.get(i));
    }
  }

  /** Takes nothing any more; what waits can still be taken from it. */
  void close() {
    closed = true;
  }

  /** Gives up what waits, and later what was under way and comes back. */
  synchronized void abandon() {
    over = true;
    for (List<T> rest = take(room.capacity); !rest.isEmpty(); rest = take(room.capacity)) {
      abandoned(rest);
    }
  }

  /** What became of everything so far; exact when nobody is offering or sending. */
  Ledger ledger() {
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
