package io.splitio.flag;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Compares numbers of any type by their exact decimal value. */
final class Decimals {
  /** How a number compares to a bound when it does not compare at all. */
  static final int NOT_COMPARABLE = 2;

  private static final double DIGITS_PER_BIT = Math.log10(2);

  /** How long a number may be that is neither large nor small: about 3,000 digits. */
  private static final int MOST_BITS = 10_000;

  private Decimals() {}

  /**
   * -1, 0 or 1 as the number is less than, equal to or more than the bound, or {@link
   * #NOT_COMPARABLE}.
   */
  static int compare(Number number, long bound) {
    if (isWhole(number)) {
      return Long.compare(number.longValue(), bound);
    }
    if (number instanceof Double || number instanceof Float) {
      return compare(number.doubleValue(), bound);
    }
    BigDecimal exact = exact(number);
    return exact == null ? NOT_COMPARABLE : compare(exact, bound);
  }

  /**
   * Looks at the rough size first: to count the digits of a number that has a million of them takes
   * a second. One whose fraction is as long as that does not compare.
   */
  static int compare(BigDecimal number, long bound) {
    int bits = number.unscaledValue().bitLength();
    long wholeDigits = (long) (bits * DIGITS_PER_BIT) - number.scale(); // or one more
    if (bits == 0 || wholeDigits < -1) {
      return bound == 0 ? number.signum() : Long.compare(0, bound);
    }
    if (wholeDigits > 20) {
      return number.signum();
    }
    return bits > MOST_BITS ? NOT_COMPARABLE : number.compareTo(BigDecimal.valueOf(bound));
  }

  /** Whether its {@code longValue} is exact. */
  static boolean isWhole(Number number) {
    return number instanceof Integer
        || number instanceof Long
        || number instanceof Short
        || number instanceof Byte
        || number instanceof AtomicInteger
        || number instanceof AtomicLong;
  }

  private static int compare(double number, long bound) {
    if (!Double.isFinite(number)) {
      return NOT_COMPARABLE;
    }
    if (number >= 0x1p63) {
      return 1;
    }
    double floor = Math.floor(number);
    int order = floor < -0x1p63 ? -1 : Long.compare((long) floor, bound);
    return order == 0 && floor != number ? 1 : order;
  }

  /** Its exact value, or null when it has none; other number types say theirs as text. */
  static @Nullable BigDecimal exact(Number number) {
    if (number instanceof BigDecimal decimal) {
      return decimal;
    }
    if (number instanceof BigInteger integer) {
      return new BigDecimal(integer);
    }
    try {
      return new BigDecimal(number.toString());
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
