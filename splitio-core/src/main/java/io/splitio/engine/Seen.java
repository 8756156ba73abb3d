package io.splitio.engine;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Says in an explanation what was seen, without being spoiled or held up by it. */
final class Seen {
  private static final int LONGEST_VALUE = 256;
  private static final int LONGEST_NUMBER = 10_000; // longer ones take too long to write out

  private Seen() {}

  /** What an object says of itself, cut. */
  static String text(@Nullable Object value) {
    String text = said(value);
    return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
  }

  private static int bits(@Nullable Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal.unscaledValue().bitLength();
    }
    return value instanceof BigInteger integer ? integer.bitLength() : 0;
  }

  /** One that cannot say anything must not spoil the explanation. */
  private static String said(@Nullable Object value) {
    try {
      int bits = bits(value);
      if (bits > LONGEST_NUMBER) {
        return "a number of " + bits + " bits";
      }
      String text = String.valueOf(value);
      return text == null ? "null" : text; // a toString() may answer null
    } catch (Throwable cause) {
      Failures.rethrowIfFatal(cause);
      return "something whose toString() fails with " + cause.getClass().getName();
    }
  }
}
