package io.splitio.keys;

import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * An immutable set of keys that takes about 17 bytes for each, whatever its length, and whose
 * changed copies share what did not change.
 *
 * <p>It keeps no text: each key is its hash of 128 bits ({@link KeyHash}). Therefore it may, in
 * theory, take a key for a member that is none: with ten million members the chance of a question
 * is 10^7 / 2^128, which is below 10^-31; and nobody outside of the process can look for such keys,
 * as the hash is keyed at random. It can never miss a member.
 *
 * <p>The hashes lie in pages by their leading bits, in each page in ascending order, at most about
 * {@value #FULL} in a page. As they are spread evenly, a hash is found a few places from where its
 * next bits say it should be. A change of a few keys copies their pages and the table of pages.
 */
public final class KeySet {
  private static final int FULL = 256;
  private static final int SPARSE = 16;

  /** A page is filled by half when pages are made, so that they are not made anew soon. */
  private static final int NEW = FULL / 2;

  private static final int MOST_BITS = 24;

  /** The set without members. */
  public static final KeySet EMPTY = paged(new Run(new long[0], new long[0]));

  /** Each page: the high halves of its hashes, and then their low halves. */
  private final long[][] pages;

  private final int bits;
  private final int size;

  private KeySet(long[][] pages, int bits, int size) {
    this.pages = pages;
    this.bits = bits;
    this.size = size;
  }

  /** A set of these keys. */
  public static KeySet of(Collection<String> keys) {
    Builder builder = new Builder(keys.size());
    keys.forEach(builder::add);
    return builder.build();
  }

  /** How many members there are. */
  public int size() {
    return size;
  }

  /** Whether a key is a member. Allocates nothing, unless the key has more than 255 characters. */
  public boolean contains(String key) {
    long high = KeyHash.high(key);
    long[] page = pages[page(high, bits)];
    int count = page.length >> 1;
    for (int at = first(high, page); at < count && page[at] == high; at++) {
      if (page[count + at] == KeyHash.low(key)) {
        return true;
      }
    }
    return false;
  }

  /** The first place in a page that does not lie before a hash. */
  private int first(long high, long[] page) {
    int count = page.length >> 1;
    int at = (int) ((((high << bits) >>> 32) * count) >>> 32);
    while (at > 0 && Long.compareUnsigned(page[at - 1], high) >= 0) {
      at--;
    }
    while (at < count && Long.compareUnsigned(page[at], high) < 0) {
      at++;
    }
    return at;
  }

  /** This set after a change: a key that is both added and removed is a member. */
  public KeySet with(KeySet added, KeySet removed) {
    if (size == 0) {
      return added;
    }
    if (added.size == 0 && removed.size == 0) {
      return this;
    }
    KeySet changed = merged(added.run(), removed.run());
    boolean wellPaged =
        changed.size <= FULL << bits && (bits == 0 || changed.size >= SPARSE << bits);
    return wellPaged ? changed : paged(changed.run());
  }

  private KeySet merged(Run added, Run removed) {
    long[][] next = pages.clone();
    int nextSize = size;
    int a = 0;
    int r = 0;
    Merge merge = new Merge();
    for (int page = 0; page < next.length; page++) {
      int nextA = added.firstFrom(a, page + 1, bits);
      int nextR = removed.firstFrom(r, page + 1, bits);
      if (a < nextA || r < nextR) {
        next[page] = merge.of(pages[page], added.part(a, nextA), removed.part(r, nextR));
        nextSize += (next[page].length - pages[page].length) / 2;
      }
      a = nextA;
      r = nextR;
    }
    return new KeySet(next, bits, nextSize);
  }

  /** All hashes. */
  private Run run() {
    long[] highs = new long[size];
    long[] lows = new long[size];
    int at = 0;
    for (long[] page : pages) {
      int count = page.length >> 1;
      System.arraycopy(page, 0, highs, at, count);
      System.arraycopy(page, count, lows, at, count);
      at += count;
    }
    return new Run(highs, lows);
  }

  private static KeySet paged(Run run) {
    int full = Math.max(1, run.size() / NEW);
    int bits = Math.min(MOST_BITS, Integer.SIZE - Integer.numberOfLeadingZeros(full - 1));
    long[][] pages = new long[1 << bits][];
    int from = 0;
    for (int page = 0; page < pages.length; page++) {
      int to = run.firstFrom(from, page + 1, bits);
      pages[page] = new long[2 * (to - from)];
      System.arraycopy(run.highs(), from, pages[page], 0, to - from);
      System.arraycopy(run.lows(), from, pages[page], to - from, to - from);
      from = to;
    }
    return new KeySet(pages, bits, run.size());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof KeySet set && size == set.size && sameMembers(set);
  }

  private boolean sameMembers(KeySet other) {
    return bits == other.bits
        ? Arrays.deepEquals(pages, other.pages)
        : Arrays.equals(run().lows(), other.run().lows())
            && Arrays.equals(run().highs(), other.run().highs());
  }

  @Override
  public int hashCode() {
    long sum = size;
    for (long[] page : pages) {
      for (long half : page) {
        sum += half;
      }
    }
    return Long.hashCode(sum);
  }

  /** How many members there are; they themselves are not known. */
  @Override
  public String toString() {
    return size + " keys";
  }

  /** What the pages and their table take on the heap, with compressed references. */
  long bytes() {
    long bytes = 16 + 4L * pages.length;
    for (long[] page : pages) {
      bytes += 16 + 8L * page.length;
    }
    return bytes;
  }

  /** The number of the page of a hash when so many leading bits tell it. */
  static int page(long high, int bits) {
    return (int) ((high >>> 1) >>> (63 - bits));
  }

  /** Collects keys. For one thread. */
  public static final class Builder {
    private static final int FEW = 8;

    private long[] highs;
    private long[] lows;
    private int size;

    /** A builder without keys. */
    public Builder() {
      this(FEW);
    }

    /** A builder for about so many keys. */
    public Builder(int expected) {
      this.highs = new long[expected];
      this.lows = new long[expected];
    }

    /** Adds a key. */
    public void add(String key) {
      append(KeyHash.high(key), KeyHash.low(key));
    }

    /** Adds a key that lies in a buffer, without making a text of it. */
    public void add(char[] buffer, int from, int length) {
      append(KeyHash.high(buffer, from, length), KeyHash.low(buffer, from, length));
    }

    /** Adds a key of characters below 128, which lies in a buffer. */
    public void add(byte[] buffer, int from, int length) {
      KeyHash.put(buffer, from, length, this);
    }

    void append(long high, long low) {
      if (size == highs.length) {
        int more = Math.max(FEW, size + (size >> 1));
        highs = Arrays.copyOf(highs, more);
        lows = Arrays.copyOf(lows, more);
      }
      highs[size] = high;
      lows[size++] = low;
    }

    /** The set of the keys added so far. */
    public KeySet build() {
      return paged(Run.sorted(highs, lows, size));
    }
  }
}
