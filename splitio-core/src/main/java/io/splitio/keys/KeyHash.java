package io.splitio.keys;

import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * A hash of 128 bits, keyed at random in each process: SipHash-1-3 with an output of 128 bits
 * (Aumasson and Bernstein, 2012) over the UTF-16 units of a text, four in a block, least
 * significant first. Whoever does not know the key of the process can neither predict nor provoke
 * that two texts share a hash.
 */
final class KeyHash {
  private static final long KEY_0;
  private static final long KEY_1;
  private static final char[] NONE = {};
  private static final int UNITS = 4;
  private static final int LAST_ROUNDS = 3;

  static {
    SecureRandom random = new SecureRandom();
    KEY_0 = random.nextLong();
    KEY_1 = random.nextLong();
  }

  private KeyHash() {}

  /** Takes a hash. Handed over this way because a method cannot answer two numbers for nothing. */
  interface Taker {
    boolean take(long high, long low);
  }

  /** Hands over the hash of a text, and answers what the taker does. */
  static boolean of(String text, Taker taker) {
    return hash(text, NONE, 0, text.length(), taker);
  }

  /** Hands over the hash of a part of a buffer, and answers what the taker does. */
  static boolean of(char[] buffer, int from, int length, Taker taker) {
    return hash(null, buffer, from, length, taker);
  }

  /** The last blocks, which are nothing but 0, are the closing rounds: one loop does it all. */
  private static boolean hash(
      @Nullable String text, char[] buffer, int from, int length, Taker taker) {
    long v0 = KEY_0 ^ 0x736f6d6570736575L;
    long v1 = KEY_1 ^ 0x646f72616e646f6dL ^ 0xee;
    long v2 = KEY_0 ^ 0x6c7967656e657261L;
    long v3 = KEY_1 ^ 0x7465646279746573L;
    int blocks = length / UNITS + 1;
    long high = 0;
    for (int at = 0; at < blocks + 2 * LAST_ROUNDS; at++) {
      long block = 0;
      if (at < blocks) {
        block = text == null ? block(buffer, from, length, at) : block(text, at);
      } else if (at == blocks) {
        v2 ^= 0xee;
      } else if (at == blocks + LAST_ROUNDS) {
        high = v0 ^ v1 ^ v2 ^ v3;
        v1 ^= 0xdd;
      }
      v3 ^= block;
      v0 += v1;
      v2 += v3;
      v1 = Long.rotateLeft(v1, 13) ^ v0;
      v3 = Long.rotateLeft(v3, 16) ^ v2;
      v0 = Long.rotateLeft(v0, 32) + v3;
      v2 += v1;
      v1 = Long.rotateLeft(v1, 17) ^ v2;
      v3 = Long.rotateLeft(v3, 21) ^ v0;
      v2 = Long.rotateLeft(v2, 32);
      v0 ^= block;
    }
    return taker.take(high, v0 ^ v1 ^ v2 ^ v3);
  }

  private static long block(String text, int at) {
    int from = at * UNITS;
    if (from + UNITS <= text.length()) {
      return text.charAt(from)
          | ((long) text.charAt(from + 1) << 16)
          | ((long) text.charAt(from + 2) << 32)
          | ((long) text.charAt(from + 3) << 48);
    }
    long block = (long) text.length() << 48;
    for (int unit = from; unit < text.length(); unit++) {
      block |= (long) text.charAt(unit) << (16 * (unit - from));
    }
    return block;
  }

  private static long block(char[] buffer, int start, int length, int at) {
    int from = start + at * UNITS;
    int end = start + length;
    if (from + UNITS <= end) {
      return buffer[from]
          | ((long) buffer[from + 1] << 16)
          | ((long) buffer[from + 2] << 32)
          | ((long) buffer[from + 3] << 48);
    }
    long block = (long) length << 48;
    for (int unit = from; unit < end; unit++) {
      block |= (long) buffer[unit] << (16 * (unit - from));
    }
    return block;
  }
}
