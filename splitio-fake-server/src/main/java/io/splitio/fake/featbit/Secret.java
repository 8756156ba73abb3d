package io.splitio.fake.featbit;

import org.jspecify.annotations.Nullable;

/**
 * Reads tokens as FeatBit's server does.
 *
 * @param secret the secret in it
 * @param time when it was made, in milliseconds since 1970
 */
record Secret(String secret, long time) {
  private static final String LETTERS = "QBWSPHDXZU";
  private static final int HEAD = 5;
  private static final int START = 3;

  /** What a token says, or null when it is none. */
  static @Nullable Secret of(String token) {
    try {
      String head = digits(token.substring(0, HEAD));
      int cut = HEAD + Integer.parseInt(head.substring(0, START));
      int end = cut + Integer.parseInt(head.substring(START));
      String secret = token.substring(HEAD, cut) + token.substring(end);
      return new Secret(secret, Long.parseLong(digits(token.substring(cut, end))));
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      return null;
    }
  }

  private static String digits(String letters) {
    StringBuilder digits = new StringBuilder(letters.length());
    for (int i = 0; i < letters.length(); i++) {
      int digit = LETTERS.indexOf(letters.charAt(i));
      if (digit < 0) {
        throw new NumberFormatException("no digit: " + letters.charAt(i));
      }
      digits.append(digit);
    }
    return digits.toString();
  }
}
