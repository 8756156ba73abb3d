package io.splitio.client;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A number of the application's as one that nobody can change any more and that runs no code of the
 * application's when it is sent: a number of the JDK that cannot be extended, or exactly a {@link
 * BigInteger} or {@link BigDecimal}.
 */
final class SendableNumber {
  /** Of a thousand digits and a few; longer ones no service reads. */
  private static final int MOST_BITS = 3_330;

  private SendableNumber() {}

  /** The number, asked for its value now; or null when JSON has no number for it. */
  static @Nullable Number of(Number number) {
    try {
      return fixed(number);
    } catch (RuntimeException | StackOverflowError hostile) {
      return null;
    }
  }

  private static @Nullable Number fixed(Number number) {
    Class<?> type = number.getClass();
    if (type == Integer.class || type == Long.class || type == Short.class || type == Byte.class) {
      return number;
    }
    if (type == BigInteger.class) {
      return ((BigInteger) number).bitLength() > MOST_BITS ? null : number;
    }
    if (type == BigDecimal.class) {
      return ((BigDecimal) number).unscaledValue().bitLength() > MOST_BITS ? null : number;
    }
    double fraction = number.doubleValue();
    if (!Double.isFinite(fraction)) {
      return null;
    }
    return type == Double.class || type == Float.class ? number : plain(number, fraction);
  }

  /** A number of another kind, such as a counter: a whole one stays whole. */
  private static Number plain(Number number, double fraction) {
    long whole = number.longValue();
    if (whole == fraction) { // as far as a double can tell
      return whole;
    }
    return fraction;
  }
}
