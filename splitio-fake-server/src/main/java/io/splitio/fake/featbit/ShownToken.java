package io.splitio.fake.featbit;

import org.jspecify.annotations.Nullable;

/**
 * Reads tokens as FeatBit's server does.
 *
 * @param secret the secret in it, without the padding at its end
 * @param time when it was made, in milliseconds since 1970
 */
record ShownToken(String secret, long time) {
  private static final String LETTERS = "QBWSPHDXZU";
  private static final int HEAD = 5;
  private static final int START = 3;
  private static final int LAST_CUT = 255; // the server keeps it in a byte

  /** What a token says, or null when it is none. */
  static @Nullable ShownToken of(String token) {
    try {
      String head = digits(token.substring(0, HEAD));
      int start = Integer.parseInt(head.substring(0, START));
      int end = HEAD + start + Integer.parseInt(head.substring(START));
      String secret = token.substring(HEAD, HEAD + start) + token.substring(end);
      long time = Long.parseLong(digits(token.substring(HEAD + start, end)));
      return start > LAST_CUT ? null : new ShownToken(secret, time);
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      return null;
    }
  }

  /** Whether it was made of this secret. */
  boolean isOf(String whole) {
    return secret.equals(whole.replaceAll("=+$", ""));
  }

  private static String digits(String letters) {
    StringBuilder digits = new StringBuilder();
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
