package io.splitio.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Reads whole numbers as the official Java SDK does: {@code 42}, {@code "42"} and {@code 42.0} are
 * the same.
 */
final class WholeNumber {
  /** So many always fit into 64 bits. */
  private static final int DIGITS = 18;

  private WholeNumber() {}

  /** Whether a parser stands on a whole number that fits for sure, and needs no text to be read. */
  static boolean isPlain(JsonParser parser) throws IOException {
    return parser.currentToken() == JsonToken.VALUE_NUMBER_INT && parser.getTextLength() <= DIGITS;
  }

  /** The number a text says, or null when it says none that fits. */
  static @Nullable Long parse(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      return parseDecimal(text);
    }
  }

  private static @Nullable Long parseDecimal(String text) {
    try {
      double number = Double.parseDouble(text);
      boolean fits = number == Math.rint(number) && Math.abs(number) < 0x1p63;
      return fits ? (Long) (long) number : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** The low 32 bits of a number of any size. */
  static int lowBits(String digits) {
    return digits.length() <= DIGITS
        ? (int) Long.parseLong(digits)
        : new BigInteger(digits).intValue();
  }
}
