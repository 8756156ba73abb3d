package io.splitio.featbit;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants a value to be, and how it is made of the value's text (FeatBit specification
 * 4.8).
 *
 * @param types the types of flags that can be it
 * @param reader makes it of the text, or null when the text says none
 */
record Kind<T>(Set<String> types, Function<String, @Nullable T> reader) {
  private static final Set<String> YES = Set.of("true", "on", "yes", "y", "t", "1");
  private static final Set<String> NO = Set.of("false", "off", "no", "n", "f", "0");
  private static final int LONGEST_NUMBER = 1_000;

  static final Kind<String> TEXT =
      new Kind<>(Set.of("boolean", "string", "number", "json"), text -> text);
  static final Kind<Boolean> BOOLEAN = new Kind<>(Set.of("boolean", "string"), Kind::bool);
  static final Kind<Integer> INTEGER = new Kind<>(Set.of("number", "string"), Kind::integer);
  static final Kind<Long> LONG = new Kind<>(Set.of("number", "string"), Kind::whole);
  static final Kind<Double> DOUBLE = new Kind<>(Set.of("number", "string"), Kind::fraction);

  /** A JSON document, read by the caller's own reader, which throws when it cannot. */
  static <T> Kind<T> json(Function<String, @Nullable T> reader) {
    return new Kind<>(Set.of("json"), reader);
  }

  /** The value of a flag of that type, or null when it cannot be this. */
  @Nullable T of(String type, String text) {
    if (!types.contains(type)) {
      return null;
    }
    return types.contains("json") || !type.equals("boolean") || isTrueOrFalse(text)
        ? of(text)
        : null;
  }

  /** A flag of the type boolean knows but two words. */
  private static boolean isTrueOrFalse(String text) {
    return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
  }

  /** The value of a text, or null when it says none. */
  @Nullable T of(String text) {
    try {
      return reader.apply(text);
    } catch (Exception | AssertionError | LinkageError | StackOverflowError e) {
      return null; // the reader is the caller's, and may throw what it does not declare
    }
  }

  private static @Nullable Boolean bool(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return YES.contains(lower) ? Boolean.TRUE : NO.contains(lower) ? Boolean.FALSE : null;
  }

  /** Cut off after the point, and no further from zero than fits. */
  private static @Nullable Integer integer(String text) {
    Long whole = whole(text);
    return whole == null
        ? null
        : Integer.valueOf((int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, whole)));
  }

  private static @Nullable Long whole(String text) {
    BigDecimal number = decimal(text);
    if (number == null) {
      return null;
    }
    if (number.signum() == 0) {
      return 0L; // whatever its exponent
    }
    if (number.precision() - (long) number.scale() > 19) { // too large, however it ends
      return number.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    if (number.precision() - (long) number.scale() <= 0) {
      return 0L;
    }
    BigInteger whole = number.toBigInteger();
    return whole.bitLength() < Long.SIZE
        ? Long.valueOf(whole.longValue())
        : Long.valueOf(whole.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE);
  }

  private static @Nullable Double fraction(String text) {
    BigDecimal number = decimal(text);
    double fraction = number == null ? Double.NaN : number.doubleValue();
    return Double.isFinite(fraction) ? Double.valueOf(fraction) : null;
  }

  private static @Nullable BigDecimal decimal(String text) {
    String trimmed = text.strip();
    return trimmed.length() > LONGEST_NUMBER ? null : new BigDecimal(trimmed);
  }
}
