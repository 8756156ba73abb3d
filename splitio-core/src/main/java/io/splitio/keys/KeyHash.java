package io.splitio.keys;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * A hash of 128 bits, keyed at random in each process: two sums of products of each character with
 * a random number of its place (multilinear hashing).
 *
 * <p>Two different texts have the same sum for at most one in 2^49 random numbers of a place where
 * they differ, and the same two sums with a chance of 2^-98, whoever chose the texts, as long as he
 * does not know the numbers. Neither half is used without the other.
 */
final class KeyHash {
  /** Longer texts are shortened first. */
  private static final int LONGEST = 255;

  private static final int PIECE = 128;

  /** After the last character comes a 1, so that lengths are told apart. */
  private static final int PLACES = LONGEST + 2;

  private static final long[] HIGH = new long[PLACES];
  private static final long[] LOW = new long[PLACES];

  static {
    SecureRandom random = new SecureRandom();
    for (int place = 0; place < PLACES; place++) {
      HIGH[place] = random.nextLong();
      LOW[place] = random.nextLong();
    }
  }

  private KeyHash() {}

  /** The half that says where a key lies: it is evenly spread, other than the sum itself. */
  static long high(String text) {
    return spread(sum(text, HIGH));
  }

  /** The half that only tells keys apart. */
  static long low(String text) {
    return sum(text, LOW);
  }

  /** As {@link #high(String)}, for a text in a buffer. */
  static long high(char[] buffer, int from, int length) {
    return spread(sum(buffer, from, length, HIGH));
  }

  /** As {@link #low(String)}, for a text in a buffer. */
  static long low(char[] buffer, int from, int length) {
    return sum(buffer, from, length, LOW);
  }

  /** Adds a text of characters below 128, in one pass over its bytes. */
  static void put(byte[] buffer, int from, int length, KeySet.Builder to) {
    if (length > LONGEST) {
      char[] wide = new String(buffer, from, length, StandardCharsets.US_ASCII).toCharArray();
      to.append(high(wide, 0, length), low(wide, 0, length));
      return;
    }
    long high = HIGH[0] + HIGH[length + 1];
    long low = LOW[0] + LOW[length + 1];
    for (int place = 1; place <= length; place++) {
      byte character = buffer[from + place - 1];
      high += HIGH[place] * character;
      low += LOW[place] * character;
    }
    to.append(spread(high), low);
  }

  private static long sum(String text, long[] factors) {
    int length = text.length();
    if (length > LONGEST) {
      return sum(text.toCharArray(), 0, length, factors);
    }
    long sum = factors[0] + factors[length + 1];
    for (int at = 0; at < length; at++) {
      sum += factors[at + 1] * text.charAt(at);
    }
    return sum;
  }

  private static long sum(char[] buffer, int from, int length, long[] factors) {
    if (length > LONGEST) {
      char[] shortened = shortened(buffer, from, length);
      return sum(shortened, 0, shortened.length, factors);
    }
    long sum = factors[0] + factors[length + 1];
    for (int at = 0; at < length; at++) {
      sum += factors[at + 1] * buffer[from + at];
    }
    return sum;
  }

  /** The sums of each piece in place of the piece, and how long it was. */
  private static char[] shortened(char[] buffer, int from, int length) {
    StringBuilder shortened = new StringBuilder().append(length);
    for (int at = 0; at < length; at += PIECE) {
      int piece = Math.min(PIECE, length - at);
      append(sum(buffer, from + at, piece, HIGH), shortened);
      append(sum(buffer, from + at, piece, LOW), shortened);
    }
    return shortened.toString().toCharArray();
  }

  private static void append(long sum, StringBuilder to) {
    for (int shift = 0; shift < Long.SIZE; shift += Character.SIZE) {
      to.append((char) (sum >>> shift));
    }
  }

  /** Lets every bit depend on every other, and no two numbers become one (the end of murmur3). */
  private static long spread(long sum) {
    long mixed = (sum ^ (sum >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
