package io.splitio.flag;

/**
 * Turns a key into one of a hundred buckets.
 *
 * <p>Murmur3 (32 bit, x86) reads the UTF-8 bytes of the key straight from its characters, so that
 * nothing is allocated. A surrogate is joined with whatever follows it, and stands alone only at
 * the end, as in the official Java SDK; for well-formed text that is plain UTF-8 (evaluation
 * specification 2.1 to 2.4).
 */
public enum Hashing {
  /** The algorithm of every flag made since 2016: {@code algo} 2. */
  MURMUR3 {
    @Override
    int remainder(String key, int seed) {
      return Integer.remainderUnsigned(murmur3(key, seed), 100);
    }
  },
  /** The algorithm before it: every other {@code algo}. */
  LEGACY {
    @Override
    int remainder(String key, int seed) {
      return Math.abs((key.hashCode() ^ seed) % 100);
    }
  };

  private static final int C1 = 0xCC9E2D51;
  private static final int C2 = 0x1B873593;

  abstract int remainder(String key, int seed);

  /** The bucket of a key, 1 to 100. */
  public final int bucket(String key, int seed) {
    return remainder(key, seed) + 1;
  }

  /** The algorithm a definition names. */
  public static Hashing of(int algo) {
    return algo == 2 ? MURMUR3 : LEGACY;
  }

  /** The murmur3 hash of a key, to be read as an unsigned number. */
  static int murmur3(String key, int seed) {
    int length = key.length();
    int hash = seed;
    int at = 0;
    for (; at + 4 <= length; at += 4) {
      int a = key.charAt(at);
      int b = key.charAt(at + 1);
      int c = key.charAt(at + 2);
      int d = key.charAt(at + 3);
      if ((a | b | c | d) >= 0x80) {
        return wide(key, at, hash);
      }
      hash = mix(hash, a | b << 8 | c << 16 | d << 24);
    }
    int tail = 0;
    for (int i = length - 1; i >= at; i--) {
      int unit = key.charAt(i);
      if (unit >= 0x80) {
        return wide(key, at, hash);
      }
      tail = tail << 8 | unit;
    }
    return finish(hash, tail, length);
  }

  /** Goes on with a key that is not all ASCII, from a character that starts a block. */
  private static int wide(String key, int from, int hash) {
    int length = key.length();
    int bytes = from;
    long pending = 0;
    int pendingBits = 0;
    for (int i = from; i < length; i++) {
      int unit = key.charAt(i);
      boolean joins = Character.isSurrogate((char) unit) && i + 1 < length;
      long utf8 = joins ? fourBytes(unit, key.charAt(++i)) : upToThreeBytes(unit);
      int size = joins ? 4 : unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
      pending |= utf8 << pendingBits;
      pendingBits += 8 * size;
      bytes += size;
      if (pendingBits >= 32) {
        hash = mix(hash, (int) pending);
        pending >>>= 32;
        pendingBits -= 32;
      }
    }
    return finish(hash, (int) pending, bytes);
  }

  /** The UTF-8 bytes of a character, the first one lowest. */
  private static long upToThreeBytes(int unit) {
    if (unit < 0x80) {
      return unit;
    }
    if (unit < 0x800) {
      return (0xC0 | (unit >> 6)) | (continuation(unit) << 8);
    }
    return (0xE0 | (unit >> 12)) | (continuation(unit >> 6) << 8) | (continuation(unit) << 16);
  }

  /** The UTF-8 bytes of two joined units, the first one lowest. */
  private static long fourBytes(int unit, int next) {
    int code = ((unit - 0xD7C0) << 10) + (next & 0x3FF);
    long first = 0xFF & (0xF0 | (code >> 18));
    return first
        | (continuation(code >> 12) << 8)
        | (continuation(code >> 6) << 16)
        | (continuation(code) << 24);
  }

  private static long continuation(int bits) {
    return 0x80 | (bits & 0x3F);
  }

  private static int mix(int hash, int block) {
    int mixed = hash ^ scramble(block);
    return Integer.rotateLeft(mixed, 13) * 5 + 0xE6546B64;
  }

  private static int scramble(int block) {
    return Integer.rotateLeft(block * C1, 15) * C2;
  }

  /** A tail of zero bytes scrambles to zero, so an absent tail needs no case of its own. */
  private static int finish(int hash, int tail, int bytes) {
    int h = hash ^ scramble(tail) ^ bytes;
    h = (h ^ h >>> 16) * 0x85EBCA6B;
    h = (h ^ h >>> 13) * 0xC2B2AE35;
    return h ^ h >>> 16;
  }
}
