package io.splitio.sample.web;

import io.splitio.sample.shop.Basket;
import io.splitio.sample.shop.Quote;
import io.splitio.sample.shop.Shopper;
import io.splitio.sample.shop.Shoppers;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.context.annotation.SessionScope;

/** What the shop remembers of one browser: who is shopping, the basket and the last order. */
@Component
@SessionScope
class Visit {
  private final Shoppers shoppers;
  private String shopper = "ana";
  private Basket basket = Basket.EMPTY;
  private @Nullable Quote receipt;

  Visit(Shoppers shoppers) {
    this.shoppers = shoppers;
  }

  /** Who is shopping. */
  synchronized Shopper shopper() {
    return shoppers.find(shopper);
  }

  /** Goes on as somebody else. */
  synchronized void shopAs(String id) {
    shopper = id;
  }

  /** What is in the basket. */
  synchronized Basket basket() {
    return basket;
  }

  /** Puts something into the basket, or takes it out. */
  synchronized void change(UnaryOperator<Basket> change) {
    basket = change.apply(basket);
  }

  /** Orders what the quote says, and empties the basket. */
  synchronized void order(Quote quote) {
    receipt = quote;
    basket = Basket.EMPTY;
  }

  /** What was ordered last. */
  synchronized Optional<Quote> receipt() {
    return Optional.ofNullable(receipt);
  }
}
