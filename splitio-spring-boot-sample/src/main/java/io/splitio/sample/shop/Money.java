package io.splitio.sample.shop;

import java.util.Locale;

/**
 * An amount in euros.
 *
 * @param cents the whole amount in cents
 */
public record Money(long cents) {
  /** The sum. */
  public Money plus(Money other) {
    return new Money(cents + other.cents);
  }

  /** So many times the amount. */
  public Money times(int count) {
    return new Money(cents * count);
  }

  /** The amount without so many percent of it, rounded to the nearest cent. */
  public Money less(int percent) {
    return new Money(Math.round(cents * (100 - percent) / 100.0));
  }

  /** Whether it is nothing. */
  public boolean isZero() {
    return cents == 0;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "€%d.%02d", cents / 100, cents % 100);
  }
}
