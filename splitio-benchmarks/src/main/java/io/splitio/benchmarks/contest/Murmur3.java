package io.splitio.benchmarks.contest;

/** The hash that rollouts are defined by, for keys of ASCII, without allocation. */
final class Murmur3 {
  private static final int C1 = 0xCC9E2D51;
  private static final int C2 = 0x1B873593;

  private Murmur3() {}

  /** The bucket of a key, 1 to 100. */
  static int bucket(String key, int seed) {
    return Integer.remainderUnsigned(hash(key, seed), 100) + 1;
  }

  static int hash(String key, int seed) {
    int length = key.length();
    int hash = seed;
    int at = 0;
    for (; at + 4 <= length; at += 4) {
      int block =
          key.charAt(at)
              | key.charAt(at + 1) << 8
              | key.charAt(at + 2) << 16
              | key.charAt(at + 3) << 24;
      hash = Integer.rotateLeft(hash ^ scrambled(block), 13) * 5 + 0xE6546B64;
    }
    int tail = 0;
    for (int last = length - 1; last >= at; last--) {
      tail = tail << 8 | key.charAt(last);
    }
    return finished(hash ^ scrambled(tail) ^ length);
  }

  private static int scrambled(int block) {
    return Integer.rotateLeft(block * C1, 15) * C2;
  }

  private static int finished(int hash) {
    int mixed = (hash ^ hash >>> 16) * 0x85EBCA6B;
    mixed = (mixed ^ mixed >>> 13) * 0xC2B2AE35;
    return mixed ^ mixed >>> 16;
  }
}
