package io.splitio.sample.shop;

/**
 * What teas cost one shopper.
 *
 * @param name what the price list is called
 * @param percentOff the discount on every tea, 0 to 90
 */
public record PriceList(String name, int percentOff) {
  /** Prices without a discount. */
  public static final PriceList REGULAR = new PriceList("Regular prices", 0);

  /** Refuses a discount that cannot be meant. */
  public PriceList {
    if (percentOff < 0 || percentOff > 90) {
      throw new IllegalArgumentException("percentOff is " + percentOff + "; it must be 0 to 90");
    }
  }

  /** What a tin costs. */
  public Money priceOf(Tea tea) {
    return tea.listPrice().less(percentOff);
  }

  /** Whether there is a discount to show. */
  public boolean discounted() {
    return percentOff > 0;
  }
}
