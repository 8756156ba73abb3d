package io.splitio.sample.shop;

import java.util.Optional;
import org.springframework.stereotype.Component;

/** Where baskets are paid. */
@Component
public final class Till {
  private final Catalogue catalogue;
  private final Prices prices;
  private final Checkout checkout;
  private final Promotion promotion;

  Till(Catalogue catalogue, Prices prices, Checkout checkout, Promotion promotion) {
    this.catalogue = catalogue;
    this.prices = prices;
    this.checkout = checkout;
    this.promotion = promotion;
  }

  /** What a basket costs this shopper now. */
  public Quote quote(Shopper shopper, Basket basket) {
    return checkout.quote(shopper, basket.lines(catalogue, prices.forShopper(shopper)));
  }

  /** What comes with every order. */
  public Optional<String> present(Shopper shopper) {
    return promotion.present(shopper.id());
  }
}
