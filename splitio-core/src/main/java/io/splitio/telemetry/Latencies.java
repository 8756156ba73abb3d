package io.splitio.telemetry;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How long something took, in the 23 buckets of the protocol (specification 10.3).
 *
 * <p>Two looks at the clock cost as much as an evaluation in memory. Therefore of one interval the
 * first thousand or so are timed, and beyond them one in 32, chosen at random; the others are
 * counted, and shared out among the buckets as those chosen at random are. So the counts are exact
 * altogether, and beyond the first thousand each bucket is as good as a sample is.
 */
final class Latencies {
  /** All are timed as long as there are so many of an interval, roughly. */
  static final int ALL = 1_000;

  private static final int ONE_IN = 32;

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
  private final Tally[] samples = new Tally[BOUNDS.length]; // those chosen at random
  private final Tally untimed = new Tally();

  // how many of this interval, up to all; threads may lose a few of one another
  private final AtomicInteger timed = new AtomicInteger();

  Latencies() {
    Arrays.setAll(buckets, i -> new Tally());
    Arrays.setAll(samples, i -> new Tally());
  }

  /** Whether the next one is to be timed. */
  boolean isDue() {
    return timed.getPlain() < ALL || ThreadLocalRandom.current().nextInt(ONE_IN) == 0;
  }

  /** One took so long. */
  void add(long nanos) {
    buckets[bucket(nanos)].increment();
  }

  /** One that was due took so long. */
  void addDue(long nanos) {
    int known = timed.getPlain();
    if (known < ALL) {
      timed.setPlain(known + 1);
      add(nanos);
    } else {
      samples[bucket(nanos)].increment();
    }
  }

  /** One that was not due took as long as others do. */
  void add() {
    untimed.increment();
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
    long[] sampled = taken(samples);
    long[] counts = taken(buckets);
    long[] like = sum(sampled) == 0 ? counts.clone() : sampled.clone();
    Arrays.setAll(counts, i -> counts[i] + sampled[i]);
    if (sum(counts) == 0) {
      return List.of(); // what was not timed waits for something that was
    }
    share(untimed.take(), like, counts);
    timed.setPlain(0);
    return Arrays.stream(counts).boxed().toList();
  }

  private static long[] taken(Tally[] tallies) {
    return Arrays.stream(tallies).mapToLong(Tally::take).toArray();
  }

  private static long sum(long[] counts) {
    return Arrays.stream(counts).sum();
  }

  /** Adds so many in the proportions of others; what is left over goes to the fullest. */
  private static void share(long more, long[] like, long[] counts) {
    long sum = sum(like);
    long left = more;
    int fullest = 0;
    for (int i = 0; i < counts.length; i++) {
      long part = (long) ((double) more * like[i] / sum);
      counts[i] += part;
      left -= part;
      fullest = like[i] > like[fullest] ? i : fullest;
    }
    counts[fullest] += left;
  }

  void giveBack(List<Long> undelivered) {
    for (int i = 0; i < undelivered.size(); i++) {
      buckets[i].giveBack(undelivered.get(i));
    }
  }
}
