package io.splitio.keys;

import java.util.Arrays;

/**
 * Hashes in ascending order (unsigned), none twice.
 *
 * @param highs the high halves
 * @param lows the low halves that belong to them
 */
@SuppressWarnings("ArrayRecordComponent") // compared by KeySet, element by element
record Run(long[] highs, long[] lows) {

  int size() {
    return highs.length;
  }

  /** The first place, from one on, whose hash is of a page or of a later one. */
  int firstFrom(int from, int page, int bits) {
    int at = from;
    while (at < highs.length && KeySet.page(highs[at], bits) < page) {
      at++;
    }
    return at;
  }

  /** Some of them. */
  Run part(int from, int to) {
    return new Run(Arrays.copyOfRange(highs, from, to), Arrays.copyOfRange(lows, from, to));
  }

  /** Compares the hash at a place with another. */
  int compare(int at, long high, long low) {
    return compare(highs[at], lows[at], high, low);
  }

  private static int compare(long high, long low, long otherHigh, long otherLow) {
    int order = Long.compareUnsigned(high, otherHigh);
    return order != 0 ? order : Long.compareUnsigned(low, otherLow);
  }

  /**
   * Orders the first hashes of two columns. Their high bits are evenly spread, so that putting each
   * into the bucket of its leading bits leaves it next to its place.
   */
  static Run sorted(long[] highs, long[] lows, int size) {
    int bits = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(size));
    int[] starts = starts(highs, size, bits);
    long[] high = new long[size];
    long[] low = new long[size];
    for (int from = 0; from < size; from++) {
      int to = starts[KeySet.page(highs[from], bits)]++;
      high[to] = highs[from];
      low[to] = lows[from];
    }
    insert(high, low);
    return unique(high, low);
  }

  private static int[] starts(long[] highs, int size, int bits) {
    int[] starts = new int[(1 << bits) + 1];
    for (int at = 0; at < size; at++) {
      starts[KeySet.page(highs[at], bits) + 1]++;
    }
    for (int bucket = 1; bucket < starts.length; bucket++) {
      starts[bucket] += starts[bucket - 1];
    }
    return starts;
  }

  private static void insert(long[] highs, long[] lows) {
    for (int next = 1; next < highs.length; next++) {
      long high = highs[next];
      long low = lows[next];
      int at = next;
      for (; at > 0 && compare(high, low, highs[at - 1], lows[at - 1]) < 0; at--) {
        highs[at] = highs[at - 1];
        lows[at] = lows[at - 1];
      }
      highs[at] = high;
      lows[at] = low;
    }
  }

  private static Run unique(long[] highs, long[] lows) {
    int kept = 0;
    for (int at = 0; at < highs.length; at++) {
      if (kept == 0 || highs[at] != highs[kept - 1] || lows[at] != lows[kept - 1]) {
        highs[kept] = highs[at];
        lows[kept++] = lows[at];
      }
    }
    return kept == highs.length
        ? new Run(highs, lows)
        : new Run(Arrays.copyOf(highs, kept), Arrays.copyOf(lows, kept));
  }
}
