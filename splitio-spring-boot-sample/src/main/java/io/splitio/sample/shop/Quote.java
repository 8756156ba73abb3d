package io.splitio.sample.shop;

import java.util.List;

/**
 * What an order costs and how it arrives.
 *
 * @param checkout which checkout it is, {@code express} or {@code classic}
 * @param delivery how it arrives, in words
 * @param shipping what the delivery costs
 * @param lines what is in it
 */
public record Quote(String checkout, String delivery, Money shipping, List<Basket.Line> lines) {
  /** Copies the lines. */
  public Quote {
    lines = List.copyOf(lines);
  }

  /** What the teas cost. */
  public Money subtotal() {
    return lines.stream().map(Basket.Line::total).reduce(new Money(0), Money::plus);
  }

  /** What is to be paid. */
  public Money total() {
    return subtotal().plus(shipping);
  }

  /** Whether it takes no second step to confirm. */
  public boolean express() {
    return checkout.equals("express");
  }
}
