package io.splitio.backend.featbit.rule;

import io.splitio.flag.Matcher;
import java.math.BigDecimal;

/** Compares a number written as text with another; a text that says no number does not match. */
record NumberTest(Order order, BigDecimal bound) implements Matcher {

  /** How the number stands to the bound. */
  enum Order {
    /** Less than the bound. */
    LESS("is less than "),
    /** The bound or less. */
    LESS_OR_EQUAL("is at most "),
    /** More than the bound. */
    MORE("is more than "),
    /** The bound or more. */
    MORE_OR_EQUAL("is at least ");

    private final String words;

    Order(String words) {
      this.words = words;
    }

    private boolean allows(int comparison) {
      return switch (this) {
        case LESS -> comparison < 0;
        case LESS_OR_EQUAL -> comparison <= 0;
        case MORE -> comparison > 0;
        case MORE_OR_EQUAL -> comparison >= 0;
      };
    }
  }

  @Override
  public boolean matches(Object value) {
    BigDecimal number = RoundedNumber.parse(value.toString());
    return number != null && order.allows(number.compareTo(bound));
  }

  @Override
  public String describe() {
    return order.words + bound;
  }
}
