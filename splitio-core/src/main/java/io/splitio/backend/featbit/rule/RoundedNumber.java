package io.splitio.backend.featbit.rule;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers written as text, to five decimals (FeatBit specification 4.4). */
final class RoundedNumber {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?:[0-9]+(?:\\.[0-9]+)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");

  private static final int DECIMALS = 5;

  /** Longer ones would cost more than they can mean. */
  private static final int LONGEST = 1_000;

  private RoundedNumber() {}

  /** The number a text says, or null when it says none. */
  static @Nullable BigDecimal parse(String text) {
    String trimmed = text.strip();
    if (trimmed.length() > LONGEST || !NUMBER.matcher(trimmed).matches()) {
      return null;
    }
    try {
      return rounded(new BigDecimal(trimmed));
    } catch (ArithmeticException | NumberFormatException e) { // an exponent beyond all measure
      return null;
    }
  }

  /** Looks at the size first: a tiny number has as many digits as its exponent says. */
  private static BigDecimal rounded(BigDecimal number) {
    if (number.scale() <= DECIMALS) {
      return number;
    }
    long wholeDigits = (long) number.precision() - number.scale();
    return wholeDigits < -DECIMALS
        ? BigDecimal.ZERO
        : number.setScale(DECIMALS, RoundingMode.HALF_UP);
  }
}
