package io.splitio.flag;

import java.util.Locale;

/** A test of one value, which is never null. A value of a type it is not about does not match. */
public interface Matcher {

  /** Whether the value matches. */
  boolean matches(Object value);

  /** The test in words. */
  String describe();

  /** Every value. */
  record Anything() implements Matcher {
    @Override
    public boolean matches(Object value) {
      return true;
    }

    @Override
    public String describe() {
      return "is anything";
    }
  }

  /** A boolean, or the text {@code true} or {@code false} in any case. */
  record IsBoolean(boolean expected) implements Matcher {
    @Override
    public boolean matches(Object value) {
      if (value instanceof Boolean flag) {
        return flag == expected;
      }
      return value instanceof String text
          && text.toLowerCase(Locale.ROOT).equals(String.valueOf(expected));
    }

    @Override
    public String describe() {
      return "is " + expected;
    }
  }
}
