package io.splitio.keys;

import java.util.Arrays;

/** Merges changes into pages, one after the other. For one thread. */
final class Merge {
  private long[] highs = new long[0];
  private long[] lows = new long[0];
  private int size;

  /** A page without what is removed, and with what is added, which wins. */
  long[] of(long[] page, Run added, Run removed) {
    int count = page.length >> 1;
    reserve(count + added.size());
    int a = 0;
    int r = 0;
    for (int held = 0; held < count; held++) {
      long high = page[held];
      long low = page[count + held];
      while (a < added.size() && added.compare(a, high, low) <= 0) {
        put(added.highs()[a], added.lows()[a++]);
      }
      while (r < removed.size() && removed.compare(r, high, low) < 0) {
        r++;
      }
      boolean taken = a > 0 && added.compare(a - 1, high, low) == 0;
      if (!taken && (r == removed.size() || removed.compare(r, high, low) != 0)) {
        put(high, low);
      }
    }
    while (a < added.size()) {
      put(added.highs()[a], added.lows()[a++]);
    }
    return page();
  }

  private void reserve(int most) {
    size = 0;
    if (highs.length < most) {
      highs = new long[most];
      lows = new long[most];
    }
  }

  private void put(long high, long low) {
    highs[size] = high;
    lows[size++] = low;
  }

  private long[] page() {
    long[] page = Arrays.copyOf(highs, 2 * size);
    System.arraycopy(lows, 0, page, size, size);
    return page;
  }
}
