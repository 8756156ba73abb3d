package io.splitio.flag;

/** Tests of numbers by their exact decimal value; what is not finite never matches. */
public sealed interface NumberMatcher extends Matcher {

  /** Whether a number matches. */
  boolean matches(Number number);

  @Override
  default boolean matches(Object value) {
    return value instanceof Number number && matches(number);
  }

  /** Exactly one number. */
  record EqualTo(long expected) implements NumberMatcher {
    @Override
    public boolean matches(Number number) {
      return Decimals.compare(number, expected) == 0;
    }

    @Override
    public String describe() {
      return "= " + expected;
    }
  }

  /** A number or more. */
  record AtLeast(long least) implements NumberMatcher {
    @Override
    public boolean matches(Number number) {
      int order = Decimals.compare(number, least);
      return order == 0 || order == 1;
    }

    @Override
    public String describe() {
      return ">= " + least;
    }
  }

  /** A number or less. */
  record AtMost(long most) implements NumberMatcher {
    @Override
    public boolean matches(Number number) {
      return Decimals.compare(number, most) <= 0;
    }

    @Override
    public String describe() {
      return "<= " + most;
    }
  }

  /** A range with both its ends. */
  record Between(long least, long most) implements NumberMatcher {
    @Override
    public boolean matches(Number number) {
      int order = Decimals.compare(number, least);
      return (order == 0 || order == 1) && Decimals.compare(number, most) <= 0;
    }

    @Override
    public String describe() {
      return "is between " + least + " and " + most;
    }
  }
}
