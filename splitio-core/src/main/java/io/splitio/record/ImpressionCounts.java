package io.splitio.record;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How often each flag was served in each hour, beyond what impressions tell (protocol specification
 * 8.4).
 *
 * <p>Counters only grow, and each remembers how much of it was handed out, so that no increment is
 * lost to a concurrent hand-over and what could not be delivered is simply given back. A counter is
 * forgotten when its hour is long over.
 */
public final class ImpressionCounts {
  /** An hour, in milliseconds. */
  static final long HOUR = 3_600_000;

  private static final long KEEP = 3 * HOUR;

  private final ConcurrentMap<String, Hour> newest = new ConcurrentHashMap<>();
  private final ConcurrentMap<Slot, Hour> all = new ConcurrentHashMap<>();

  private record Slot(String flag, long start) {}

  /** The count of one flag in one hour. */
  private static final class Hour {
    private final long start;
    private final LongAdder count = new LongAdder();
    private long taken; // guarded by the counts

    private Hour(long start) {
      this.start = start;
    }
  }

  /**
   * How often a flag was served in an hour.
   *
   * @param flag the flag
   * @param hour the start of the hour, in milliseconds since 1970
   * @param count how often
   */
  public record Count(String flag, long hour, long count) {}

  /** Counts one. */
  public void count(String flag, long time) {
    long start = time - Math.floorMod(time, HOUR);
    Hour hour = newest.get(flag);
    if (hour == null || hour.start != start) {
      hour = all.computeIfAbsent(new Slot(flag, start), slot -> new Hour(slot.start));
      newest.put(flag, hour);
    }
    hour.count.increment();
  }

  /** What was counted since the last time; to be given back when it cannot be delivered. */
  public synchronized List<Count> take(long now) {
    List<Count> counts = new ArrayList<>();
    all.forEach(
        (slot, hour) -> {
          long count = hour.count.sum() - hour.taken;
          if (count > 0) {
            hour.taken += count;
            counts.add(new Count(slot.flag, slot.start, count));
          } else if (slot.start + KEEP < now) {
            all.remove(slot);
            newest.remove(slot.flag, hour);
          }
        });
    return counts;
  }

  /** Counts that could not be delivered. */
  public synchronized void giveBack(List<Count> counts) {
    for (Count count : counts) {
      Hour hour =
          all.computeIfAbsent(new Slot(count.flag, count.hour), slot -> new Hour(slot.start));
      hour.taken -= count.count;
    }
  }
}
