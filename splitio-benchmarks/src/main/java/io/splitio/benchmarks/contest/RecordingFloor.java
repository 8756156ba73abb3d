package io.splitio.benchmarks.contest;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * The floor, and the least that recording takes: a table of what was seen, a count of each flag in
 * each hour, and a histogram of how long answers took.
 */
final class RecordingFloor implements Contestant {
  private static final int SLOTS = 1 << 19;
  private static final long HOUR = 3_600_000;
  private static final int SEED = 0x5bd1e995;
  private static final int BUCKETS = 23;

  private final BareFloor floor = new BareFloor();
  private final AtomicLongArray seen = new AtomicLongArray(SLOTS);
  private final Map<String, Hour> hours = new ConcurrentHashMap<>();
  private final LongAdder[] latencies = new LongAdder[BUCKETS];

  RecordingFloor() {
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      latencies[bucket] = new LongAdder();
    }
  }

  private record Hour(long start, LongAdder count) {}

  @Override
  public String treatment(String key, String flag, Map<String, Object> attributes) {
    long began = System.nanoTime();
    String treatment = floor.treatment(key, flag, attributes);
    long now = System.currentTimeMillis();
    if (wasSeen(key, flag, treatment, now)) {
      count(flag, now - now % HOUR);
    }
    latencies[bucket(System.nanoTime() - began)].increment();
    return treatment;
  }

  private boolean wasSeen(String key, String flag, String treatment, long now) {
    int hash = Murmur3.hash(key, SEED) ^ flag.hashCode() * 31 ^ treatment.hashCode();
    int slot = hash & SLOTS - 1;
    long before = seen.get(slot);
    seen.compareAndSet(slot, before, ((long) hash << 32) | (now & 0xFFFFFFFFL));
    return (int) (before >>> 32) == hash;
  }

  private void count(String flag, long start) {
    Hour hour = hours.get(flag);
    if (hour == null || hour.start != start) {
      hour = new Hour(start, new LongAdder());
      hours.put(flag, hour);
    }
    hour.count.increment();
  }

  private static int bucket(long nanos) {
    return nanos <= 1_000_000 ? 0 : Math.min(BUCKETS - 1, 64 - Long.numberOfLeadingZeros(nanos));
  }
}
