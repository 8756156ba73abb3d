package io.splitio.record;

import io.splitio.api.SdkHealth.Ledger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
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

  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private static final Logger log = LoggerFactory.getLogger("splitio.record");

  private final Room room;
  private final ToLongFunction<T> weigher;
  private final Runnable whenPressing;
  private final Line<T> waiting = new Line<>();
  private final AtomicInteger held = new AtomicInteger();
  private final AtomicLong weight = new AtomicLong();
  private final LongAdder accepted = new LongAdder();
  private final LongAdder full = new LongAdder();
  private final LongAdder late = new LongAdder();
  private final LongAdder delivered = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder abandoned = new LongAdder();
  private final Deque<T> front = new ArrayDeque<>(); // guarded by this
  private long fullTold; // guarded by this
  private long fullToldAt = System.nanoTime() - MINUTE; // guarded by this
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
    if (closed) {
      late.increment();
      return false;
    }
    if (isFull()) {
      full.increment();
      return false;
    }
    accepted.increment();
    long grams = weigher.applyAsLong(item);
    int count = held.incrementAndGet();
    long total = grams == 0 ? 0 : weight.addAndGet(grams);
    if (count > room.capacity || total > MOST_WEIGHT) {
      release(1, grams);
      accepted.decrement();
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

  /**
   * Whether there is no room, so that an item need not even be made: it is counted as if it had
   * been offered.
   */
  boolean turnsAway() {
    if (closed || !isFull()) {
      return false;
    }
    full.increment();
    return true;
  }

  private boolean isFull() {
    return held.get() >= room.capacity;
  }

  /** The end came in between: if nobody took the item meanwhile, it was late. */
  private synchronized boolean withdrawn(T item, long grams) {
    boolean withdrawn = waiting.withdraw(item);
    if (withdrawn) {
      release(1, grams);
      accepted.decrement();
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
    long now = System.nanoTime();
    if (fullNow > fullTold && (closed || now - fullToldAt >= MINUTE)) {
      log.warn(
          "{} {} found no room and are lost; there is room for {}, and for {} MiB of them",
          fullNow - fullTold,
          room.name,
          room.capacity,
          MOST_WEIGHT >> 20);
      fullTold = fullNow;
      fullToldAt = now;
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

  @Override
  public synchronized void keepLast(List<T> batch) {
    if (over) {
      abandoned(batch);
    } else {
      batch.forEach(waiting::add);
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
    return new Ledger(
        accepted.sum(),
        delivered.sum(),
        held.get(),
        full.sum(),
        late.sum(),
        refused.sum(),
        abandoned.sum());
  }

  /**
   * Those that wait, in about the order in which they came: a list of blocks, so that an item takes
   * a place and no object of its own. Any thread may add; who takes holds the outbox's monitor.
   *
   * <p>Whoever adds claims a place, and puts the item there. A place that is claimed but still
   * empty when its turn comes is given up: who claimed it finds that out, and claims another.
   */
  private static final class Line<T> {
    private static final Object GIVEN_UP = new Object();

    private Block first = new Block(); // guarded by the outbox
    private int next; // guarded by the outbox
    private volatile Block last = first; // any thread may move it on

    void add(T item) {
      Block block = last;
      while (!block.put(item)) {
        block = block.following();
        last = block;
      }
    }

    @SuppressWarnings("unchecked") // only items are added
    @Nullable T poll() {
      while (next < first.claimed()) {
        Object item = first.getAndSet(next++, GIVEN_UP);
        if (next == Block.SIZE) {
          first = first.following();
          next = 0;
        }
        if (item != null && item != GIVEN_UP) {
          return (T) item;
        }
      }
      return null;
    }

    /** Takes an item back; false when somebody else took it. */
    boolean withdraw(T item) {
      for (Block block = first; block != null; block = block.following.get()) {
        for (int place = 0; place < Block.SIZE; place++) {
          if (block.compareAndSet(place, item, GIVEN_UP)) {
            return true;
          }
        }
      }
      return false;
    }
  }

  /** Places for items, and the block after it. */
  private static final class Block extends AtomicReferenceArray<@Nullable Object> {
    private static final int SIZE = 256;

    private final AtomicInteger claims = new AtomicInteger();
    private final AtomicReference<@Nullable Block> following = new AtomicReference<>();

    private Block() {
      super(SIZE);
    }

    /** Puts an item into the next place; false when there is none. */
    boolean put(Object item) {
      while (claims.get() < SIZE) {
        int place = claims.getAndIncrement();
        if (place < SIZE && compareAndSet(place, null, item)) {
          return true;
        }
      }
      return false;
    }

    int claimed() {
      return Math.min(SIZE, claims.get());
    }

    Block following() {
      Block present = following.get();
      if (present != null) {
        return present;
      }
      following.compareAndSet(null, new Block());
      return Objects.requireNonNull(following.get());
    }
  }
}
