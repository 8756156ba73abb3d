package io.splitio.telemetry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How long something took, in the 23 buckets of the protocol (specification 10.3). */
final class Latencies {
  /** Upper bounds in nanoseconds; what is longer than the last counts there, too. */
  private static final long[] BOUNDS = {
    1_000_000L,
    1_500_000L,
    2_250_000L,
    3_375_000L,
    5_063_000L,
    7_594_000L,
    11_391_000L,
    17_086_000L,
    25_629_000L,
    38_443_000L,
    57_665_000L,
    86_498_000L,
    129_746_000L,
    194_620_000L,
    291_929_000L,
    437_894_000L,
    656_841_000L,
    985_261_000L,
    1_477_892_000L,
    2_216_838_000L,
    3_325_257_000L,
    4_987_885_000L,
    7_481_828_000L
  };

  private final Tally[] buckets = new Tally[BOUNDS.length];

  Latencies() {
    Arrays.setAll(buckets, i -> new Tally());
  }

  void add(long nanos) {
    buckets[bucket(nanos)].increment();
  }

  static int bucket(long nanos) {
    if (nanos <= BOUNDS[0]) {
      return 0; // almost always
    }
    int found = Arrays.binarySearch(BOUNDS, nanos);
    return Math.min(found < 0 ? -found - 1 : found, BOUNDS.length - 1);
  }

  /** What was counted since the last time, bucket by bucket; empty when that is nothing. */
  List<Long> take() {
    List<Long> counts = new ArrayList<>(buckets.length);
    boolean any = false;
    for (Tally bucket : buckets) {
      long count = bucket.take();
      any |= count != 0;
      counts.add(count);
    }
    return any ? counts : List.of();
  }

  void giveBack(List<Long> undelivered) {
    for (int i = 0; i < undelivered.size(); i++) {
      buckets[i].giveBack(undelivered.get(i));
    }
  }
}
