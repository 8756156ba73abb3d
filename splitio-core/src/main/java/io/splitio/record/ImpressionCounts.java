package io.splitio.record;

import io.splitio.record.Sinks.Count;
import io.splitio.telemetry.Counters;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * How often each flag was served in each hour, beyond what impressions tell (protocol specification
 * 8.4).
 *
 * <p>Counters only grow, and each remembers how much of it was handed out, so that no increment is
 * lost to a concurrent hand-over and what could not be delivered is simply given back. A counter is
 * forgotten when its hour is long over and all of it is delivered. There are so many counters at
 * most; what finds no room is counted as lost.
 */
final class ImpressionCounts implements Flusher.Stock<Count> {
  /** An hour, in milliseconds. */
  static final long HOUR = 3_600_000;

  static final int MOST = 50_000;

  private static final long KEEP = 3 * HOUR;

  private final LongSupplier now;
  private final Counters counters = new Counters();
  private final ConcurrentMap<String, Hour> newest = new ConcurrentHashMap<>();
  private final ConcurrentMap<Slot, Hour> all = new ConcurrentHashMap<>();
  private final LongAdder lost = new LongAdder();
  private long underWay; // guarded by this
  private int itemsUnderWay; // guarded by this

  /**
   * Nothing counted yet.
   *
   * @param now tells the time of day, in milliseconds since 1970
   */
  ImpressionCounts(LongSupplier now) {
    this.now = now;
  }

  private record Slot(String flag, long start) {}

  /** The count of one flag in one hour. */
  private static final class Hour {
    private final long start;
    private final Counters.Counter count;
    private long taken; // guarded by the counts

    private Hour(long start, Counters.Counter count) {
      this.start = start;
      this.count = count;
    }
  }

  private Hour hour(Slot slot) {
    return new Hour(slot.start, counters.next());
  }

  /** The start of an hour, in milliseconds since 1970. */
  static long hour(long time) {
    return time - Math.floorMod(time, HOUR);
  }

  /** Counts one. */
  void count(String flag, long time) {
    long start = hour(time);
    Hour hour = newest.get(flag);
    if (hour != null && hour.start == start) {
      hour.count.increment(); // almost always
      return;
    }
    Slot slot = new Slot(flag, start);
    hour = all.get(slot);
    if (hour == null && all.size() >= MOST) {
      lost.increment();
      return;
    }
    hour = all.computeIfAbsent(slot, this::hour);
    newest.put(flag, hour);
    hour.count.increment();
  }

  /** How many were not counted for want of room, or could not be delivered. */
  long lost() {
    return lost.sum();
  }

  /** How many are counted, and neither delivered nor lost. */
  synchronized long waiting() {
    long waiting = underWay;
    for (Hour hour : all.values()) {
      waiting += hour.count.sum() - hour.taken;
    }
    return waiting;
  }

  @Override
  public String name() {
    return "impression counts";
  }

  @Override
  public synchronized int size() {
    int size = itemsUnderWay;
    for (Hour hour : all.values()) {
      size += hour.count.sum() > hour.taken ? 1 : 0; // others wait for nothing but their end
    }
    return size;
  }

  @Override
  public boolean presses() {
    return false;
  }

  @Override
  public synchronized List<Count> take(int most) {
    long tooOld = now.getAsLong() - KEEP;
    List<Count> counts = new ArrayList<>();
    all.forEach(
        (slot, hour) -> {
          long count = hour.count.sum() - hour.taken;
          if (count > 0 && counts.size() < most) {
            hour.taken += count;
            underWay += count;
            counts.add(new Count(slot.flag, slot.start, count));
          } else if (count == 0 && slot.start < tooOld) {
            all.remove(slot);
            newest.remove(slot.flag, hour);
          }
        });
    itemsUnderWay += counts.size();
    return counts;
  }

  @Override
  public synchronized void keep(List<Count> counts) {
    for (Count count : counts) {
      Hour hour = all.computeIfAbsent(new Slot(count.flag(), count.hour()), this::hour);
      hour.taken -= count.count();
    }
    arrived(counts);
  }

  @Override
  public synchronized void delivered(List<Count> batch) {
    arrived(batch);
  }

  @Override
  public synchronized void refused(List<Count> batch) {
    lost.add(sum(batch));
    arrived(batch);
  }

  private synchronized void arrived(List<Count> batch) {
    underWay -= sum(batch);
    itemsUnderWay -= batch.size();
  }

  private static long sum(List<Count> batch) {
    long sum = 0;
    for (Count count : batch) {
      sum += count.count();
    }
    return sum;
  }

  @Override
  public void abandoned(List<Count> batch) {
    refused(batch);
  }
}
