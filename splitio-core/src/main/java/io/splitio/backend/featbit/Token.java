package io.splitio.backend.featbit;

/**
 * What a connection shows instead of the secret: its characters, with the time hidden among them
 * (FeatBit specification 2.2). Each attempt to connect makes a new one.
 */
final class Token {
  private static final String LETTERS = "QBWSPHDXZU";
  private static final int START_DIGITS = 3;
  private static final int LENGTH_DIGITS = 2;
  private static final int EARLIEST_CUT = 2;

  private Token() {}

  /**
   * A token.
   *
   * @param secret of the environment
   * @param now the time, in milliseconds since 1970
   * @param random where to hide it, from 0 to 1 exclusive; need not be hard to guess
   */
  static String of(String secret, long now, double random) {
    int length = secret.length();
    while (length > 0 && secret.charAt(length - 1) == '=') {
      length--;
    }
    int cut = Math.min(length, Math.max((int) (random * length), EARLIEST_CUT));
    String time = String.valueOf(now);
    return digits(cut, START_DIGITS)
        + digits(time.length(), LENGTH_DIGITS)
        + secret.substring(0, cut)
        + letters(time)
        + secret.substring(cut, length);
  }

  private static String digits(int number, int length) {
    String padded = "0".repeat(length) + number;
    return letters(padded.substring(padded.length() - length));
  }

  private static String letters(String digits) {
    StringBuilder letters = new StringBuilder(digits.length());
    for (int i = 0; i < digits.length(); i++) {
      letters.append(LETTERS.charAt(digits.charAt(i) - '0'));
    }
    return letters.toString();
  }
}
